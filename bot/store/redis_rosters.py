"""The record of hand-overs in a Redis server."""

from collections.abc import Sequence
from functools import reduce

from bot.domain.events import Entry
from bot.domain.handover import Roster, advance_roster
from bot.ports.rosters import ROSTER, RosterAppend
from bot.store.redis_record import RecordStep, RedisRecords
from bot.store.scripts import Pipeline


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
