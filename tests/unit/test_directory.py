"""Who counts, by what Slack said of them last; and who is called while the record is away: whoever was on duty when it
was last heard."""

from collections.abc import Callable

import msgspec
import pytest
from msgspec.structs import replace

from bot.directory import LastKnown, RosteredDirectory, StoredDirectory
from bot.directory_document import GroupAnswer, Person, Snapshot
from bot.domain.handover import Held, Roster
from bot.domain.people import AccountKind, Role
from tests.world import listed


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
    snapshot = listed(holders={Role.FIM: frozenset({"fay"})}, names={"fay": "Fay Marsh"})
    force = StoredDirectory(LastKnown(record.reading(snapshot), None, ConnectionError), lambda: None, machine)
    return RosteredDirectory(force, LastKnown(record.reading(Roster()), Roster(), ConnectionError), machine)


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


def of_one(kind: AccountKind, *whose: AccountKind) -> StoredDirectory:
    """Kim, in the FIM's user group."""
    snapshot = Snapshot(
        holders={Role.FIM: GroupAnswer(members=frozenset({"kim"}), group="S1", read_at=100.0)},
        people={"kim": Person(name="Kim Rudd", kind=kind)},
    )
    return StoredDirectory(
        lambda: snapshot, lambda: None, Machine(), frozenset(whose or {AccountKind.MEMBER})
    )


@pytest.mark.parametrize("kind", sorted({*AccountKind} - {AccountKind.MEMBER, AccountKind.UNKNOWN}))
def test_who_is_no_member_holds_nothing_whatever_their_group_and_is_named_all_the_same(
    kind: AccountKind,
) -> None:
    force = of_one(kind)
    assert (force.actor("kim"), force.on_duty(Role.FIM), force.candidates(Role.FIM)) == (
        None,
        frozenset(),
        frozenset(),
    )
    assert (force.name("kim"), force.person("kim").kind) == ("Kim Rudd", kind)  # type: ignore[union-attr]
    assert force.listed(Role.FIM).members == {"kim"}


def test_a_force_may_say_that_guests_are_its_people() -> None:
    force = of_one(AccountKind.GUEST, AccountKind.MEMBER, AccountKind.GUEST)
    assert force.on_duty(Role.FIM) == {"kim"}
    assert (
        of_one(AccountKind.STRANGER, AccountKind.MEMBER, AccountKind.GUEST).on_duty(Role.FIM) == frozenset()
    )


def test_who_was_handed_a_role_and_left_since_leaves_the_rung_empty() -> None:
    force = of_one(AccountKind.DEACTIVATED)
    taken = Roster(held={Role.FIM: Held(people=frozenset({"kim"}), appointed=frozenset())})
    assert RosteredDirectory(force, lambda: taken, Machine()).on_duty(Role.FIM) == frozenset()


def test_of_whom_slack_has_not_said_what_they_are_is_paged_and_cannot_act() -> None:
    listed = GroupAnswer(members=frozenset({"new"}), group="S1", read_at=0.0)
    force = StoredDirectory(lambda: Snapshot(holders={Role.FIM: listed}, people={}), lambda: None, Machine())
    assert (force.on_duty(Role.FIM), force.actor("new")) == ({"new"}, None)


def test_a_group_is_as_old_as_its_last_answer() -> None:
    listed = GroupAnswer(members=frozenset({"kim"}), group="S1", read_at=100.0, trouble="no_such_subteam")
    assert (listed.age(160.0), listed.is_old(160.0), listed.is_old(401.0)) == (60.0, False, True)
    assert GroupAnswer(group="S1").is_old(0.0)
    assert not GroupAnswer(members=frozenset({"kim"})).is_old(1e9), "named in the settings: never old"


class Looked(StoredDirectory):
    """And how often somebody's account was looked up."""

    times = 0

    def account(self, person: str) -> AccountKind:
        self.times += 1
        return super().account(person)


def test_who_of_a_long_list_counts_is_worked_out_once_until_the_list_says_otherwise() -> None:
    many = {f"U{number}": Person(name="Kim Rudd") for number in range(200)}
    read = Snapshot(
        holders={Role.FIM: GroupAnswer(members=frozenset(many), group="S1", read_at=100.0)}, people=many
    )
    force = Looked(lambda: None, lambda: None, Machine())
    known = RosteredDirectory(force, Roster, Machine())
    for snapshot in (read, msgspec.json.decode(msgspec.json.encode(read), type=Snapshot)):
        force.hear(snapshot)
        found = known.actor("U7")
        assert found is not None and found.roles == {Role.FIM}
    assert force.times < 2 * len(many), "what is read again, and says the same, is not worked out again"
    left = {**many, "U7": Person(name="Kim Rudd", kind=AccountKind.DEACTIVATED)}
    force.hear(replace(read, people=left))
    assert known.actor("U7") is None
    assert known.on_duty(Role.FIM) == frozenset(many) - {"U7"}
