"""What was typed into views that were lost, in a Redis server: sealed like the record, under blind names.

The server forgets a draft by its own clock some time after it ran out; whether it has is read from the draft.
"""

from collections.abc import Sequence
from functools import reduce
from math import ceil
from typing import cast

import msgspec
from redis import Redis

from bot.domain.events import Entry
from bot.domain.handover import Roster, advance_roster
from bot.ports.drafts import DraftPlace, Saved, SavedDraft
from bot.ports.rosters import ROSTER, RosterAppend
from bot.store.connection import Pipeline, load_script
from bot.store.envelope import Envelopes, Head, parts
from bot.store.keys import Keys
from bot.store.redis_record import RecordStep, RedisRecords, StoredDraft

_NO_CASE = "DRAFT"  # a report has no case yet


class DraftHead(Head, frozen=True, kw_only=True):
    view: str
    until: float
    saved: bool = False
    heard: float = 0.0


_head = msgspec.json.Decoder(DraftHead)
_body = msgspec.json.Decoder(SavedDraft)


class RedisDrafts:
    def __init__(self, redis: Redis, keys: Keys, envelopes: Envelopes) -> None:
        self._redis = redis
        self._keys = keys
        self._envelopes = envelopes
        self._keep = load_script(redis, "draft_keep")

    def keep(self, place: DraftPlace, draft: SavedDraft, machine_now: float, until: float) -> None:
        head = DraftHead(cipher=self._envelopes.cipher, view=draft.view, until=until, heard=draft.heard)
        stored = self._envelopes.close(_sealed_for(place), head, draft)
        forgets = _forgets_in(until, machine_now)
        self._keep([self._keys.draft(place)], [draft.view, draft.heard, stored, forgets])

    def find(self, place: DraftPlace, machine_now: float) -> SavedDraft | None:
        held = self._held(place)
        if held is None or held[0].saved or held[0].until <= machine_now:
            return None
        head, sealed = held
        return _body.decode(self._envelopes.open(_sealed_for(place), head, sealed))

    def drop(self, place: DraftPlace, view: str, machine_now: float, until: float) -> None:
        gone = self.gone(Saved(place=place, view=view, machine_now=machine_now, until=until))
        self._redis.set(gone.key, gone.stored, ex=gone.seconds)

    def gone(self, saved: Saved) -> StoredDraft:
        """What lies in its place afterwards, for whoever writes it with a step."""
        head = DraftHead(cipher=self._envelopes.cipher, view=saved.view, until=saved.until, saved=True)
        return StoredDraft(
            key=self._keys.draft(saved.place),
            stored=self._envelopes.close(_sealed_for(saved.place), head, None),
            seconds=_forgets_in(saved.until, saved.machine_now),
        )

    def _held(self, place: DraftPlace) -> tuple[DraftHead, bytes] | None:
        stored = cast(bytes | None, self._redis.get(self._keys.draft(place)))
        if stored is None:
            return None
        line, sealed = parts(stored)
        return _head.decode(line), sealed


def _forgets_in(until: float, machine_now: float) -> int:
    return max(1, ceil(until - machine_now))


def _sealed_for(place: DraftPlace) -> str:
    """Under the case's key, where there is one: erasing a case erases what was typed about it."""
    return place.ref or _NO_CASE


# The record of hand-overs in a Redis server.


def fold_roster(entries: Sequence[Entry]) -> Roster:
    return reduce(advance_roster, entries, Roster())


class RedisRosters:
    def __init__(self, records: RedisRecords[Roster]) -> None:
        self._records = records

    def load(self) -> Roster:
        return self._records.load(ROSTER) or Roster()

    def ask(self, asked: Pipeline) -> None:
        """For `read`, among other questions."""
        self._records.ask(asked, ROSTER)

    def read(self, snapshot: bytes | None, length: int) -> Roster:
        return self._records.read_asked(ROSTER, snapshot, length) or Roster()

    def entries(self) -> list[Entry]:
        return self._records.entries(ROSTER)

    def broken_at(self) -> int | None:
        return self._records.broken_at(ROSTER)

    def append(self, step: RosterAppend) -> None:
        self._records.append(
            RecordStep(
                ref=ROSTER,
                folded=step.roster,
                version=step.roster.version,
                entries=step.entries,
                expected=step.expected,
                wake_at=step.wake_at,
                outgoing=step.outgoing,
            )
        )
