"""Given several posts that were made again in doubt, then none of them hides what is asked there alone, and to look for
the copies costs little and ends."""

from typing import Any

import pytest

from bot.domain.commands import Acknowledge
from bot.late_posts import copies_of
from bot.ports.destination import Destination, OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import Place
from bot.slack.slack_chat import PostDeclined, Unsure
from tests.unit.workers.conftest import Evening
from tests.unit.workers.test_copies import Comes, taken_late
from tests.unit.workers.test_delivery import FIM
from tests.world import answers
from workers.delivery.claiming import AGAIN

SUPERVISORS = Destination("role:supervisor")
SENT_TWICE = "Sent twice"
HIGH: dict[str, Any] = {"markers": answers("suicidal_today")}


def looked_for(evening: Evening, lane: Destination = FIM, times: int = 6, turns: int = 5) -> None:
    """For so many half minutes."""
    for _ in range(times):
        evening.drain(lane, turns=turns)
        evening.later(AGAIN)
        evening.postponed(lane)


def copies_waiting(evening: Evening) -> list[Outgoing]:
    outbox = evening.stores.outbox
    return [row for lane in outbox.lanes() for row in outbox.pending(lane, 100) if row.kind == "copies"]


def paged_twice(evening: Evening, times: int) -> list[Comes]:
    """So many pages that were made again, one after the other: what brings the first tries of each."""
    late: list[Comes] = []
    for _ in range(times):
        evening.report(at=(evening.machine.seconds() - evening.machine.start) / 60, **HIGH)
        evening.until((evening.machine.seconds() - evening.machine.start) / 60)
        with taken_late(evening) as its:
            evening.delivery.drain(FIM)
        evening.later(1)
        evening.delivery.drain(FIM)
        evening.later(1)
        late += its
    evening.delivery.drain(FIM)
    evening.postponed(FIM)
    return late


def come(evening: Evening, late: list[Comes]) -> None:
    for each in late:
        each()
        evening.later(1.1)


def two_left_of_six(evening: Evening) -> tuple[str, str]:
    """They were in one digest that went unanswered; all but two have been acknowledged since."""
    first, second, *others = [evening.report(**HIGH) for _ in range(6)]
    evening.until(0)
    evening.drain(FIM)
    for ref in others:
        evening.do(0, "fay", Acknowledge(), ref)
    return first, second


def asks(evening: Evening, ref: str) -> bool:
    return any("acknowledge" in post.action_ids and post.says(ref) for post in evening.in_fim())


def test_a_digest_where_one_case_is_asked_for_alone_does_not_lead_to_the_page_of_another(
    evening: Evening,
) -> None:
    with taken_late(evening) as late:
        first, second = two_left_of_six(evening)
    evening.drain(FIM)  # a page for the first; Slack takes one a second
    late[0]()
    evening.drain_all(FIM)
    assert asks(evening, first) and asks(evening, second)


def test_nor_where_the_looks_for_both_come_at_different_times(evening: Evening) -> None:
    with taken_late(evening) as late:
        first, second = two_left_of_six(evening)
    evening.drain(FIM)
    late[0]()
    evening.drain(FIM, turns=3)
    of_the_first = [row for row in copies_waiting(evening) if row.ref == first]
    evening.stores.outbox.ask_again(FIM, of_the_first)
    evening.drain(FIM)
    assert asks(evening, second)


def test_nor_does_it_while_it_is_in_doubt_whether_that_one_is_asked_for_there(evening: Evening) -> None:
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    first, second = two_left_of_six(evening)
    evening.workspace.fault("hides", "conversations.history", count=2)
    evening.drain(FIM)
    evening.workspace.fault("rate_limited", "chat.postMessage", count=1, seconds=5)
    evening.drain_all(FIM)
    assert asks(evening, first) and asks(evening, second)


@pytest.mark.parametrize("method", ["conversations.history", "chat.update"])
def test_where_slack_asks_to_wait_the_channel_is_not_read_every_other_second(
    evening: Evening, method: str
) -> None:
    """What is in doubt has to be looked for there as well, and a page waits for that."""
    late = paged_twice(evening, 1)
    come(evening, late)
    evening.workspace.fault("rate_limited", method, seconds=30)
    before = len(evening.workspace.calls("conversations.history"))
    evening.drain(FIM, turns=12)
    assert len(evening.workspace.calls("conversations.history")) - before < 3


