"""What was typed into views that were lost, in a Redis server: sealed like the record, under blind names.

The server forgets a draft by its own clock some time after it ran out; whether it has is read from the draft.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial, reduce
from math import ceil
from typing import cast

import structlog
from msgspec import json
from redis import Redis

from bot.domain.case import Case
from bot.domain.events import Cleared, Entry
from bot.domain.handover import Roster, advance_roster
from bot.domain.people import TIMER
from bot.ports.damaged import Damaged, DamageKind
from bot.ports.drafts import DraftPlace, Saved, SavedDraft
from bot.ports.errors import Erased, Unreadable
from bot.ports.rosters import ROSTER, RosterAppend
from bot.store.connection import Pipeline, load_script
from bot.store.envelope import Head, head_line, parts
from bot.store.house_keys import HouseKeys
from bot.store.keys import Keys
from bot.store.old_records import Clear
from bot.store.packing import pack, unpack
from bot.store.record_step import RecordStep, SavedForm
from bot.store.redis_damaged import RedisDamaged, text
from bot.store.redis_record import RedisRecords
from bot.store.sealing import BOX, HOUSE_BOX, NotOpened, place

_NOTHING = json.encode(None)  # what an older release kept of a form that was saved

log = structlog.get_logger()


class DraftHead(Head, frozen=True, kw_only=True):
    view: str
    until: float
    saved: bool = False  # by an older release
    heard: float = 0.0


_head = json.Decoder(DraftHead)
_body = json.Decoder(SavedDraft)


class RedisDrafts:
    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        house: HouseKeys,
        records: RedisRecords[Case],
        damaged: RedisDamaged,
    ) -> None:
        self._redis = redis
        self._keys = keys
        self._house = house
        self._records = records
        self._damaged = damaged
        self._keep = load_script(redis, "draft_keep")

    def keep(self, place: DraftPlace, draft: SavedDraft, machine_now: float, until: float) -> None:
        line = head_line(DraftHead(view=draft.view, until=until, heard=draft.heard))
        stored = line + b"\n" + self._sealed(place, line, json.encode(draft))
        forgets = _forgets_in(until, machine_now)
        self._keep(
            [self._keys.draft(place), self._keys.saved(place, draft.view)], [draft.heard, stored, forgets]
        )

    def _sealed(self, draft: DraftPlace, line: bytes, plain: bytes) -> bytes:
        """Under the case's key, where there is one that can be had: erasing a case erases what was typed about it."""
        try:
            key = self._records.key_of(draft.ref) if draft.ref else None
        except Unreadable:
            key = None
        mark, key = (BOX, key) if key else (HOUSE_BOX, self._house.data())
        return mark + key.seal(pack(plain), self._bound_to(draft, line))

    def in_clear(self) -> Iterator[Clear]:
        """Their names do not say which case they are about: they come under the house key."""
        for key in self._redis.scan_iter(self._keys.drafts, count=1000):
            stored = cast(bytes, self._redis.get(key) or b"")
            line, body = parts(stored)
            if body not in (b"", _NOTHING) and body[:1] not in (BOX, HOUSE_BOX):
                yield Clear(text(key), "", stored, partial(self._under_the_house, text(key), line, body))

    def _under_the_house(self, key: str, line: bytes, plain: bytes) -> bytes:
        return line + b"\n" + HOUSE_BOX + self._house.data().seal(pack(plain), _bound_to(key, line))

    def _bound_to(self, draft: DraftPlace, line: bytes) -> bytes:
        return _bound_to(self._keys.draft(draft), line)

    def find(self, place: DraftPlace, machine_now: float) -> SavedDraft | None:
        """None, too, where it cannot be opened any more."""
        held = self._held(place)
        if held is None:
            return None
        line, body = parts(held)
        with self._understood(place, held):
            head = _head.decode(line)
            if head.saved or head.until <= machine_now:
                return None
            return _body.decode(self._opened(place, line, body))
        return None

    @contextmanager
    def _understood(self, place: DraftPlace, stored: bytes) -> Iterator[None]:
        """What cannot be read is kept for the technician, and is no draft: the form opens without it."""
        try:
            yield
        except Erased:
            log.warning("a draft of an erased case is not shown")
        except (ValueError, Unreadable):
            key = self._keys.draft(place)
            self._damaged.keep(DamageKind.DRAFT, key.rpartition(":")[2], key, "", stored)

    def _opened(self, draft: DraftPlace, line: bytes, body: bytes) -> bytes:
        if body[:1] not in (BOX, HOUSE_BOX):
            if self._house.is_closed():
                raise NotOpened("a draft is in clear, where nothing is any more")
            return body
        key = self._records.key_of(draft.ref) if body.startswith(BOX) else self._house.data()
        if key is None:
            raise Unreadable(draft.ref, "its key is gone")
        return unpack(key.open(body[1:], self._bound_to(draft, line)))

    def forget_all(self) -> None:
        for key in self._redis.scan_iter(self._keys.drafts, count=1000):
            self._redis.delete(key)

    def is_over(self, place: DraftPlace, view: str) -> bool:
        return bool(self._redis.exists(self._keys.saved(place, view)))

    def drop(self, place: DraftPlace, view: str, machine_now: float, until: float, said: str = "") -> None:
        form = self.saved(Saved(place=place, view=view, machine_now=machine_now, until=until, said=said))
        with self._redis.pipeline() as together:
            together.delete(form.draft)
            if view:
                together.sadd(form.saved, form.said)
                together.expire(form.saved, form.seconds)
            together.execute()

    def saved(self, form: Saved) -> SavedForm:
        """For whoever writes it with a step."""
        return SavedForm(
            draft=self._keys.draft(form.place),
            saved=self._keys.saved(form.place, form.view),
            said=self._said(form),
            seconds=_forgets_in(form.until, form.machine_now),
        )

    def was_saved(self, form: Saved) -> bool:
        said = self._said(form)
        return bool(said) and bool(self._redis.sismember(self._keys.saved(form.place, form.view), said))

    def _said(self, form: Saved) -> str:
        return self._keys.blind("form", form.said)

    def _held(self, place: DraftPlace) -> bytes | None:
        return cast(bytes | None, self._redis.get(self._keys.draft(place)))


