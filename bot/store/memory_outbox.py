"""The outbox in memory."""

import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from threading import RLock

from bot.ports.damaged import Damaged
from bot.ports.destination import Destination
from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import CardKey, ListKey, Place, case_of
from bot.time import is_ahead

_LAST = (sys.maxsize, 0)


class _Lane:
    def __init__(self) -> None:
        self.rows: dict[str, Outgoing] = {}
        self.turns: dict[str, tuple[int, int]] = {}  # rank, then the order of writing
        self.redrawn: dict[str, str] = {}  # what an edit draws anew → its newest row
        self.marked: dict[str, float] = {}
        self.token = 0
        self.held = False
        self.lease = 0.0
        self.lease_end = 0.0

    def is_held(self, machine_now: float) -> bool:
        return self.held and is_ahead(self.lease_end, machine_now)

    def in_order(self) -> tuple[list[Outgoing], list[Outgoing]]:
        """What is to be posted, and what is only to be edited."""
        if not self.rows:
            return [], []
        rows = sorted(self.rows.values(), key=lambda row: self.turns[row.id])
        edits_from = bisect_left(rows, EDITS, key=lambda row: self.turns[row.id][0])
        return rows[:edits_from], rows[edits_from:]

    def write(self, row: Outgoing, number: int) -> None:
        turn = min((row.rank, number), self.turns.get(row.id) or self._given_way(row))
        self.rows[row.id], self.turns[row.id] = row, turn

    def write_last(self, row: Outgoing, number: int) -> None:
        """Of its rank, where it does not wait already."""
        if row.id not in self.rows:
            self.rows[row.id], self.turns[row.id] = row, (row.rank, number)

    def _given_way(self, row: Outgoing) -> tuple[int, int]:
        """The turn of the edit that the row replaces."""
        older = self.redrawn.get(row.redraws)
        if row.redraws:
            self.redrawn[row.redraws] = row.id
        if older is None or older not in self.rows or older in self.marked:
            return _LAST
        del self.rows[older]
        return self.turns.pop(older)

    def obeys(self, token: int) -> bool:
        """A holder whose lease ran out goes on until another one has the lane."""
        return self.held and self.token == token


class MemoryOutbox:
    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._lanes: defaultdict[str, _Lane] = defaultdict(_Lane)
        self._cards: dict[CardKey | ListKey, str] = {}
        self._turn = 0

    def add(self, rows: Iterable[Outgoing]) -> None:
        """Part of an append, under its lock."""
        for row in rows:
            self._turn += 1
            self._lanes[row.lane].write(row, self._turn)

    def lanes(self) -> list[Destination]:
        with self._lock:
            return sorted(Destination(name) for name, lane in self._lanes.items() if lane.rows)

    def claim(self, lane: Destination, machine_now: float, lease: float) -> int | None:
        with self._lock:
            state = self._lanes[lane]
            if state.is_held(machine_now):
                return None
            state.token += 1
            state.held, state.lease, state.lease_end = True, lease, machine_now + lease
            return state.token

    def pending(self, lane: Destination, limit: int) -> list[Outgoing]:
        with self._lock:
            posts, edits = self._lanes[lane].in_order()
            return [*posts[:limit], *edits[:limit]]

    def sending(self, lane: Destination, token: int, ids: Iterable[str], machine_now: float) -> bool:
        with self._lock:
            state = self._lanes[lane]
            if not state.obeys(token):
                return False
            state.lease_end = machine_now + state.lease
            state.marked.update((row, machine_now) for row in ids if row in state.rows)
            return True

    def put_back(self, lane: Destination, token: int, ids: Iterable[str]) -> bool:
        with self._lock:
            state = self._lanes[lane]
            if not state.obeys(token):
                return False
            for row in ids:
                state.marked.pop(row, None)
            return True

    def doubtful(self, lane: Destination) -> Mapping[str, float]:
        with self._lock:
            return dict(self._lanes[lane].marked)

    def sent(
        self, lane: Destination, token: int, ids: Iterable[str], cards: Mapping[CardKey | ListKey, str]
    ) -> bool:
        with self._lock:
            state = self._lanes[lane]
            if not state.obeys(token):
                return False
            for row in ids:
                state.rows.pop(row, None)
                state.turns.pop(row, None)
                state.marked.pop(row, None)
            self._cards.update(cards)
            return True

    def move(self, lane: Destination, token: int, ids: Iterable[str], to: Destination) -> bool:
        with self._lock:
            here, there = self._lanes[lane], self._lanes[to]
            if not here.obeys(token):
                return False
            for row in [row for row in ids if row in here.rows]:
                there.rows[row], there.turns[row] = here.rows.pop(row), here.turns.pop(row)
                if row in here.marked:
                    there.marked[row] = here.marked.pop(row)
            return True

    def release(self, lane: Destination, token: int) -> None:
        with self._lock:
            state = self._lanes[lane]
            if state.obeys(token):
                state.held = False

    def write_again(self, damaged: Damaged, row: Outgoing) -> bool:  # noqa: ARG002 - no row goes bad in here
        return False

    def ask_again(self, lane: Destination, rows: Iterable[Outgoing]) -> None:
        with self._lock:
            state = self._lanes[lane]
            for row in rows:
                self._turn += row.id not in state.rows
                state.write_last(row, self._turn)

    def drawing(self, lane: Destination, token: int, rows: Iterable[Outgoing]) -> bool:
        with self._lock:
            state = self._lanes[lane]
            if not state.obeys(token):
                return False
            for row in rows:
                state.write_last(row, self._turn)
            return True

    def amend(self, lane: Destination, token: int, rows: Iterable[Outgoing]) -> bool:
        with self._lock:
            state = self._lanes[lane]
            if not state.obeys(token):
                return False
            state.rows.update((row.id, row) for row in rows if row.id in state.rows)
            return True

    def held(self, ids: Iterable[str]) -> frozenset[str]:
        with self._lock:
            return frozenset(id for id in ids if any(id in lane.rows for lane in self._lanes.values()))

    def turn(self) -> int:
        return self._turn

    def card(self, key: CardKey) -> Place | None:
        kept = self._cards.get(key)
        return Place(kept) if kept else None

    def cards(self, keys: Sequence[CardKey]) -> dict[CardKey, Place]:
        return {key: place for key in keys if (place := self.card(key))}

    def cases_shown(self) -> list[str]:
        return sorted(ref for key in self._cards if (ref := case_of(key)))

    def listed(self, key: ListKey) -> tuple[str, ...]:
        return tuple(self._cards.get(key, "").split())

    def lists(self, keys: Sequence[ListKey]) -> dict[ListKey, tuple[str, ...]]:
        return {key: kept for key in keys if (kept := self.listed(key))}
