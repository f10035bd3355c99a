"""A bot that is not in the FIM's channel: nobody reads "FIM paged", and who can ring is told at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.commands import Acknowledge
from bot.domain.events import Delivered, SlackSilent
from bot.domain.people import Role
from bot.ports.destination import Destination
from bot.views.cards.open_case import open_case
from bot.views.lists.listing import all_that_wait
from sandbox.client import Message
from sandbox.runner import running_workspace
from tests.unit.workers.conftest import MANIFEST, SEED, Evening
from tests.world import answers
from workers.alarm.reconciler import stuck
from workers.ways_out.leaving import Unsent

HIGH = {"markers": answers("suicidal_today")}
FIM = Destination("role:fim")
OUTSIDE: dict[str, Any] = {
    **SEED,
    "channels": {**SEED["channels"], "fim": {"id": "C0FIM", "members": ["fay"]}},
}


@pytest.fixture
def outside() -> Iterator[Evening]:
    with running_workspace(MANIFEST, OUTSIDE) as workspace:
        yield Evening(workspace)


def paged(evening: Evening) -> str:
    ref = evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    everything_else(evening)
    return ref


def everything_else(evening: Evening) -> None:
    for lane in ("cases", "person:cal"):
        evening.drain(lane, turns=4)


def let_the_bot_in(evening: Evening) -> None:
    evening.workspace.person("fay").join("fim", invite="missing")


def in_thread(evening: Evening) -> list[Message]:
    card = next(post for post in evening.in_cases() if post.says("Take ownership"))
    return evening.workspace.person("fay").thread("cases", card.ts)


def to_cal(evening: Evening) -> list[Message]:
    return evening.workspace.person("cal").sees("missing")


def test_nobody_reads_that_the_fim_was_paged(outside: Evening) -> None:
    paged(outside)
    assert outside.in_fim() == []
    everywhere = [*outside.in_cases(), *in_thread(outside), *to_cal(outside)]
    assert everywhere
    assert not [post for post in everywhere if post.says("FIM paged")]


def test_who_reported_and_the_cases_channel_read_whom_to_ring(outside: Evening) -> None:
    paged(outside)
    for told in (outside.in_cases(), to_cal(outside)):
        (said,) = [post for post in told if post.says("FIM page not delivered for HIGH MC-26-0001")]
        assert said.says("the FIM's channel cannot be reached")
        assert said.says("Ring Fay")


def test_the_card_and_the_thread_say_so_too(outside: Evening) -> None:
    paged(outside)
    card = next(post for post in outside.in_cases() if post.says("Take ownership"))
    assert card.says("FIM page of 13:40 not delivered: the FIM's channel cannot be reached")
    assert any(line.says("FIM page not delivered") for line in in_thread(outside))


def test_it_is_said_once_however_often_slack_refuses(outside: Evening) -> None:
    ref = paged(outside)
    for _ in range(3):
        outside.drain(FIM)
    everything_else(outside)
    silent = [e for e in outside.stores.cases.entries(ref) if isinstance(e.event, SlackSilent)]
    assert len(silent) == 1
    assert len([post for post in to_cal(outside) if post.says("not delivered")]) == 1


def test_a_later_page_into_the_same_channel_is_no_new_alarm(outside: Evening) -> None:
    paged(outside)
    outside.until(5)
    outside.drain(FIM)
    everything_else(outside)
    assert len([post for post in to_cal(outside) if post.says("not delivered")]) == 1
    card = next(post for post in outside.in_cases() if post.says("Take ownership"))
    assert card.says("FIM page of 13:40 not delivered")


def test_once_the_bot_is_let_in_the_page_arrives_and_all_of_them_read_it(outside: Evening) -> None:
    ref = paged(outside)
    let_the_bot_in(outside)
    outside.later(20)
    outside.drain(FIM)
    everything_else(outside)
    assert len(outside.in_fim()) == 1
    assert any(isinstance(entry.event, Delivered) for entry in outside.stores.cases.entries(ref))
    card = next(post for post in outside.in_cases() if post.says("Take ownership"))
    assert card.says("FIM paged 13:4") and not card.says("not delivered")
    assert any(post.says("FIM paged 13:4") for post in to_cal(outside))


def test_who_was_rung_and_answers_makes_the_page_needless(outside: Evening) -> None:
    paged(outside)
    assert stuck(outside.stores, lambda _: False) == ["MC-26-0001"]
    outside.do(1, "fay", Acknowledge())
    everything_else(outside)
    card = next(post for post in outside.in_cases() if post.says("Take ownership"))
    assert not card.says("not delivered") and not card.says("FIM paged")
    assert stuck(outside.stores, lambda _: False) == []


def test_a_page_that_slack_does_not_answer_is_not_delivered_after_a_minute_at_any_grade(
    evening: Evening,
) -> None:
    ref = evening.report()
    evening.until(10)
    looker = Unsent(
        evening.stores,
        evening.desk,
        evening.duty_desk,
        evening.case_clock,
        evening.machine,
        evening.rate_limits.refused,
        patience=60.0,
    )
    evening.later(59)
    looker.look()
    assert not evening.case(ref).pages[Role.SUPERVISOR].is_undelivered
    evening.later(2)
    looker.look()
    card = evening.screens.card(evening.case(ref))
    assert "Supervisor page of 13:50 not delivered: Slack has not taken it. Ring Sam" in str(card.blocks)
    evening.drain("role:supervisor")
    assert evening.case(ref).pages[Role.SUPERVISOR].taken_at == evening.clock.at - timedelta(seconds=1)


def test_what_is_drawn_once_says_as_at_when_a_page_was_on_its_way(evening: Evening) -> None:
    """The open case and all that wait do not follow a page: what they say of it is dated."""
    ref = evening.report(**HIGH)
    evening.until(0)
    case, screen = evening.case(ref), evening.setting.at(evening.clock.now())
    opened = str(open_case(case, evening.stores.cases.entries(ref), evening.actor("fay"), screen))
    assert "FIM being paged since 13:40" in opened
    assert "as at 13:40" in opened
    assert "1 wait · as at 13:40" in str(all_that_wait([case], (), screen))
