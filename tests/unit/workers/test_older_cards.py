"""Two cards that both look open are one too many: the older one becomes a line that leads to the newer, in the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.commands import Acknowledge, Assign, GradeCase
from bot.domain.facts import Grade
from bot.late_edits import drawn_again
from bot.ports.destination import Destination, LaneKind, OutboxKind
from bot.ports.places import page_key
from bot.slack.slack_chat import Unsure
from bot.views.message import Message as Drawn
from sandbox.client import Message
from tests.unit.workers.conftest import Evening
from tests.unit.workers.test_delivery import FIM, HIGH, PowerCut
from workers.delivery.claiming import AGAIN, TRIES

DAY = timedelta(days=1)
LANES = {FIM, Destination.of(LaneKind.POSTPONED, Destination(FIM))}


@pytest.fixture
def paged_twice(evening: Evening) -> Evening:
    """The second page is waiting."""
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.until(5)
    return evening


def leads_on(older: Message, newer: Message) -> bool:
    return newer.ts.replace(".", "") in older.words and not older.action_ids


@pytest.mark.parametrize(
    ("trouble", "method", "how"),
    [
        ("rate_limited", "chat.update", {"seconds": 40}),
        ("server_error", "chat.update", {}),
        ("rate_limited", "chat.getPermalink", {"seconds": 40}),
        ("server_error", "chat.getPermalink", {}),
    ],
)
def test_an_edit_that_slack_did_not_take_is_made_later_and_rings_nobody(
    paged_twice: Evening, trouble: str, method: str, how: dict[str, float]
) -> None:
    paged_twice.workspace.fault(trouble, method, count=1, **how)
    paged_twice.delivery.drain(FIM)
    first, second = paged_twice.in_fim()
    assert first.action_ids, "the fault was met"
    paged_twice.drain(FIM, turns=25)
    paged_twice.postponed(FIM)
    paged_twice.drain(FIM)
    first, second = paged_twice.in_fim()
    assert leads_on(first, second)
    assert FIM not in paged_twice.stores.outbox.lanes()


def test_a_page_never_waits_longer_than_two_seconds_for_an_edit_to_be_taken(paged_twice: Evening) -> None:
    paged_twice.workspace.fault("server_error", "chat.update")
    waits = []
    for _ in range(5):
        paged_twice.delivery.drain(FIM)
        waits.append(paged_twice.rate_limits.holds().get(FIM, 0.0) - paged_twice.machine.seconds())
        paged_twice.later(2)
    assert max(waits) <= 2.01


@pytest.mark.parametrize(
    ("trouble", "how"), [("rate_limited", {"seconds": 5}), ("error", {"error": "msg_too_long"})]
)
def test_a_page_that_cannot_go_yet_shrinks_the_older_card_once_it_has_gone(
    paged_twice: Evening, trouble: str, how: dict[str, object]
) -> None:
    """Edits wait for no post; what is to be edited because of it waits for it all the same."""
    paged_twice.workspace.fault(trouble, "chat.postMessage", **how)
    paged_twice.delivery.drain(FIM)
    assert len(paged_twice.in_fim()) == 1
    paged_twice.workspace.clear_faults()
    for _ in range(3):
        paged_twice.later(AGAIN)
        paged_twice.postponed(FIM)
        paged_twice.drain(FIM)
    first, second = paged_twice.in_fim()
    assert leads_on(first, second)
    assert not LANES & {*paged_twice.stores.outbox.lanes()}


@pytest.mark.parametrize(
    ("trouble", "how"), [("rate_limited", {"seconds": 5}), ("error", {"error": "msg_too_long"})]
)
def test_a_page_whose_edit_gave_way_to_that_of_a_newer_page_which_is_over_shrinks_the_older_card(
    paged_twice: Evening, trouble: str, how: dict[str, object]
) -> None:
    """Of the edits of one card one waits, the newest; and its page, about another clock, never goes."""
    paged_twice.until(15)
    graded = GradeCase(level=Grade.HIGH, rationale="Suicidal today", considered=("suicidal_today",))
    paged_twice.do(15, "fay", graded)
    paged_twice.workspace.fault(trouble, "chat.postMessage", **how)
    paged_twice.drain(FIM)
    assert len(paged_twice.in_fim()) == 1
    paged_twice.workspace.clear_faults()
    paged_twice.drain_all(FIM)
    first, second = paged_twice.in_fim()
    assert leads_on(first, second)


def test_a_worker_killed_between_page_and_edit_leaves_the_edit_to_the_next(paged_twice: Evening) -> None:
    redraw = "workers.delivery.turn.Turn.redraw"
    with pytest.MonkeyPatch.context() as broken, pytest.raises(PowerCut):
        broken.setattr(redraw, cut)
        paged_twice.drain(FIM, turns=2)
    paged_twice.delivery = paged_twice.new_delivery()
    paged_twice.later(60)
    paged_twice.drain(FIM)
    first, second = paged_twice.in_fim()
    assert leads_on(first, second)


def cut(*_: object) -> bool:
    raise PowerCut


def test_a_redraw_that_arrives_after_its_card_was_replaced_leaves_it_replaced(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    redrawn_late(evening, monkeypatch)
    evening.drain(FIM, turns=2)
    first, second = evening.in_fim()
    assert leads_on(first, second)


def is_to_be_drawn(evening: Evening) -> None:
    """The page is there, and the case has gone on since."""
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.do(1, "sam", Assign(to="ola"))


def redrawn_late(
    evening: Evening, monkeypatch: pytest.MonkeyPatch, then: Callable[[], None] = lambda: None
) -> None:
    """Whoever draws stands still for longer than the lease, and another one goes on with the lane."""
    is_to_be_drawn(evening)
    edit, other = evening.chat.edit, evening.new_delivery()

    def arrives_late(channel: str, ts: str, message: Drawn) -> None:
        monkeypatch.setattr(evening.chat, "edit", edit)
        evening.until(5)
        evening.later(60)
        for _ in range(3):
            other.drain(Destination(FIM))
            evening.later(2)
        edit(channel, ts, message)
        then()

    monkeypatch.setattr(evening.chat, "edit", arrives_late)
    evening.delivery.drain(Destination(FIM))


def test_it_shrinks_in_the_end_where_slack_does_not_take_that_either(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    redrawn_late(
        evening, monkeypatch, lambda: evening.workspace.fault("server_error", "chat.update", count=1)
    )
    first, _ = evening.in_fim()
    assert first.action_ids, "it looks open again"
    evening.drain_all(FIM)
    first, second = evening.in_fim()
    assert leads_on(first, second)


@contextmanager
def unanswered(evening: Evening, why: BaseException | None = None) -> Iterator[list[tuple[str, str, Drawn]]]:
    """The next edit: on its way meanwhile."""
    late: list[tuple[str, str, Drawn]] = []

    def goes(*given: Any) -> None:
        silent.undo()
        late.append(given)
        raise why or Unsure("chat.update: no answer")

    with pytest.MonkeyPatch.context() as silent:
        silent.setattr(evening.chat, "edit", goes)
        yield late


def comes_and_leads_on_in_the_end(evening: Evening, late: list[tuple[str, str, Drawn]]) -> None:
    evening.chat.edit(*late[0])
    first, _ = evening.in_fim()
    assert first.action_ids, "it looks open again"
    evening.drain_all(FIM)
    first, second = evening.in_fim()
    assert leads_on(first, second)


def test_a_redraw_without_an_answer_may_arrive_after_its_card_was_replaced(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.do(4.9, "sam", Assign(to="ola"))
    with unanswered(evening) as late:
        evening.delivery.drain(Destination(FIM))
    evening.until(5)
    evening.drain(FIM, turns=3)
    evening.chat.edit(*late[0])
    first, _ = evening.in_fim()
    assert first.action_ids, "it looks open again"
    for _ in range(2):
        evening.later(AGAIN)
        evening.postponed(FIM)
        evening.drain(FIM)
    first, second = evening.in_fim()
    assert leads_on(first, second)
    assert not LANES & {*evening.stores.outbox.lanes()}


def test_so_may_one_whose_lane_is_lost_while_it_is_struck_off_since_nobody_answered(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_to_be_drawn(evening)
    sent, other = evening.stores.outbox.sent, evening.new_delivery()

    def stands_still(*given: Any) -> bool:
        monkeypatch.undo()
        evening.until(5)
        evening.later(60)
        for _ in range(3):
            other.drain(Destination(FIM))
            evening.later(2)
        return sent(*given)

    monkeypatch.setattr(evening.stores.outbox, "sent", stands_still)
    with unanswered(evening) as late:
        evening.delivery.drain(Destination(FIM))
    comes_and_leads_on_in_the_end(evening, late)


def test_so_may_one_whose_worker_is_killed_before_it_hears_of_it(evening: Evening) -> None:
    is_to_be_drawn(evening)
    with unanswered(evening, PowerCut()) as late, pytest.raises(PowerCut):
        evening.delivery.drain(Destination(FIM))
    evening.until(5)
    evening.drain(FIM, turns=3)
    comes_and_leads_on_in_the_end(evening, late)


def test_so_may_one_of_what_is_drawn_again_already(evening: Evening) -> None:
    """Though the first of it is nearly settled."""
    is_to_be_drawn(evening)
    with unanswered(evening):
        evening.delivery.drain(Destination(FIM))
    evening.drain(FIM, turns=3)
    evening.later(AGAIN)
    evening.postponed(FIM)
    with unanswered(evening, PowerCut()) as late, pytest.raises(PowerCut):
        evening.delivery.drain(Destination(FIM))
    evening.until(5)
    evening.drain(FIM, turns=3)
    comes_and_leads_on_in_the_end(evening, late)


def test_a_cases_card_shows_it_as_it_stands_though_a_worker_is_killed_as_it_draws_it(
    evening: Evening,
) -> None:
    evening.report(**HIGH)
    evening.drain_all("cases")
    evening.do(1, "sam", Assign(to="ola"))
    with unanswered(evening, PowerCut()) as late, pytest.raises(PowerCut):
        evening.delivery.drain(Destination("cases"))
    evening.do(2, "sam", Assign(to="pat"))
    evening.drain("cases", turns=3)
    newest = evening.in_cases()[0].words
    evening.chat.edit(*late[0])
    assert evening.in_cases()[0].words != newest, "it shows who was to own it before"
    evening.drain_all("cases")
    assert evening.in_cases()[0].words == newest


def test_a_digest_that_is_drawn_after_its_last_case_has_left_it_shrinks_in_the_end(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [evening.report(**HIGH) for _ in range(6)]
    evening.until(0)
    evening.drain(FIM)
    evening.later(5 * 60)
    evening.desk.recheck(refs[0])
    evening.drain(FIM)
    edit, other = evening.chat.edit, evening.new_delivery()

    def arrives_late(channel: str, ts: str, message: Drawn) -> None:
        monkeypatch.setattr(evening.chat, "edit", edit)
        evening.later(60)
        for ref in refs[1:]:
            evening.desk.recheck(ref)
        for _ in range(12):
            other.drain(Destination(FIM))
            evening.later(2)
        edit(channel, ts, message)

    monkeypatch.setattr(evening.chat, "edit", arrives_late)
    evening.delivery.drain(Destination(FIM))
    digest, *newer = evening.in_fim()
    assert digest.says(refs[-1]) and len(newer) == 6, "it shows cases that have newer pages"
    evening.drain(FIM, turns=2)
    digest, *_ = evening.in_fim()
    assert not digest.action_ids and digest.says("by newer pages for each of its cases")


def test_a_card_that_slack_never_takes_holds_up_no_other_childs(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [evening.report(**HIGH) for _ in range(3)]
    evening.until(0)
    for _ in refs:
        evening.drain(FIM)
    edit, cards = evening.chat.edit, evening.in_fim()

    def not_the_first(channel: str, ts: str, message: Drawn) -> None:
        if ts == cards[0].ts:
            raise Unsure("chat.update: internal_error")
        edit(channel, ts, message)

    monkeypatch.setattr(evening.chat, "edit", not_the_first)
    for ref in refs:
        evening.do(1, "fay", Acknowledge(), ref)
    evening.drain(FIM, turns=2)
    assert ["acknowledge" in card.action_ids for card in evening.in_fim()] == [True, False, False]
    monkeypatch.setattr(evening.chat, "edit", edit)
    evening.drain(FIM, turns=2)
    assert "acknowledge" not in evening.in_fim()[0].action_ids, "it was not given up"


def test_what_may_come_late_onto_a_live_card_is_awaited_by_slacks_clock(evening: Evening) -> None:
    """Nothing is drawn on it meanwhile, and a machine's clock is set an hour ahead."""
    ref = evening.report(**HIGH)
    evening.until(0)
    page = next(
        row for row in evening.stores.outbox.pending(Destination(FIM), 9) if row.kind == OutboxKind.PAGE
    )
    evening.drain(FIM, turns=2)
    where = evening.stores.outbox.card(page_key(Destination(FIM), ref))
    assert where is not None
    evening.stores.outbox.ask_again(Destination(FIM), drawn_again([page], 17.0, where))
    evening.drain(FIM)
    evening.machine.start += 3600
    evening.postponed(Destination(FIM))
    evening.drain(FIM)
    assert LANES & {*evening.stores.outbox.lanes()}
    evening.drain_all(FIM)
    assert evening.in_fim()[0].action_ids, "it is live"


