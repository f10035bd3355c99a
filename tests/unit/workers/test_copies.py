"""Given a post that Slack took without an answer and that was made again, then one of the two is left to act on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.domain.commands import Accept, Acknowledge, Assign
from bot.ports.destination import Destination
from bot.slack.slack_chat import Unsure
from sandbox.client import Message
from tests.unit.workers.conftest import Evening
from tests.unit.workers.test_delivery import FIM, HIGH, PowerCut, power_cut
from workers.delivery.claiming import AGAIN

Comes = Callable[[], None]


@contextmanager
def taken_late(evening: Evening) -> Iterator[list[Comes]]:
    """The next post: its sender has no answer, and it comes once somebody says so."""
    post, late = evening.chat.post, list[Comes]()

    def goes(*given: Any) -> str:
        silent.undo()
        late.append(lambda: post(*given))
        raise Unsure("chat.postMessage: no answer")

    with pytest.MonkeyPatch.context() as silent:
        silent.setattr(evening.chat, "post", goes)
        yield late


@pytest.fixture
def sent_twice(evening: Evening) -> tuple[Message, Message]:
    """The page that was made again, and the first try behind it, which Slack took after all."""
    evening.report(**HIGH)
    evening.until(0)
    with taken_late(evening) as late:
        evening.drain(FIM)
    evening.drain(FIM, turns=2)
    late[0]()
    kept, copy = evening.in_fim()
    assert kept.says("May repeat") and copy.action_ids, "both look open"
    return kept, copy


def leads(copy: Message, kept: Message) -> bool:
    return copy.says("Sent twice") and kept.ts.replace(".", "") in copy.words and not copy.action_ids


def test_the_first_try_that_comes_late_leads_to_the_page_that_was_made_again(
    evening: Evening, sent_twice: tuple[Message, Message]
) -> None:
    evening.drain_all(FIM)
    kept, copy = evening.in_fim()
    assert leads(copy, kept)
    assert "acknowledge" in kept.action_ids


def test_a_press_on_it_before_counts_for_the_page(
    evening: Evening, sent_twice: tuple[Message, Message]
) -> None:
    evening.do(1, "fay", Acknowledge())
    evening.drain_all(FIM)
    assert not any("acknowledge" in card.action_ids for card in evening.in_fim())


def test_where_a_newer_page_has_come_since_that_one_alone_asks(
    evening: Evening, sent_twice: tuple[Message, Message]
) -> None:
    evening.until(5)
    evening.drain(FIM, turns=2)
    evening.drain_all(FIM)
    assert ["acknowledge" in card.action_ids for card in evening.in_fim()] == [False, False, True]


def test_who_stood_still_with_a_page_until_another_had_made_it_leaves_one(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For longer than anybody looks for what had been in doubt."""
    evening.report(**HIGH)
    evening.until(0)
    post, other = evening.chat.post, evening.new_delivery()

    def stands_still(*given: Any) -> str:
        monkeypatch.setattr(evening.chat, "post", post)
        evening.later(60)
        for _ in range(8):
            other.drain(Destination(FIM))
            evening.later(AGAIN)
            evening.postponed(Destination(FIM))
        assert FIM not in evening.stores.outbox.lanes()
        return post(*given)

    monkeypatch.setattr(evening.chat, "post", stands_still)
    evening.delivery.drain(Destination(FIM))
    kept, copy = evening.in_fim()
    assert kept.action_ids and copy.action_ids, "both look open"
    evening.drain_all(FIM)
    kept, copy = evening.in_fim()
    assert leads(copy, kept) and "acknowledge" in kept.action_ids


def test_until_it_is_known_which_is_kept_none_is_touched(evening: Evening) -> None:
    """Whoever made the second died before that was written down, and its case's card is still the one before it."""
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.until(5)
    with taken_late(evening):
        evening.drain(FIM)
    with pytest.raises(PowerCut):
        evening.stores.outbox.sent = power_cut  # type: ignore[method-assign]
        evening.drain(FIM)
    del evening.stores.outbox.sent  # type: ignore[method-assign]
    evening.later(60)
    evening.workspace.fault("hides", "conversations.history", count=1)
    evening.workspace.fault("rate_limited", "chat.postMessage", count=1)
    evening.new_delivery().drain(FIM)
    assert all("acknowledge" in card.action_ids for card in evening.in_fim())
    evening.drain_all(FIM)
    assert ["acknowledge" in card.action_ids for card in evening.in_fim()] == [False, True]


