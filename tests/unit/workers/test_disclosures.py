"""Each post that brings a case before people is in the processing log, with who was there to read it; once."""

import pytest

from bot.domain.commands import Assign
from bot.domain.people import TIMER, Role
from bot.domain.processing import ProcessingKind
from bot.ports import reach_answers
from bot.ports.reach_answers import ReachAnswers
from bot.ports.ways_tried import Way
from tests.unit.workers.conftest import Evening
from tests.world import answers
from workers.delivery.disclosures import Disclosures, members_changed

HIGH = {"markers": answers("suicidal_today")}
REF = "MC-26-0001"
IN_CASES = ("cal", "fay", "sam")


def asked(**members: tuple[str, ...]) -> ReachAnswers:
    return ReachAnswers(at=1.0, members={name: frozenset(who) for name, who in members.items()}, bot="B")


@pytest.fixture
def told(evening: Evening) -> Evening:
    """A HIGH case, reported; Slack has said who is in which channel."""
    known = asked(C0CASES=(*IN_CASES, "B"), C0FIM=("fay", "B"))
    reach_answers.save(evening.stores.documents, known)
    evening.report(**HIGH)
    evening.until(0)
    return evening


def disclosed(evening: Evening) -> list[tuple[str, str, tuple[str, ...]]]:
    lines = evening.stores.log_reader.newest(1_000)
    return [(said.action, said.place, said.to) for said in lines if said.kind is ProcessingKind.DISCLOSURE]


def test_a_card_and_a_page_each_with_who_is_in_their_channel(told: Evening) -> None:
    told.drain("cases"), told.drain("role:fim")
    assert disclosed(told) == [("card", "C0CASES", IN_CASES), ("page", "C0FIM", ("fay",))]
    line = next(said for said in told.stores.log_reader.newest(9) if said.kind is ProcessingKind.DISCLOSURE)
    assert (line.ref, line.by) == (REF, TIMER.id)


def test_what_is_drawn_anew_or_said_in_the_thread_is_no_other(told: Evening) -> None:
    told.drain("cases")
    told.do(1, "sam", Assign(to="ola"), REF)
    told.later(5)
    told.drain("cases", turns=5)
    assert [line for line in disclosed(told) if line[1] == "C0CASES"] == [("card", "C0CASES", IN_CASES)]


def test_a_direct_message_is_before_whom_it_is_to(told: Evening) -> None:
    told.do(1, "sam", Assign(to="ola"), REF)
    told.drain("person:ola")
    assert ("offer", ("ola",)) in [(action, to) for action, _, to in disclosed(told)]


def test_a_post_that_was_lost_sight_of_is_noted_as_it_is_found(told: Evening) -> None:
    told.workspace.fault("lost_reply", "chat.postMessage", count=1)
    told.drain("role:fim")
    assert disclosed(told) == []
    told.later(20)
    told.drain("role:fim", turns=2)
    assert disclosed(told) == [("page", "C0FIM", ("fay",))]


def test_where_slack_takes_nothing_nothing_was_disclosed(told: Evening) -> None:
    told.workspace.fault("error", "chat.postMessage", error="is_archived")
    told.drain("role:fim")
    assert disclosed(told) == []


def test_whoever_comes_into_a_channel_is_noted_once_for_all_that_stands_there(told: Evening) -> None:
    before, after = asked(C1=("fay", "B"), C2=("sam",)), asked(C1=("fay", "sid", "B"), C2=("sam",))
    (line,) = members_changed(before, after, told.clock.now())
    assert (line.action, line.place, line.to, line.ref) == ("members", "C1", ("fay", "sid"), "")
    assert members_changed(after, after, told.clock.now()) == []


@pytest.mark.parametrize(("recipient", "to"), [("fim", ("fay",)), ("U-KIM", ("U-KIM",)), ("technician", ())])
def test_what_leaves_beside_slack_is_before_whose_way_it_is(
    told: Evening, recipient: str, to: tuple[str, ...]
) -> None:
    known = {Role.FIM: ["fay"]}
    telling = Disclosures(
        told.stores.processing_log, told.stores.documents, lambda role: known[role], told.clock
    )
    telling.left([Way(recipient, "sms")], [REF, REF])
    (line,) = [each for each in told.stores.log_reader.newest(99) if each.action == "out"]
    assert (line.place, line.to, line.ref) == (f"sms ({recipient})", to, REF)