def test_what_is_drawn_again_and_not_answered_either_is_waited_out_as_well(evening: Evening) -> None:
    """Though the first of it is long settled, and a machine's clock is set an hour ahead meanwhile."""
    is_to_be_drawn(evening)
    with unanswered(evening):
        evening.delivery.drain(Destination(FIM))
    evening.later(2)
    evening.drain(FIM)
    evening.later(AGAIN)
    evening.postponed(Destination(FIM))
    with unanswered(evening) as late:
        evening.delivery.drain(Destination(FIM))
    evening.until(5)
    evening.machine.start += 3600
    evening.drain(FIM, turns=3)
    comes_and_leads_on_in_the_end(evening, late)


def test_a_page_that_joins_a_card_without_an_answer_may_be_there_once_it_has_rung_anew(
    evening: Evening,
) -> None:
    evening.report(told=-4.5, **HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.until(0.5)
    with unanswered(evening) as late:
        evening.delivery.drain(Destination(FIM))
    evening.drain(FIM, turns=3)
    comes_and_leads_on_in_the_end(evening, late)


def test_however_long_slack_is_silent_what_waits_to_be_drawn_becomes_no_more(paged_twice: Evening) -> None:
    paged_twice.do(6, "sam", Assign(to="ola"))
    paged_twice.workspace.fault("server_error", "chat.update")
    waiting = []
    for _ in range(10):
        paged_twice.drain(FIM, turns=4)
        paged_twice.later(AGAIN)
        paged_twice.postponed(Destination(FIM))
        waiting.append(sum(len(paged_twice.stores.outbox.pending(Destination(lane), 99)) for lane in LANES))
    assert waiting == [waiting[0]] * 10


def test_nor_where_the_page_that_asks_is_over(evening: Evening) -> None:
    """Slack has refused it, and somebody has answered meanwhile: it has the card that stands there drawn."""
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.workspace.fault("error", "chat.postMessage", error="invalid_arguments", count=1)
    evening.until(5)
    evening.drain(FIM)
    evening.do(5.2, "fay", Acknowledge())
    evening.later(AGAIN)
    evening.postponed(Destination(FIM))
    silent = evening.workspace.fault("server_error", "chat.update")
    waiting = []
    for _ in range(8):
        evening.drain(FIM)
        waiting.append(sum(len(evening.stores.outbox.pending(Destination(lane), 99)) for lane in LANES))
    assert waiting == [waiting[0]] * 8
    evening.workspace.clear_faults(silent)
    evening.drain_all(FIM)
    assert "acknowledge" not in evening.in_fim()[0].action_ids


def test_an_older_card_that_slack_does_not_take_holds_up_no_other_edit(paged_twice: Evening) -> None:
    paged_twice.workspace.fault("server_error", "chat.update", count=1)
    paged_twice.drain(FIM, turns=2)
    paged_twice.do(6, "fay", Acknowledge())
    paged_twice.drain(FIM)
    first, second = paged_twice.in_fim()
    assert first.action_ids and "acknowledge" not in second.action_ids


def test_what_a_host_a_day_behind_has_written_is_not_taken_for_tried_for_a_day(evening: Evening) -> None:
    evening.clock.at -= DAY
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.until(5)
    evening.clock.at += DAY
    evening.workspace.fault("server_error", "chat.update", count=2)
    for _ in range(4):
        evening.drain(FIM)
        evening.later(AGAIN)
        evening.postponed(FIM)
    first, second, *_ = evening.in_fim()
    assert leads_on(first, second)


def test_after_half_a_day_of_trying_the_older_card_is_left_and_counted(paged_twice: Evening) -> None:
    paged_twice.workspace.fault("server_error", "chat.update")
    paged_twice.drain(FIM, turns=2)
    paged_twice.tried(Destination(FIM), TRIES - 1)
    for left in (0, 0, 1):
        assert paged_twice.counted("cards_left") == left
        paged_twice.later(AGAIN)
        paged_twice.postponed(FIM)
        paged_twice.drain(FIM)
    assert not LANES & {*paged_twice.stores.outbox.lanes()}


def test_an_edit_that_slack_refuses_for_good_holds_nothing_up(paged_twice: Evening) -> None:
    paged_twice.workspace.fault("error", "chat.update", error="is_archived", count=1)
    paged_twice.do(6, "fay", Acknowledge())
    paged_twice.drain(FIM, turns=2)
    assert FIM not in paged_twice.stores.outbox.lanes()


def test_a_digest_shrinks_once_all_its_cases_have_newer_pages(evening: Evening) -> None:
    for _ in range(6):
        evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.until(5)
    evening.drain(FIM, turns=2)
    older, newer = evening.in_fim()
    assert leads_on(older, newer)
    assert older.says("by newer pages for each of its cases")


def test_a_digest_keeps_the_rows_of_those_cases_that_nothing_newer_was_said_of(evening: Evening) -> None:
    refs = [evening.report(**HIGH) for _ in range(6)]
    evening.until(0)
    evening.drain(FIM)
    evening.later(5 * 60)
    evening.desk.recheck(refs[0])
    evening.drain(FIM, turns=2)
    digest, page = evening.in_fim()
    assert page.says(refs[0])
    assert [digest.says(ref) for ref in refs] == [False, *[True] * 5]


# --- rows of another release: the one before did not say where a late drawing was drawn ------------------------------


def becomes_late(evening: Evening, kind: OutboxKind) -> None:
    """The row of that kind, tried for some minutes already."""
    lane, outbox = Destination(FIM), evening.stores.outbox
    token = outbox.claim(lane, evening.machine.seconds(), 10)
    assert token is not None
    row = next(row for row in outbox.pending(lane, 9) if row.kind == kind)
    assert outbox.sent(lane, token, [row.id], {})
    outbox.ask_again(lane, [replace(row, id=f"{row.id}:late17", again=True, tries=25)])
    outbox.release(lane, token)


def test_one_that_shrinks_a_card_goes_on_until_slack_takes_it(paged_twice: Evening) -> None:
    paged_twice.drain(FIM)
    becomes_late(paged_twice, OutboxKind.SHRINK)
    paged_twice.workspace.fault("server_error", "chat.update")
    paged_twice.drain(FIM, turns=2)
    paged_twice.workspace.clear_faults()
    paged_twice.drain_all(FIM)
    first, second = paged_twice.in_fim()
    assert leads_on(first, second)


def test_one_that_goes_unanswered_says_where_from_then_on(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.do(4.9, "sam", Assign(to="ola"))
    becomes_late(evening, OutboxKind.REFRESH)
    with unanswered(evening) as late:
        evening.delivery.drain(Destination(FIM))
    evening.until(5)
    evening.drain(FIM, turns=3)
    evening.chat.edit(*late[0])
    evening.drain_all(FIM)
    first, second = evening.in_fim()
    assert leads_on(first, second)


def test_one_of_a_newer_release_about_one_card_stays_where_it_is(paged_twice: Evening) -> None:
    lane, outbox = Destination(FIM), paged_twice.stores.outbox
    where = outbox.card(page_key(lane, "MC-26-0001"))
    page = outbox.pending(lane, 9)[0]
    strange = [replace(page, id=f"{page.id}:new", kind=OutboxKind.UNKNOWN, place=where)]
    outbox.ask_again(lane, strange)
    paged_twice.drain(FIM, turns=2)
    assert outbox.pending(lane, 9) == strange


# --- reposts that are no pages ---------------------------------------------------------------------------------------

Waits = Callable[[Evening], str]


def a_card(evening: Evening) -> str:
    evening.report()
    return "cases"


def an_offer(evening: Evening) -> str:
    evening.report()
    evening.do(1, "sam", Assign(to="ola"))
    return "person:ola"


@pytest.mark.parametrize("waiting", [a_card, an_offer])
def test_whatever_is_posted_again_in_doubt_says_so(evening: Evening, waiting: Waits) -> None:
    lane = waiting(evening)
    evening.workspace.fault("server_error", "chat.postMessage", count=1)
    evening.drain(lane, turns=2)
    posts = [post for post in evening.workspace.posts() if not post.thread_ts]
    assert ["May repeat the 13:4" in post.words for post in posts] == [True]


def test_a_thread_line_posted_again_in_doubt_says_so(evening: Evening) -> None:
    evening.report()
    evening.drain("cases")
    evening.workspace.fault("server_error", "chat.postMessage", count=1)
    evening.drain("cases", turns=3)
    card, *lines = evening.workspace.posts()
    assert not card.says("May repeat")
    assert any(line.says("May repeat the 13:40 message") for line in lines)