def test_nobody_is_called_by_it(evening: Evening, sent_twice: tuple[Message, Message]) -> None:
    rung = len(evening.workspace.person("fay").notifications)
    evening.drain_all(FIM)
    assert len(evening.workspace.person("fay").notifications) == rung


@pytest.mark.parametrize("lost", [1, 2])
def test_of_two_of_which_slack_hid_the_first_the_second_stays(evening: Evening, lost: int) -> None:
    """Also where the answer to that was lost as well."""
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=lost)
    evening.drain(FIM)
    evening.workspace.fault("hides", "conversations.history", count=1)
    evening.drain(FIM, turns=6)
    evening.drain_all(FIM)
    copy, kept = evening.in_fim()
    assert leads(copy, kept) and "acknowledge" in kept.action_ids


def test_one_that_is_there_once_is_left_as_it_is(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain(FIM)
    evening.drain_all(FIM)
    (page,) = evening.in_fim()
    assert "acknowledge" in page.action_ids
    assert len(evening.workspace.calls("chat.update")) == 1, "drawn as the case stands, once"


@pytest.mark.parametrize("lane", [FIM, "person:ola"])
def test_one_that_is_found_after_it_was_put_by_is_drawn_as_the_case_stands(
    evening: Evening, lane: str
) -> None:
    """What was answered meanwhile found no card to draw that on."""
    evening.report(**HIGH)
    evening.until(0)
    evening.do(1, "sam", Assign(to="ola"))
    with taken_late(evening) as late:
        evening.drain(lane)
    evening.workspace.fault("error", "chat.postMessage", error="message_limit_exceeded", count=1)
    evening.drain(lane)
    late[0]()
    evening.do(2, "ola", Accept())
    evening.do(2, "fay", Acknowledge())
    evening.drain(lane)
    evening.drain_all(lane)
    person, place = ("fay", "fim") if lane == FIM else ("ola", "@missing")
    there = evening.workspace.person(person).sees(place)[-1]
    assert not {"acknowledge", "accept", "decline"} & {*there.action_ids}


@pytest.mark.parametrize("method", ["conversations.history", "chat.getPermalink", "chat.update"])
@pytest.mark.parametrize(
    ("trouble", "how"),
    [("server_error", {}), ("rate_limited", {"seconds": 5}), ("error", {"error": "fatal"})],
)
def test_where_slack_does_not_take_that_it_is_done_later_and_holds_up_no_edit(
    evening: Evening,
    sent_twice: tuple[Message, Message],
    method: str,
    trouble: str,
    how: dict[str, Any],
) -> None:
    if method != "chat.update":
        evening.do(1, "fay", Acknowledge())
    evening.workspace.fault(trouble, method, **how)
    evening.drain(FIM, turns=5)
    if method != "chat.update":
        assert "acknowledge" not in evening.in_fim()[0].action_ids
    evening.workspace.clear_faults()
    evening.drain_all(FIM)
    kept, copy = evening.in_fim()
    assert leads(copy, kept)


def test_a_digest_likewise(evening: Evening) -> None:
    for _ in range(8):
        evening.report(**HIGH)
    evening.until(0)
    with taken_late(evening) as late:
        evening.drain(FIM)
    evening.drain(FIM, turns=2)
    late[0]()
    evening.drain_all(FIM)
    kept, copy = evening.in_fim()
    assert leads(copy, kept) and "acknowledge_many" in kept.action_ids


def test_a_cases_card_likewise(evening: Evening) -> None:
    evening.report()
    with taken_late(evening) as late:
        evening.drain("cases")
    evening.drain("cases", turns=3)
    late[0]()
    evening.drain_all("cases")
    kept, copy = evening.in_cases()
    assert leads(copy, kept) and kept.action_ids


def test_who_is_asked_to_take_a_case_has_one_offer(evening: Evening) -> None:
    evening.report()
    evening.do(1, "sam", Assign(to="ola"))
    with taken_late(evening) as late:
        evening.drain("person:ola")
    evening.drain("person:ola", turns=2)
    late[0]()
    evening.drain_all("person:ola")
    kept, copy = [post for post in evening.workspace.posts() if post.channel.startswith("D")]
    assert leads(copy, kept) and kept.action_ids
