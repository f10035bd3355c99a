"""A channel of the force's that others come to read: what the round finds, and who reads what of it. A workspace, the
rounds of each minute, and no other time than theirs."""

from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from bot.domain.people import AccountKind
from bot.domain.safe_places import Fault
from bot.slack.slack_chat import SlackChat
from bot.stored_places import StoredPlaces
from sandbox.client import Workspace
from tests.unit.workers.conftest import Evening
from tests.unit.workers.test_reach_watch import CHANNELS, Round
from workers.alarm.matters import Matters
from workers.alarm.notices import ChannelNotices
from workers.alarm.refused_places import ChannelsInUse
from workers.alarm.unsafe_places import unsafe_places
from workers.ways_out.ways import Sent

MINUTE = 60
LUNCH = {"display_information": {"name": "Lunch"}, "features": {"bot_user": {"display_name": "lunch"}}}


class Watch:
    """One bot: it goes round, and tells the FIM in Slack and the technician beside it."""

    def __init__(self, evening: Evening) -> None:
        self.evening, self.round = evening, Round(evening)
        self.workspace: Workspace = evening.workspace
        self.technician: list[str] = []
        self.places = StoredPlaces(
            lambda: self.round.kept, self._account, lambda kind: kind, CHANNELS, frozenset(), evening.machine
        )
        notices = ChannelNotices(SlackChat(evening.client()), ("C0FIM", "C0CASES"), evening.machine)
        self._told = [self._matters(self._tell, "technician"), self._matters(notices.send, "fim")]

    def _account(self, person: str) -> AccountKind:
        return AccountKind.MEMBER if person in self.round.listed else AccountKind.UNKNOWN

    def _matters(self, send: Callable[[str, str, str], Sent], name: str) -> Matters:
        channels = ChannelsInUse(cases="C0CASES", fim="C0FIM")
        found = [lambda: unsafe_places(channels, self.places.safety)]
        stores, machine = self.round.stores, self.evening.machine
        return Matters(found, stores, send, machine, remind=24 * 3600, name=name)

    def _tell(self, _: str, __: str, said: str) -> Sent:
        self.technician.append(said)
        return Sent(taken=("e-mail",))

    def goes_by(self, seconds: int) -> None:
        with capture_logs():
            for _ in range(seconds):
                self.round.later(1)
                self.round.watch.look()
                for each in self._told:
                    each.look()

    def fim_reads(self, words: str) -> int:
        return sum(each.says(words) for each in self.workspace.person("fay").sees("fim"))

    def technician_reads(self, words: str) -> int:
        return sum(words in each for each in self.technician)


@pytest.fixture
def watch(evening: Evening) -> Watch:
    evening.workspace.seed({"people": {"gus": {"restricted": True}, "stan": {"team": "T0ELSE"}}})
    evening.workspace.seed({"apps": [{"manifest": LUNCH}]})
    watch = Watch(evening)
    watch.goes_by(MINUTE)
    return watch


def test_in_a_healthy_workspace_nobody_is_told_and_answers_are_given(watch: Watch) -> None:
    watch.goes_by(3 * MINUTE)
    assert (watch.technician, watch.fim_reads("is not private to the force")) == ([], 0)
    assert [watch.places.may_answer_in(each) for each in CHANNELS] == [True, True]


@pytest.mark.parametrize(
    ("spoil", "mend", "says", "fault"),
    [
        (
            lambda fay: fay.convert("fim", "public"),
            lambda fay: fay.convert("fim", "private"),
            "it is public, so everybody in the workspace reads it",
            Fault.PUBLIC,
        ),
        (
            lambda fay: fay.share("fim", "T0ELSE"),
            lambda fay: fay.unshare("fim"),
            "it is shared with another organisation or workspace",
            Fault.SHARED,
        ),
        (
            lambda fay: fay.share("fim", "T0ELSE", pending=True),
            lambda fay: fay.unshare("fim"),
            "another organisation or workspace is invited to share it",
            Fault.OFFERED,
        ),
        (
            lambda fay: fay.join("fim", invite="gus"),
            lambda fay: fay.leave("fim", remove="gus"),
            "a guest is in it",
            Fault.GUESTS,
        ),
        (
            lambda fay: fay.join("fim", invite="stan"),
            lambda fay: fay.leave("fim", remove="stan"),
            "somebody of another organisation is in it",
            Fault.STRANGERS,
        ),
        (
            lambda fay: fay.join("fim", invite="lunch"),
            lambda fay: fay.leave("fim", remove="lunch"),
            "another app is in it",
            Fault.APPS,
        ),
    ],
    ids=["public", "shared", "offered", "guest", "stranger", "app"],
)
def test_who_else_reads_it_is_told_once_within_a_minute_and_so_is_its_end(
    watch: Watch, spoil: Callable[..., object], mend: Callable[..., object], says: str, fault: Fault
) -> None:
    fay = watch.workspace.person("fay")
    spoil(fay)
    watch.goes_by(MINUTE + 1)
    assert watch.places.safety("C0FIM").faults == (fault,)
    assert not watch.places.may_answer_in("C0FIM")
    assert watch.places.may_answer_in("C0CASES"), "another channel is not the worse for it"
    watch.goes_by(10 * MINUTE)
    wrong = f"The FIM's channel (MISSING_CHANNELS__FIM) is not private to the force: {says}"
    assert (watch.fim_reads(wrong), watch.technician_reads(says)) == (1, 1)
    assert "To mend it, " in watch.technician[0]
    mend(fay)
    watch.goes_by(3 * MINUTE)
    assert watch.places.may_answer_in("C0FIM")
    well = "The FIM's channel (MISSING_CHANNELS__FIM) is private to the force again."
    assert (watch.fim_reads("is private to the force again"), watch.technician_reads(well)) == (1, 1)


def test_a_channel_that_was_unsafe_before_the_start_is_told_within_seconds(evening: Evening) -> None:
    evening.workspace.person("fay").convert("cases", "public")
    watch = Watch(evening)
    watch.goes_by(3)
    says = "The cases channel (MISSING_CHANNELS__CASES) is not private to the force: it is public"
    assert (watch.fim_reads(says), watch.technician_reads(says)) == (1, 1)


def test_a_slack_that_does_not_answer_makes_it_unsafe_in_time_and_calls_nobody(watch: Watch) -> None:
    watch.workspace.fault("server_error", "*")
    watch.goes_by(4 * MINUTE)
    assert watch.places.may_answer_in("C0FIM"), "as Slack said it minutes ago"
    watch.goes_by(2 * MINUTE)
    assert not watch.places.may_answer_in("C0FIM")
    assert watch.technician == []


def test_a_colleague_who_is_new_makes_it_neither_unsafe_for_long_nor_a_matter(watch: Watch) -> None:
    watch.workspace.seed({"people": {"new": {"id": "new"}}})
    watch.workspace.person("fay").join("fim", invite="new")
    watch.goes_by(MINUTE + 1)
    assert watch.places.may_answer_in("C0FIM")
    assert watch.technician == []
