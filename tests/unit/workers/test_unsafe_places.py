"""A channel that is not private to the force: what the FIM and the technician read, once, and when it is well again."""

import pytest
from structlog.testing import capture_logs

from bot.domain.people import Role
from bot.domain.safe_places import UNKNOWN, Fault, Safety
from bot.store.memory import MemoryStores
from tests.unit.workers.test_matters import Machine
from workers.alarm.matters import Matters
from workers.alarm.refused_places import ChannelsInUse
from workers.alarm.unsafe_places import unsafe_board, unsafe_places
from workers.ways_out.ways import Sent

CHANNELS = ChannelsInUse(cases="C0CASES", fim="C0FIM", roles={Role.SUPERVISOR: "C0SUPER"})


class Watched:
    """What is found of each channel, and what is told of it."""

    def __init__(self) -> None:
        self.machine, self.found, self.told = Machine(), dict[str, Safety](), list[str]()
        self.matters = Matters(
            [lambda: unsafe_places(CHANNELS, self.safety)],
            MemoryStores(),
            self.send,
            self.machine,
            remind=1800,
        )

    def safety(self, channel: str) -> Safety:
        return self.found.get(channel, Safety())

    def send(self, _: str, __: str, said: str) -> Sent:
        self.told.append(said)
        return Sent(taken=("e-mail",))

    def goes_by(self, seconds: int) -> list[str]:
        """What is told in that time."""
        self.told.clear()
        with capture_logs():
            for _ in range(seconds):
                self.matters.look()
                self.machine.now += 1
        return list(self.told)


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.mark.parametrize(
    ("fault", "what", "mend"),
    [
        (Fault.PUBLIC, "everybody in the workspace reads it", "make it private"),
        (Fault.SHARED, "shared with another organisation or workspace", "end that in its settings"),
        (Fault.OFFERED, "is invited to share it", "take that invitation back"),
        (Fault.STRANGERS, "somebody of another organisation is in it", "remove them"),
        (Fault.GUESTS, "a guest is in it", "remove guests from it"),
        (Fault.APPS, "another app is in it", "remove that app"),
    ],
)
def test_each_fault_is_told_with_what_to_do(watched: Watched, fault: Fault, what: str, mend: str) -> None:
    watched.found["C0FIM"] = Safety(faults=(fault,))
    (said,) = watched.goes_by(60)
    assert said.startswith("The FIM's channel (MISSING_CHANNELS__FIM) is not private to the force: ")
    assert what in said and "To mend it, " in said and mend in said
    assert "Pages still go there. Answers about cases are given privately" in said
    is_of_people = fault in (Fault.STRANGERS, Fault.GUESTS, Fault.APPS)
    assert ("missing-bot doctor" in said) is is_of_people


def test_it_is_said_again_each_half_hour_and_once_when_it_is_well(watched: Watched) -> None:
    watched.found["C0CASES"] = Safety(faults=(Fault.PUBLIC, Fault.GUESTS))
    assert len(watched.goes_by(1800)) == 1
    assert len(watched.goes_by(1800)) == 1
    watched.found.clear()
    assert watched.goes_by(120) == [
        "The cases channel (MISSING_CHANNELS__CASES) is private to the force again."
    ]


def test_two_places_are_two_matters(watched: Watched) -> None:
    watched.found |= dict.fromkeys(("C0CASES", "C0SUPER"), Safety(faults=(Fault.PUBLIC,)))
    said = watched.goes_by(60)
    assert len(said) == 2
    assert any("MISSING_CHANNELS__ROLES__supervisor" in each for each in said)


def test_what_nobody_knows_is_not_told_and_ends_nothing(watched: Watched) -> None:
    watched.found["C0FIM"] = UNKNOWN
    assert watched.goes_by(3600) == []
    watched.found["C0FIM"] = Safety(faults=(Fault.PUBLIC,))
    assert len(watched.goes_by(60)) == 1
    watched.found["C0FIM"] = UNKNOWN
    assert watched.goes_by(600) == []


def test_what_is_known_to_be_wrong_is_told_though_more_may_be(watched: Watched) -> None:
    watched.found["C0FIM"] = Safety(faults=(Fault.PUBLIC,), is_known=False)
    assert len(watched.goes_by(60)) == 1


def test_the_boards_channel_is_told_of_where_there_is_one() -> None:
    def everywhere(_: str) -> Safety:
        return Safety(faults=(Fault.PUBLIC,))

    assert unsafe_board("", everywhere) == {}
    ((_, matter),) = unsafe_board("C0CONTROL", everywhere).items()
    assert matter is not None and "The board is taken down there until then" in matter.says
    assert unsafe_board("C0CONTROL", lambda _: Safety()) == {}
    assert unsafe_board("C0CONTROL", lambda _: UNKNOWN) == {"unsafe board": None}
