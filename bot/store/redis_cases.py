"""Cases in a Redis server, and what they are found by."""

from collections.abc import Iterable, Sequence
from typing import cast

from redis import Redis

from bot.domain.case import Case, Status
from bot.domain.events import Entry
from bot.domain.likeness import Trace, traces
from bot.ports import Append, OpenCases
from bot.store.keys import Keys
from bot.store.millis import ms_before
from bot.store.redis_record import Filing, RecordStep, RedisRecords
from bot.store.refs import spoken_ref


class RedisCases:
    def __init__(self, redis: Redis, keys: Keys, records: RedisRecords[Case]) -> None:
        self._redis = redis
        self._keys = keys
        self._records = records

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
            )
        )

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