def test_however_many_copies_there_are_an_end_is_come_to_of_them(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(evening, paged_twice(evening, 8))
    edit = evening.chat.edit

    def slowly(*given: Any) -> None:
        evening.later(0.5)
        edit(*given)

    monkeypatch.setattr(evening.chat, "edit", slowly)
    looked_for(evening)
    assert sum(post.says(SENT_TWICE) for post in evening.in_fim()) == 8
    assert copies_waiting(evening) == []


def test_while_slack_is_silent_the_lane_is_held_up_by_one_of_them_alone(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(evening, paged_twice(evening, 4))
    asked: list[str] = []

    def silent(_: str, ts: str) -> str:
        asked.append(ts)
        evening.later(4)
        raise Unsure("chat.getPermalink: no answer")

    monkeypatch.setattr(evening.chat, "link", silent)
    evening.drain(FIM)
    assert len(asked) == 1


@pytest.mark.parametrize("refused", [0, 1])
def test_one_copy_that_slack_refuses_alone_keeps_none_of_the_others_open(
    evening: Evening, monkeypatch: pytest.MonkeyPatch, refused: int
) -> None:
    come(evening, paged_twice(evening, 2))
    alone, edit = evening.in_fim()[2 + refused].ts, evening.chat.edit

    def refuses(channel: str, ts: str, *given: Any) -> None:
        if ts == alone:
            raise PostDeclined("chat.update", "unheard_of")
        edit(channel, ts, *given)

    monkeypatch.setattr(evening.chat, "edit", refuses)
    looked_for(evening)
    assert sum(post.says(SENT_TWICE) for post in evening.in_fim()) == 1


def test_a_roles_own_page_does_not_lead_into_a_channel_that_not_all_of_them_see(evening: Evening) -> None:
    """Its channel was shut when the page was made again, and is open while the first try is still looked for."""
    evening.report(**HIGH)
    evening.until(10)
    pages = [row for row in evening.stores.outbox.pending(SUPERVISORS, 9) if row.kind == OutboxKind.PAGE]
    with taken_late(evening) as late:
        evening.delivery.drain(SUPERVISORS)
    evening.later(2)
    evening.workspace.fault("error", "conversations.history", error="is_archived", count=1)
    evening.drain(SUPERVISORS, turns=3)
    (kept,) = evening.in_fim()
    late[0]()
    looked_for(evening, SUPERVISORS, times=20, turns=1)
    evening.stores.outbox.ask_again(SUPERVISORS, copies_of(pages, Place.of("C0FIM", kept.ts)))
    looked_for(evening, SUPERVISORS)
    (own,) = evening.workspace.person("sam").sees("supervisors")
    assert "acknowledge" in own.action_ids


def test_of_two_beside_a_card_in_another_channel_one_is_left(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(10)
    (page,) = [row for row in evening.stores.outbox.pending(SUPERVISORS, 9) if row.kind == OutboxKind.PAGE]
    with taken_late(evening) as late:
        evening.delivery.drain(SUPERVISORS)
    evening.later(2)
    evening.workspace.fault("error", "conversations.history", error="is_archived", count=1)
    evening.drain(SUPERVISORS, turns=3)
    come(evening, [*late, *late])
    looked_for(evening, SUPERVISORS, times=20, turns=1)
    own = evening.workspace.person("sam").sees("supervisors")
    where = Place.of("C0SUPER", own[0].ts)
    evening.stores.outbox.ask_again(SUPERVISORS, copies_of([page], where))
    looked_for(evening, SUPERVISORS)
    own = evening.workspace.person("sam").sees("supervisors")
    assert ["acknowledge" in post.action_ids for post in own] == [False, True]


def test_a_copy_is_looked_for_where_it_was_posted_though_its_role_has_its_own_channel_back(
    evening: Evening,
) -> None:
    evening.report(**HIGH)
    evening.until(10)
    evening.workspace.fault("error", "chat.postMessage", error="is_archived", count=1)
    evening.delivery.drain(SUPERVISORS)
    evening.later(40)
    with taken_late(evening) as late:
        evening.delivery.drain(SUPERVISORS)
    evening.later(2)
    evening.delivery.drain(SUPERVISORS)
    evening.later(20)
    late[0]()
    looked_for(evening, SUPERVISORS, turns=1)
    kept, copy = evening.in_fim()
    assert copy.says(SENT_TWICE) and "acknowledge" in kept.action_ids


def test_what_was_kept_and_is_gone_is_led_to_by_nothing(evening: Evening) -> None:
    late = paged_twice(evening, 1)
    (kept,) = evening.in_fim()
    evening.chat.delete("C0FIM", kept.ts)
    come(evening, late)
    looked_for(evening)
    (copy,) = evening.in_fim()
    assert "acknowledge" in copy.action_ids
    assert copies_waiting(evening) == []
