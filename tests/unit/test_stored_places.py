"""May an answer be posted here? Of what is kept of Slack's answers, and of how old that is."""

import pytest

from bot.domain.people import AccountKind
from bot.domain.safe_places import UNKNOWN, Fault
from bot.ports.reach_answers import ChannelAnswer, ReachAnswers
from bot.stored_places import StoredPlaces

NOW = 10_000.0
KINDS = {"fay": AccountKind.MEMBER, "gus": AccountKind.GUEST}


class Machine:
    def seconds(self) -> float:
        return NOW


def places(
    asked: ReachAnswers, *, guests: bool = False, workspaces: frozenset[str] = frozenset()
) -> StoredPlaces:
    def counted(kind: AccountKind) -> AccountKind:
        return AccountKind.MEMBER if guests and kind is AccountKind.GUEST else kind

    def account(person: str) -> AccountKind:
        return counted(KINDS.get(person, AccountKind.UNKNOWN))

    return StoredPlaces(lambda: asked, account, counted, ("C0CASES", "C0FIM"), workspaces, Machine())


def answers(
    *members: str, at: float = NOW, shared: str = "", kinds: dict[str, AccountKind] | None = None
) -> ReachAnswers:
    said = ChannelAnswer(at=at, is_private=True, shared_with=frozenset({shared} - {""}))
    return ReachAnswers(
        at=NOW,
        channels={"C0CASES": said, "C0OTHER": said},
        members=dict.fromkeys(("C0CASES", "C0OTHER"), frozenset({*members, "U0BOT"})),
        kinds=kinds or {},
        bot="U0BOT",
    )


def test_in_a_configured_channel_of_the_forces_own_it_may() -> None:
    assert places(answers("fay")).may_answer_in("C0CASES")


@pytest.mark.parametrize("channel", ["C0OTHER", "C0NOWHERE"])
def test_in_a_channel_that_is_not_configured_it_may_not_however_safe(channel: str) -> None:
    assert not places(answers("fay")).may_answer_in(channel)


def test_in_direct_messages_it_may() -> None:
    assert places(ReachAnswers()).may_answer_in("D0FAY")


def test_before_slack_was_asked_it_may_not_and_nothing_is_wrong() -> None:
    assert not places(ReachAnswers()).may_answer_in("C0CASES")
    assert places(ReachAnswers()).safety("C0CASES") == UNKNOWN


@pytest.mark.parametrize(("seconds", "may"), [(299, True), (300, False), (-301, False)])
def test_an_answer_that_is_too_old_says_nothing(seconds: float, may: bool) -> None:
    assert places(answers("fay", at=NOW - seconds)).may_answer_in("C0CASES") is may


def test_a_guest_makes_it_unsafe_unless_the_force_counts_guests_among_its_own() -> None:
    assert places(answers("fay", "gus")).safety("C0CASES").faults == (Fault.GUESTS,)
    assert places(answers("fay", "gus"), guests=True).may_answer_in("C0CASES")
    asked_alone = answers("fay", "una", kinds={"una": AccountKind.GUEST})
    assert places(asked_alone).safety("C0CASES").faults == (Fault.GUESTS,)
    assert places(asked_alone, guests=True).may_answer_in("C0CASES")


def test_who_is_on_no_list_is_as_slack_said_of_them_alone() -> None:
    found = places(answers("fay", "stan", kinds={"stan": AccountKind.STRANGER})).safety("C0CASES")
    assert found.faults == (Fault.STRANGERS,)
    assert places(answers("fay", "new")).safety("C0CASES") == UNKNOWN


def test_shared_with_a_listed_workspace_it_is_the_forces_own() -> None:
    assert places(answers("fay", shared="T0ELSE")).safety("C0CASES").faults == (Fault.SHARED,)
    assert places(answers("fay", shared="T0ELSE"), workspaces=frozenset({"T0ELSE"})).may_answer_in("C0CASES")
