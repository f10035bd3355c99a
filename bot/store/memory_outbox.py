"""The outbox in memory."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from threading import RLock

from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import CardKey
from bot.time import is_ahead


class _Lane:
    def __init__(self) -> None:
        self.rows: dict[str, Outgoing] = {}
        self.turns: dict[str, int] = {}
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
        rows = sorted(self.rows.values(), key=lambda row: (row.rank, self.turns[row.id]))
        edits_from = bisect_left(rows, EDITS, key=lambda row: row.rank)
        return rows[:edits_from], rows[edits_from:]

    def obeys(self, token: int) -> bool:
        """A holder whose lease ran out goes on until another one has the lane."""
        return self.held and self.token == token


class MemoryOutbox:
    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._lanes: defaultdict[str, _Lane] = defaultdict(_Lane)
        self._cards: dict[CardKey, str] = {}
        self._turn = 0

    def add(self, rows: Iterable[Outgoing]) -> None:
        """Part of an append, under its lock."""
        for row in rows:
            self._turn += 1
            self._lanes[row.lane].rows[row.id] = row
            self._lanes[row.lane].turns.setdefault(row.id, self._turn)

    def lanes(self) -> list[str]:
        with self._lock:
            return sorted(name for name, lane in self._lanes.items() if lane.rows)

    def claim(self, lane: str, machine_now: float, lease: float) -> int | None:
        with self._lock:
            state = self._lanes[lane]
            if state.is_held(machine_now):
                return None
            state.token += 1
            state.held, state.lease, state.lease_end = True, lease, machine_now + lease
            return state.token

    def pending(self, lane: str, limit: int) -> list[Outgoing]:
        with self._lock:
            posts, edits = self._lanes[lane].in_order()
            return [*posts[:limit], *edits[:limit]]

    def sending(self, lane: str, token: int, ids: Iterable[str], machine_now: float) -> bool:
        with self._lock:
            state = self._lanes[lane]
            if not state.obeys(token):
                return False
            state.lease_end = machine_now + state.lease
            state.marked.update((row, machine_now) for row in ids if row in state.rows)
            return True

    def put_back(self, lane: str, token: int, ids: Iterable[str]) -> bool:
        with self._lock:
            state = self._lanes[lane]
            if not state.obeys(token):
                return False
            for row in ids:
                state.marked.pop(row, None)
            return True

    def doubtful(self, lane: str) -> Mapping[str, float]:
        with self._lock:
            return dict(self._lanes[lane].marked)

    def sent(self, lane: str, token: int, ids: Iterable[str], cards: Mapping[CardKey, str]) -> bool:
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

    def move(self, lane: str, token: int, ids: Iterable[str], to: str) -> bool:
        with self._lock:
            here, there = self._lanes[lane], self._lanes[to]
            if not here.obeys(token):
                return False
            for row in [row for row in ids if row in here.rows]:
                there.rows[row], there.turns[row] = here.rows.pop(row), here.turns.pop(row)
                if row in here.marked:
                    there.marked[row] = here.marked.pop(row)
            return True

    def release(self, lane: str, token: int) -> None:
        with self._lock:
            state = self._lanes[lane]
            if state.obeys(token):
                state.held = False

    def turn(self) -> int:
        return self._turn

    def card(self, key: CardKey) -> str | None:
        return self._cards.get(key)
