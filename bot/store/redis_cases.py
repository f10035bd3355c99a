"""Cases in a Redis server, what they are found by, and when each is to be looked at."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from msgspec import json
from redis import Redis

from bot.domain.case import Case, Status
from bot.domain.events import Entry
from bot.domain.likeness import Trace, traces
from bot.ports.cases import Append, Gathered, OpenCases, Sought
from bot.store.codec import from_ms, ms_before
from bot.store.connection import load_script
from bot.store.keys import Keys, spoken_ref
from bot.store.redis_drafts import RedisDrafts
from bot.store.redis_record import Filing, RecordStep, RedisRecords
from bot.time import LONGEST_WAIT


class RedisCases:
    def __init__(self, redis: Redis, keys: Keys, records: RedisRecords[Case], drafts: RedisDrafts) -> None:
        self._redis = redis
        self._keys = keys
        self._records = records
        self._drafts = drafts
        self._gather = load_script(redis, "gather")

    def new_ref(self, year: int) -> str:
        return spoken_ref(year, self._redis.hincrby(self._keys.refs, str(year), 1))

    def append(self, step: Append) -> None:
        self._records.append(
            RecordStep(
                ref=step.case.ref,
                folded=step.case,
                version=step.case.version,
                entries=step.entries,
                expected=step.expected,
                wake_at=step.wake_at,
                outgoing=step.outgoing,
                filing=self._filing(step.case),
                draft=self._drafts.gone(step.saved) if step.saved else None,
            )
        )

    def gather(self, sought: Sought, at_most: int) -> Gathered:
        held, number, episodes, found = self._gather(
            [self._keys.incidents, self._keys.refs], [json.encode(self._asked(sought, at_most))]
        )
        snapshots = dict(zip(found[::2], found[1::2], strict=True))
        read = {
            ref.decode(): self._records.read_if_possible(ref.decode(), snapshot)
            for ref, snapshot in snapshots.items()
        }
        return Gathered(
            holder=held.decode() or None,
            ref=spoken_ref(sought.year, number) if sought.year and number else "",
            episodes=tuple(ref.decode() for ref in episodes),
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
        return self._records.load(ref)

    def readable(self, refs: Sequence[str]) -> tuple[list[Case], tuple[str, ...]]:
        found = self._records.load_what_can_be(refs)
        unreadable = tuple(ref for ref, case in zip(refs, found, strict=True) if case is None)
        return [case for case in found if case is not None], unreadable

    def entries(self, ref: str) -> list[Entry]:
        return self._records.entries(ref)

    def stored(self, ref: str) -> list[bytes]:
        """The entries as they lie there, for an anchor or an export."""
        return self._records.stored(ref)

    def broken_at(self, ref: str) -> int | None:
        """The number, from 1, of the first entry that is not as it was written, or that is gone from the end."""
        return self._records.broken_at(ref)

    def find_incident(self, incident: str) -> str | None:
        found = self._redis.hget(self._keys.incidents, self._keys.blind("incident", incident))
        return cast(bytes, found).decode() if found else None

    def episodes(self, person_ref: str) -> list[str]:
        found = cast(list[bytes], self._redis.zrange(self._keys.person(person_ref), 0, -1))
        return [ref.decode() for ref in found]

    def alike(self, traces: Iterable[Trace], at_most: int) -> list[str]:
        asked = self._redis.pipeline(transaction=False)
        for trace in traces:
            asked.zrevrange(self._keys.traces + self._keys.trace(trace), 0, at_most - 1)
        return sorted({ref.decode() for found in asked.execute() for ref in found})

    def open_refs(self) -> list[str]:
        return sorted(ref.decode() for ref in cast(set[bytes], self._redis.smembers(self._keys.open)))

    def open_cases(self) -> OpenCases:
        cases, unreadable = self.readable(self.open_refs())
        return OpenCases(cases=tuple(cases), unreadable=unreadable)


# The due index in a Redis server. Losing the reply to a claim costs one lease, as losing its holder does.


class RedisDue:
    def __init__(self, redis: Redis, keys: Keys) -> None:
        self._redis = redis
        self._keys = keys
        self._claim = load_script(redis, "claim_due")
        self._wake = load_script(redis, "wake")

    def claim(self, now: datetime, machine_now: float, limit: int, lease: float) -> list[str]:
        keys = [self._keys.due, self._keys.claimed, self._keys.leases]
        found = self._claim(
            keys, [ms_before(now), machine_now, machine_now + lease, limit, machine_now + LONGEST_WAIT]
        )
        return [ref.decode() for ref in found]

    def next_at(self) -> datetime | None:
        first = cast(list[tuple[bytes, float]], self._redis.zrange(self._keys.due, 0, 0, withscores=True))
        return from_ms(first[0][1]) if first else None

    def overdue(self, now: datetime) -> int:
        asked = self._redis.pipeline(transaction=True)
        asked.zcount(self._keys.due, "-inf", ms_before(now))
        asked.zcount(self._keys.claimed, "-inf", ms_before(now))
        return sum(asked.execute())

    def wake(self, ref: str, at: datetime) -> None:
        self._wake([self._keys.due, self._keys.claimed], [ms_before(at), ref])

    def waiting(self, now: datetime, limit: int) -> dict[str, datetime]:
        asked = self._redis.pipeline(transaction=True)
        for key in (self._keys.due, self._keys.claimed):
            asked.zrangebyscore(key, "-inf", ms_before(now), start=0, num=limit, withscores=True)
        found = sorted((at, ref) for some in asked.execute() for ref, at in some)
        return {ref.decode(): from_ms(at) for at, ref in found[:limit]}
