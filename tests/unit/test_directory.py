"""Who is called while the record is away: whoever was on duty when it was last heard."""

from collections.abc import Callable

from bot.directory import LastKnown, RosteredDirectory, Snapshot, StoredDirectory
from bot.domain.handover import Roster
from bot.domain.people import Role


class Record:
    """Of the force's people; it can be away."""

    is_away = False

    def reading(self, found: object) -> Callable[[], object]:
        def read() -> object:
            if self.is_away:
                raise ConnectionError
            return found

        return read


class Machine:
    now = 0.0

    def seconds(self) -> float:
        return self.now


def directory(record: Record, machine: Machine) -> RosteredDirectory:
    snapshot = Snapshot(holders={Role.FIM: frozenset({"fay"})}, names={"fay": "Fay Marsh"})
    force = StoredDirectory(LastKnown(record.reading(snapshot), None, ConnectionError), machine)
    return RosteredDirectory(
        force, force, LastKnown(record.reading(Roster()), Roster(), ConnectionError), machine
    )


def test_whoever_was_last_known_to_be_on_duty_still_is() -> None:
    record, machine = Record(), Machine()
    known = directory(record, machine)
    assert known.on_duty(Role.FIM) == {"fay"}
    record.is_away, machine.now = True, 60.0
    assert known.on_duty(Role.FIM) == {"fay"}


def test_a_bot_that_never_heard_the_record_knows_of_nobody() -> None:
    record = Record()
    record.is_away = True
    assert directory(record, Machine()).on_duty(Role.FIM) == frozenset()