def _bound_to(key: str, line: bytes) -> bytes:
    return place("draft", key, line.decode())


def _forgets_in(until: float, machine_now: float) -> int:
    return max(1, ceil(until - machine_now))


# The record of hand-overs in a Redis server.


def _nothing(roster: Roster) -> Entry:
    at = roster.changed_at or datetime.fromtimestamp(0, UTC)
    return Entry(at=at, by=TIMER.id, surface="damaged", event=Cleared(clocks=()))


def fold_roster(entries: Sequence[Entry]) -> Roster:
    return reduce(advance_roster, entries, Roster())


class RedisRosters:
    def __init__(self, records: RedisRecords[Roster]) -> None:
        self._records = records

    def load(self) -> Roster:
        return self._records.load(ROSTER) or Roster()

    def known(self) -> Roster:
        try:
            return self.load()
        except Unreadable:
            return self._what_can_be_read()

    def _what_can_be_read(self) -> Roster:
        return fold_roster(list(self._standing()))

    def _standing(self) -> Iterator[Entry]:
        """Each entry; in place of one that cannot be read, or that follows from nothing now, one that does nothing:
        later ones name earlier ones by their number."""
        roster = Roster()
        for read in self._records.what_can_be_read(ROSTER):
            entry = read or _nothing(roster)
            try:
                roster = advance_roster(roster, entry)
            except (ValueError, LookupError, AssertionError):
                entry = _nothing(roster)
                roster = advance_roster(roster, entry)
            yield entry

    def damaged(self) -> list[Damaged]:
        """Its entries that cannot be read."""
        return self._records.damaged(ROSTER)

    def begin_anew(self, kept_as: str) -> None:
        """Goes on from what can be read; what lay there is kept under that key."""
        self._records.begin_anew(ROSTER, list(self._standing()), kept_as)

    def ask(self, asked: Pipeline) -> None:
        """For `read`, among other questions."""
        self._records.ask(asked, ROSTER)

    def read(self, kept: Sequence[bytes | None], length: int) -> Roster:
        try:
            return self._records.read_asked(ROSTER, kept, length) or Roster()
        except Unreadable:
            return self._what_can_be_read()

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
                changed_at=step.roster.changed_at,
                outgoing=step.outgoing,
            )
        )
