"""Asked in a quiet hour: who would hear a page, and which place takes none. A workspace, and rounds of a minute."""

import pytest
from msgspec.structs import replace

from bot.domain.people import AccountKind, Role
from bot.domain.reach import Quiet, Reach, ReachFacts
from bot.ports.reach_answers import ReachAnswers, load
from bot.slack.slack_reach import SlackReach, offered_to, shared_with
from bot.store.memory import MemoryStores
from bot.time import CaseClock
from sandbox.client import Workspace
from tests.unit.workers.conftest import Evening
from workers.alarm.reach_watch import EVERY, ReachWatch
from workers.delivery.disclosures import members_changed
from workers.reach_asking import Questions, ask

CHANNELS = ("C0CASES", "C0FIM")


class Round:
    """What one bot finds, with a machine that goes on by itself."""

    def __init__(self, evening: Evening) -> None:
        self.workspace: Workspace = evening.workspace
        self.stores, self.machine = MemoryStores(), evening.machine
        self.clock = CaseClock(self.machine)
        self.slack = SlackReach(evening.client())
        self.woken = 0
        self.channels = list(CHANNELS)
        self.watch = ReachWatch(
            self._ask,
            self.stores.documents,
            self._reach,
            self._wake,
            lambda: self.channels,
            self.machine,
            told=lambda before, now: self.stores.processing_log.note(
                *members_changed(before, now, self.clock.now())
            ),
        )
        self.later = evening.later
        self.holders = frozenset({"fay"})
        self.listed = frozenset({"fay", "kim"})

    def _ask(self, before: ReachAnswers, now: float) -> ReachAnswers:
        wanted = Questions(
            channels=self.channels, people=self.holders | {"kim"}, listed=lambda person: person in self.listed
        )
        return ask(self.slack, wanted, before, now)

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


def test_what_a_channel_is_and_who_is_in_it_is_kept(found: Round) -> None:
    said = found.goes_round().channels["C0FIM"]
    assert (said.is_private, said.shared_with, said.offered_to) == (True, frozenset(), frozenset())
    found.workspace.person("fay").convert("fim", "public")
    assert not found.goes_round().channels["C0FIM"].is_private, "within a minute: no event says so"


def test_that_it_is_made_private_again_is_known_at_its_message(found: Round) -> None:
    found.workspace.person("fay").convert("fim", "public")
    found.goes_round()
    found.workspace.person("fay").convert("fim", "private")
    found.later(2)
    event = {"type": "message", "subtype": "channel_convert_to_private"}
    found.watch.heard(None, {"payload": {"event": event}}, None)
    found.watch.look()
    assert found.kept.channels["C0FIM"].is_private


def test_with_whom_it_is_shared_is_known_at_its_event_and_so_is_the_end_of_it(found: Round) -> None:
    found.goes_round()
    fay = found.workspace.person("fay")
    fay.share("fim", "T0ELSE", pending=True)
    assert found.goes_round().channels["C0FIM"].offered_to == {"T0ELSE"}
    fay.share("fim", "T0ELSE")
    said = found.hears("channel_shared").channels["C0FIM"]
    assert (said.shared_with, said.offered_to) == ({"T0ELSE"}, frozenset())
    fay.unshare("fim")
    assert found.hears("channel_unshared").channels["C0FIM"].shared_with == frozenset()


def test_a_workspace_of_the_same_organisation_is_named_too(found: Round) -> None:
    found.workspace.person("fay").share("fim", "T0SISTER", org=True)
    assert found.goes_round().channels["C0FIM"].shared_with == {"T0SISTER"}


@pytest.mark.parametrize("flag", ["is_shared", "is_ext_shared", "is_org_shared"])
def test_each_of_slacks_flags_says_that_it_is_shared_though_nobody_is_named(flag: str) -> None:
    own = {"context_team_id": "T0OURS", "shared_team_ids": ["T0OURS"]}
    assert shared_with(own, "T0OURS") == frozenset()
    assert len(shared_with({**own, flag: True}, "T0OURS")) == 1
    assert len(offered_to({**own, "is_pending_ext_shared": True}, "T0OURS")) == 1


def test_who_joins_and_is_on_no_list_is_asked_about_at_once(found: Round) -> None:
    found.goes_round()
    people = {"stan": {"id": "stan", "team": "T0ELSE"}, "gus": {"id": "gus", "restricted": True}}
    found.workspace.seed({"people": people})
    for each in people:
        found.workspace.person("fay").join("fim", invite=each)
    kept = found.hears("member_joined_channel")
    assert kept.kinds == {"stan": AccountKind.STRANGER, "gus": AccountKind.GUEST}
    found.listed |= {"gus"}
    assert found.goes_round().kinds == {"stan": AccountKind.STRANGER}


def test_who_is_in_it_and_unknown_to_the_workspace_is_a_stranger(found: Round) -> None:
    found.listed = frozenset({"kim"})
    found.workspace.fault("error", "users.info", error="user_not_found")
    assert found.goes_round().kinds == {"fay": AccountKind.STRANGER}


def test_of_whom_slack_does_not_say_what_they_are_nothing_is_kept(found: Round) -> None:
    found.listed = frozenset({"kim"})
    found.workspace.fault("rate_limited", "users.info")
    assert found.goes_round().kinds == {}


def test_a_channel_that_is_newly_asked_about_is_known_within_seconds_and_forgotten_after(
    found: Round,
) -> None:
    found.goes_round()
    found.channels.append("C0SUPER")
    found.workspace.seed({"channels": {"supervisors": {"members": ["missing"]}}})
    found.later(2)
    found.watch.look()
    assert found.kept.channels["C0SUPER"].is_private
    found.channels.remove("C0SUPER")
    assert "C0SUPER" not in found.goes_round().channels


def test_how_old_an_answer_of_a_channel_is_shows_where_slack_gives_no_newer_one(found: Round) -> None:
    before = found.goes_round()
    found.workspace.fault("server_error", "conversations.members")
    after = found.goes_round()
    assert after.at > before.at
    assert after.channels == before.channels


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


def test_who_comes_into_a_channel_is_in_the_processing_log(found: Round) -> None:
    found.goes_round()
    found.workspace.seed({"people": {"kit": {"id": "kit"}}})
    before = found.stores.log_reader.newest(9)
    assert {line.place for line in before} == set(CHANNELS)
    found.workspace.person("fay").join("fim", invite="kit")
    found.hears("member_joined_channel")
    (line,) = found.stores.log_reader.newest(9)[len(before) :]
    assert (line.action, line.place, "kit" in line.to) == ("members", "C0FIM", True)
