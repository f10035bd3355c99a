"""Asked in a quiet hour: who would hear a page, and which place takes none. A workspace, and rounds of a minute."""

import pytest
from msgspec.structs import replace

from bot.domain.people import Role
from bot.domain.reach import Quiet, Reach, ReachFacts
from bot.ports.reach_answers import ReachAnswers, load
from bot.slack.slack_reach import SlackReach
from bot.store.memory import MemoryStores
from bot.time import CaseClock
from sandbox.client import Workspace
from tests.unit.workers.conftest import Evening
from workers.alarm.reach_watch import EVERY, ReachWatch
from workers.reach_asking import ask

CHANNELS = ("C0CASES", "C0FIM")


class Round:
    """What one bot finds, with a machine that goes on by itself."""

    def __init__(self, evening: Evening) -> None:
        self.workspace: Workspace = evening.workspace
        self.stores, self.machine = MemoryStores(), evening.machine
        self.clock = CaseClock(self.machine)
        self.slack = SlackReach(evening.client())
        self.woken = 0
        self.watch = ReachWatch(self._ask, self.stores.documents, self._reach, self._wake, self.machine)
        self.later = evening.later
        self.holders = frozenset({"fay"})

    def _ask(self, before: ReachAnswers, now: float) -> ReachAnswers:
        return ask(self.slack, CHANNELS, self.holders | {"kim"}, before, now)

    def _reach(self) -> Reach:
        known, now = self.kept, self.machine.seconds()
        quiet = {
            person: Quiet(start=self.clock.after(begin - now), end=self.clock.after(end - now))
            for person, (begin, end) in known.quiet.items()
        }
        return Reach(facts=ReachFacts(holders={Role.FIM: self.holders}, quiet=quiet), now=self.clock.now())

    def _wake(self) -> None:
        self.woken += 1

    @property
    def kept(self) -> ReachAnswers:
        return load(self.stores.documents) or ReachAnswers()

    def goes_round(self) -> ReachAnswers:
        self.later(EVERY)
        self.watch.look()
        return self.kept

    def hears(self, event: str, user: str = "fay") -> ReachAnswers:
        """After the pause that keeps a storm of events from asking a hundred times."""
        self.later(2)
        self.watch.heard(None, {"payload": {"event": {"type": event, "user": user}}}, None)
        self.watch.look()
        return self.kept


@pytest.fixture
def found(evening: Evening) -> Round:
    return Round(evening)


def test_in_a_healthy_workspace_nothing_is_refused_and_members_are_known(found: Round) -> None:
    kept = found.goes_round()
    assert (kept.refused, kept.token, kept.quiet, kept.quiet_unknown) == ({}, "", {}, "")
    assert "fay" in kept.members["C0FIM"]


@pytest.mark.parametrize(
    ("event", "code"), [("group_archive", "is_archived"), ("member_left_channel", "channel_not_found")]
)
def test_a_place_that_is_lost_is_found_at_its_event_and_so_is_its_return(
    found: Round, event: str, code: str
) -> None:
    found.goes_round()
    fay = found.workspace.person("fay")
    if event == "group_archive":
        fay.archive("fim")
    else:
        fay.leave("fim", remove="missing")
    assert found.hears(event).refused == {"C0FIM": code}
    if event == "group_archive":
        fay.unarchive("fim")
    else:
        fay.join("fim", invite="missing")
    assert found.goes_round().refused == {}


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_token_that_is_not_taken_is_found_and_its_return_too(found: Round, code: str) -> None:
    found.goes_round()
    found.workspace.fault("error", "*", error=code)
    assert found.hears("tokens_revoked").token == code
    found.workspace.clear_faults()
    assert found.goes_round().token == ""


@pytest.mark.parametrize("fault", ["server_error", "rate_limited", "refused", "not_json"])
def test_a_slack_that_merely_does_not_answer_leaves_what_was_known(found: Round, fault: str) -> None:
    found.workspace.person("fay").do_not_disturb(3600)
    before = found.goes_round()
    found.workspace.fault(fault, "*")
    assert replace(found.goes_round(), at=0.0) == replace(before, at=0.0)


def test_do_not_disturb_is_known_at_its_event_and_wakes_the_open_cases_once(found: Round) -> None:
    found.goes_round()
    woken = found.woken
    found.workspace.person("fay").do_not_disturb(3600)
    kept = found.hears("dnd_updated_user")
    assert kept.quiet["fay"][1] - kept.quiet["fay"][0] == 3600
    assert found.woken == woken + 1
    found.watch.look()
    assert found.woken == woken + 1


def test_one_that_begins_and_ends_by_the_clock_wakes_them_each_time(found: Round) -> None:
    found.workspace.person("fay").do_not_disturb(600, after=300)
    found.goes_round()
    woken = found.woken
    for _ in range(6):
        found.goes_round()
    assert found.woken == woken + 1
    for _ in range(11):
        found.goes_round()
    assert found.woken == woken + 2


def test_who_takes_a_role_over_is_asked_about_within_seconds(found: Round) -> None:
    found.goes_round()
    found.workspace.person("ian").do_not_disturb(3600)
    found.holders = frozenset({"ian"})
    for _ in range(2):  # it is seen at one look, and asked at the next
        found.later(2)
        found.watch.look()
    assert set(found.kept.quiet) == {"ian"}


def test_whom_else_slack_does_not_disturb_asks_nothing(found: Round) -> None:
    found.goes_round()
    found.workspace.person("fay").do_not_disturb(3600)
    assert found.hears("dnd_updated_user", user="U0SOMEBODY").quiet == {}
    assert set(found.hears("dnd_updated_user", user="fay").quiet) == {"fay"}


def test_other_events_ask_nothing(found: Round) -> None:
    found.goes_round()
    before = len(found.workspace.calls("auth.test"))
    found.hears("message")
    assert len(found.workspace.calls("auth.test")) == before


def test_an_app_that_was_installed_without_the_scope_finds_so(found: Round) -> None:
    found.workspace.fault("error", "dnd.teamInfo", error="missing_scope")
    assert found.goes_round().quiet_unknown == "missing_scope"
    found.workspace.clear_faults()
    assert found.goes_round().quiet_unknown == ""
