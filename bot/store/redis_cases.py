"""Cases in a Redis server, what they are found by, and when each is to be looked at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import cast

from msgspec import json
from redis import Redis

from bot.domain.case import Case, Status
from bot.domain.erasing import Ends
from bot.domain.events import Entry
from bot.domain.likeness import Trace, traces
from bot.ports.cases import Append, Gathered, Mark, OpenCases, Sought
from bot.ports.damaged import Damaged, DamageKind
from bot.ports.drafts import Saved
from bot.store.case_marks import CaseMarks
from bot.store.codec import from_ms, is_sealed, link_of, ms_before
from bot.store.connection import CopiedScript, load_script
from bot.store.keys import Keys, spoken_ref
from bot.store.record_step import Filing, RecordStep, SavedForm
from bot.store.redis_damaged import RedisDamaged, text
from bot.store.redis_drafts import RedisDrafts
from bot.store.redis_erasures import RedisErasures
from bot.store.redis_record import RedisRecords
from bot.store.tally_book import TallyBook
from bot.time import LONGEST_WAIT


class RedisCases:
    def __init__(
        self,
        redis: Redis,
        keys: Keys,
        records: RedisRecords[Case],
        drafts: RedisDrafts,
        erasures: RedisErasures,
    ) -> None:
        self._redis = redis
        self._erasures = erasures
        self._keys = keys
        self._records = records
        self._drafts = drafts
        self._gather = load_script(redis, "gather")
        self._gather_and_draw = CopiedScript(redis, "gather", saves=False)
        self._count = CopiedScript(redis, "count", saves=False)
        self._forget = load_script(redis, "forget")
        self._tally_book = TallyBook(redis, keys)
        self._case_marks = CaseMarks(redis, keys, records.seal.name(""))

    def new_ref(self, year: int) -> str:
        return spoken_ref(year, int(self._count([self._keys.refs], [str(year), 1])))

    def append(self, step: Append) -> None:
        self._records.append(self._step(step))

    def append_each(self, steps: Sequence[Append]) -> list[bool]:
        return self._records.append_each([self._step(step) for step in steps])

    def _step(self, step: Append) -> RecordStep[Case]:
        return RecordStep(
            ref=step.case.ref,
            folded=step.case,
            version=step.case.version,
            entries=step.entries,
            expected=step.expected,
            wake_at=step.wake_at,
            changed_at=step.case.changed_at,
            outgoing=step.outgoing,
            filing=self._filing(step.case),
            form=self._drafts.saved(step.saved) if step.saved else SavedForm(),
        )

    def was_saved(self, form: Saved) -> bool:
        return self._drafts.was_saved(form)

    def gather(self, sought: Sought, at_most: int) -> Gathered:
        # A number that is drawn is drawn for good: two children with one reference would be taken for each other.
        ask = self._gather_and_draw if sought.year else self._gather
        held, number, episodes, found = ask(
            [self._keys.incidents, self._keys.refs], [json.encode(self._asked(sought, at_most))]
        )
        kept = {ref.decode(): what for ref, what in zip(found[::2], found[1::2], strict=True)}
        first = [ref.decode() for ref in episodes]
        read = {ref: self._records.read_if_possible(ref, kept[ref]) for ref in (*first, *sorted(kept))}
        return Gathered(
            holder=held.decode() or None,
            ref=spoken_ref(sought.year, number) if sought.year and number else "",
            episodes=tuple(first),
            found=tuple(case for case in read.values() if case is not None),
            unread=tuple(ref for ref, case in read.items() if case is None),
        )

    def _asked(self, sought: Sought, at_most: int) -> dict[str, object]:
        keys = self._keys
        return {
            "incident": keys.blind("incident", sought.incident),
            "name": sought.incident,
            "record": keys.record(""),
            "year": str(sought.year or ""),
            "persons": keys.persons,
            "person": keys.blind("person", sought.person_ref),
            "trace": keys.traces,
            "traces": sorted(keys.trace(trace) for trace in sought.traces),
            "at_most": at_most,
        }

    def _filing(self, case: Case) -> Filing:
        return Filing(
            incident=self._keys.blind("incident", case.incident),
            person=self._keys.blind("person", case.child.person_ref),
            traces=tuple(sorted(self._keys.trace(trace) for trace in traces(case))),
            told=ms_before(case.told_at),
            open=case.status is not Status.CLOSED,
        )

    def load(self, ref: str) -> Case | None:
        with self._erasures.told_of(ref):
            return self._records.load(ref)

    def load_each(self, refs: Sequence[str]) -> list[Case]:
        return self._records.load_each(refs)

    def readable(self, refs: Sequence[str]) -> tuple[list[Case], tuple[str, ...]]:
        found = self._records.load_what_can_be(refs)
        unreadable = tuple(ref for ref, case in zip(refs, found, strict=True) if case is None)
        return [case for case in found if case is not None], unreadable

    def entries(self, ref: str) -> list[Entry]:
        with self._erasures.told_of(ref):
            return self._records.entries(ref)

    def steps(self, ref: str) -> list[str]:
        """Of each entry, the append that wrote it."""
        return self._records.steps(ref)

    def stored(self, ref: str) -> list[bytes]:
        """The entries as they lie there, for an anchor or an export."""
        return self._records.stored(ref)

    def broken_at(self, ref: str) -> int | None:
        """The number, from 1, of the first entry that is not as it was written, or that is gone from the end."""
        return self._records.broken_at(ref)

    def damaged(self, ref: str) -> list[Damaged]:
        """Its entries that cannot be read."""
        return self._records.damaged(ref)

    def forget(
        self, ref: str, ends: Ends | None = None, left: bytes = b"", line: bytes = b"", asked: bytes = b""
    ) -> bool:
        """Erases the case, for ever: its key, and what it is found by; `left` is kept of it, and `line` is in the
        processing log. Nothing, and False, where it does not end so any more, or is not `asked` for so. What was
        written before there were keys has to be sealed first (`bot.store.rotation`)."""
        keys = self._keys
        record = [
            keys.record(ref),
            keys.entries(ref),
            keys.incidents,
            keys.open,
            keys.due,
            keys.claimed,
            keys.leases,
        ]
        places = [*record, keys.tallies, keys.erasures, keys.erasures_asked, keys.exports, keys.log]
        found: list[str | bytes] = [ref, keys.persons, keys.traces, self._records.seal.name(ref)]
        wanted: list[str | bytes | int] = [
            left,
            *((ends.entries, ends.last) if ends else ("", "")),
            line,
            asked,
        ]
        answer = b"again"
        while answer == b"again":
            before = self._tally_book.read(ref, self._records)
            tally = self._tally_book.forgotten(ref, self._records, before)
            answer = cast(bytes, self._forget(places, [*found, before.stored, tally, *wanted]))
        self._records.drop(ref)
        return answer == b"forgotten"

    def ends(self, ref: str) -> Ends | None:
        """None where nothing of that reference is there, or where some of it lies in clear."""
        stored = self._records.stored(ref)
        if not stored or not all(map(is_sealed, stored)):
            return None
        return Ends(len(stored), stored[-1], link_of(stored[-1]).hex())

    def find_incident(self, incident: str) -> str | None:
        found = self._redis.hget(self._keys.incidents, self._keys.blind("incident", incident))
        return text(cast(bytes, found)) if found else None

    def episodes(self, person_ref: str) -> list[str]:
        found = cast(list[bytes], self._redis.zrange(self._keys.person(person_ref), 0, -1))
        return [ref.decode() for ref in found]

    def alike(self, traces: Iterable[Trace], at_most: int) -> list[str]:
        asked = self._redis.pipeline(transaction=False)
        for trace in traces:
            asked.zrevrange(self._keys.traces + self._keys.trace(trace), 0, at_most - 1)
        return sorted({ref.decode() for found in asked.execute() for ref in found})

    def refs(self) -> list[str]:
        named = {*self._records.refs(), *self.open_refs()}  # of one whose entries are gone, at least the name
        return sorted(named - self._records.erased(sorted(named)))

    def open_refs(self) -> list[str]:
        return sorted(text(ref) for ref in cast(set[bytes], self._redis.smembers(self._keys.open)))

    def open_count(self) -> int:
        return self._redis.scard(self._keys.open)

    def open_in_parts(self, about: int) -> Iterator[Sequence[str]]:
        cursor = -1
        while cursor:
            cursor, found = cast(
                tuple[int, list[bytes]], self._redis.sscan(self._keys.open, max(cursor, 0), count=about)
            )
            if found:
                yield [text(ref) for ref in found]

    def marks(self, refs: Sequence[str]) -> Mapping[str, Mark | None]:
        return self._case_marks.of(refs)

    def open_marks(self) -> Mapping[str, Mark | None]:
        return self._case_marks.of_open()

    def open_cases(self) -> OpenCases:
        cases, unreadable = self.readable(self.open_refs())
        return OpenCases(cases=tuple(cases), unreadable=unreadable)


# The due index in a Redis server. Losing the reply to a claim costs one lease, as losing its holder does.


class RedisDue:
    """A name that is no text leaves it: whichever case it was is found overdue by the reconciler."""

    def __init__(self, redis: Redis, keys: Keys, damaged: RedisDamaged) -> None:
        self._damaged = damaged
        self._redis = redis
        self._keys = keys
        self._claim = load_script(redis, "claim_due")
        self._wake = load_script(redis, "wake")

    def claim(self, now: datetime, machine_now: float, limit: int, lease: float) -> list[str]:
        keys = [self._keys.due, self._keys.claimed, self._keys.leases]
        found = self._claim(
            keys, [ms_before(now), machine_now, machine_now + lease, limit, machine_now + LONGEST_WAIT]
        )
        return [ref.decode() for ref in found if self._is_text(ref)]

    def _is_text(self, ref: bytes) -> bool:
        if ref.isascii():
            return True
        self._damaged.keep(DamageKind.DUE, text(ref), self._keys.due, text(ref), ref)
        for key in (self._keys.due, self._keys.claimed, self._keys.leases):
            self._redis.zrem(key, ref)
        return False

    def next_at(self) -> datetime | None:
        first = cast(list[tuple[bytes, float]], self._redis.zrange(self._keys.due, 0, 0, withscores=True))
        return from_ms(first[0][1]) if first else None

    def lease_ends(self) -> float | None:
        first = cast(list[tuple[bytes, float]], self._redis.zrange(self._keys.leases, 0, 0, withscores=True))
        return first[0][1] if first else None

    def overdue(self, now: datetime) -> int:
        asked = self._redis.pipeline(transaction=True)
        asked.zcount(self._keys.due, "-inf", ms_before(now))
        asked.zcount(self._keys.claimed, "-inf", ms_before(now))
        return sum(asked.execute())

    def wake(self, ref: str, at: datetime) -> None:
        self._wake([self._keys.due, self._keys.claimed], [ms_before(at), ref, self._keys.bell])

    def waiting(self, now: datetime, limit: int) -> dict[str, datetime]:
        asked = self._redis.pipeline(transaction=True)
        for key in (self._keys.due, self._keys.claimed):
            asked.zrangebyscore(key, "-inf", ms_before(now), start=0, num=limit, withscores=True)
        found = sorted((at, ref) for some in asked.execute() for ref, at in some)
        return {ref.decode(): from_ms(at) for at, ref in found[:limit] if ref.isascii()}
