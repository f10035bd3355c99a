"""Lane → channel: what people see, however Slack behaves. A page may come late or twice, marked; it is never lost."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest

from bot.domain.commands import (
    Acknowledge,
    Assign,
    Decline,
    GradeCase,
    Inform,
    Locate,
    Note,
    OfferHandover,
    Release,
    Take,
)
from bot.domain.events import Delivered
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.ports.cases import Append
from bot.ports.destination import Destination
from bot.ports.errors import Conflict, StoreUnavailable
from bot.ports.places import Place
from bot.slack.slack_chat import PostDeclined, Unsure
from bot.views.message import Message
from tests.unit.workers.conftest import LONDON, Evening
from tests.world import answers, minutes
from workers.delivery import page_posts
from workers.delivery.disclosures import Disclosures
from workers.delivery.held_lane import LEASE
from workers.delivery.outcomes import Notes
from workers.delivery.turn import Turn
from workers.timing.timer import BEAT

FIM = Destination("role:fim")
HIGH = {"markers": answers("suicidal_today")}


def test_a_high_risk_report_is_a_card_a_page_and_lines_under_the_card(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.drain("cases", turns=3)
    (page,) = evening.in_fim()
    (card,) = evening.in_cases()
    assert page.says("MC-26-0001")
    assert page.metadata and page.metadata["event_type"] == "missing_bot"
    assert len(evening.workspace.person("fay").thread("cases", card.ts)) > 1
    assert evening.stores.outbox.lanes() == []


def test_the_card_is_edited_in_place(evening: Evening) -> None:
    evening.report()
    evening.drain("cases", turns=3)
    evening.do(1, "ola", Take())
    evening.drain("cases", turns=3)
    (card,) = evening.in_cases()
    assert card.says("Ola")


@pytest.mark.parametrize("stands_still", ["before", "in", "in, unanswered"])
def test_who_stood_still_with_an_old_drawing_leaves_the_card_as_the_case_stands(
    evening: Evening, stands_still: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that was stopped for 70 s goes on where it was: meanwhile another had the lane, and drew what is new."""
    evening.report()
    evening.drain("cases", turns=3)
    evening.do(1, "ola", Take())
    edit, enter = evening.chat.edit, evening.rate_limits.enter_edit

    def another_goes_on() -> None:
        monkeypatch.undo()
        evening.later(70)
        evening.do(3, "ola", Release(why="end_of_turn"))
        evening.delivery = evening.new_delivery()
        evening.drain("cases", turns=3)
        assert evening.in_cases()[0].says("no owner")

    def stopped_before(*given: Any, **more: Any) -> float:
        another_goes_on()
        return enter(*given, **more)

    def stopped_in(*given: Any) -> None:
        another_goes_on()
        if stands_still == "in, unanswered":
            evening.workspace.fault("lost_reply", "chat.update", count=1)
        edit(*given)

    monkeypatch.setattr(
        evening.rate_limits, "enter_edit", stopped_before if stands_still == "before" else enter
    )
    monkeypatch.setattr(evening.chat, "edit", edit if stands_still == "before" else stopped_in)
    evening.delivery.drain(Destination("cases"))
    evening.drain("cases", turns=3)
    (card,) = evening.in_cases()
    assert card.says("no owner"), card.words
    evening.drain_all("cases")


def test_many_changes_are_one_edit(evening: Evening) -> None:
    evening.report()
    evening.drain("cases", turns=3)
    for minute in (1, 2, 3):
        evening.do(minute, "sam", Note(text="Rang the school"))
    evening.drain("cases", turns=3)
    assert len(evening.workspace.calls("chat.update")) == 1


def test_a_second_page_is_a_new_post_and_the_first_shrinks_to_a_link_to_it(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.until(5)
    evening.drain(FIM, turns=2)
    first, second = evening.in_fim()
    assert second.ts.replace(".", "") in first.words
    assert not first.action_ids
    assert "acknowledge" in " ".join(second.action_ids).lower()


def test_a_clock_that_breaches_within_a_minute_joins_the_card_and_rings_nobody(evening: Evening) -> None:
    evening.report(told=-4.5, **HIGH)
    evening.until(0)
    evening.drain(FIM)
    rung = len(evening.workspace.person("fay").notifications)
    evening.until(0.5)
    evening.drain(FIM)
    (card,) = evening.in_fim()
    assert card.says("no owner")
    assert len(evening.workspace.person("fay").notifications) == rung
    assert FIM not in evening.stores.outbox.lanes()


def test_where_slack_refuses_that_edit_it_rings_anew_at_once(evening: Evening) -> None:
    evening.report(told=-4.5, **HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.workspace.fault("error", "chat.update", error="invalid_arguments", count=1)
    evening.until(0.5)
    evening.drain(FIM, turns=2)
    first, second = evening.in_fim()
    assert second.says("no owner") and "acknowledge" in second.action_ids
    assert second.ts.replace(".", "") in first.words and not first.action_ids


def test_a_page_joins_no_card_from_before_the_page_that_it_follows(evening: Evening) -> None:
    """Slack has refused that one: what stands in the channel rang ten minutes ago."""
    lower = GradeCase(level=Grade.MEDIUM, rationale="Rang", considered=("suicidal_today",))
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.do(0.5, "sam", lower)
    evening.until(5)
    evening.drain(FIM)
    evening.do(5.1, "fay", Acknowledge())
    evening.drain(FIM, turns=3)
    before = len(evening.in_fim())
    evening.workspace.fault("error", "chat.postMessage", error="invalid_arguments", count=1)
    evening.until(15.1)
    evening.drain(FIM)
    assert len(evening.in_fim()) == before, "it was refused"
    evening.until(15.52)
    evening.drain(FIM)
    *_, rung = evening.in_fim()
    assert len(evening.in_fim()) == before + 1 and rung.says("decide the downgrade")


@pytest.mark.parametrize("told", [-3.99, -4.5])
def test_later_or_after_an_acknowledgement_it_rings_anew(evening: Evening, told: float) -> None:
    evening.report(told=told, **HIGH)
    evening.until(0)
    evening.drain(FIM)
    if told == -4.5:
        evening.do(0.2, "fay", Acknowledge())
        evening.drain(FIM)
    evening.until(told + 5)
    evening.drain(FIM)
    assert len(evening.in_fim()) == 2


def test_an_acknowledged_page_is_edited_and_nobody_is_notified_again(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(5)
    evening.drain(FIM)
    evening.do(6, "fay", Acknowledge())
    evening.drain(FIM)
    (page,) = evening.in_fim()
    assert page.says("Fay acknowledged")


def test_a_cleared_page_goes_on_saying_whether_the_child_is_found(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    evening.do(1, "fay", Note(text="I have it"))
    evening.drain(FIM)
    (page,) = evening.in_fim()
    assert page.says("child still missing")

    evening.do(2, "sam", Locate(where="At her aunt's", seen_in_person=True))
    evening.drain(FIM)
    (page,) = evening.in_fim()
    assert page.says("child seen in person") and not page.says("still missing")


def test_what_was_acknowledged_before_slack_took_the_page_is_not_paged(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.do(1, "fay", Acknowledge())
    evening.drain(FIM)
    assert evening.in_fim() == []
    assert FIM not in evening.stores.outbox.lanes()


def test_many_cases_at_one_moment_are_one_digest(evening: Evening) -> None:
    for _ in range(8):
        evening.report(**HIGH)
    evening.until(0)
    evening.drain(FIM)
    (digest,) = evening.in_fim()
    assert digest.says("8 cases")
    evening.do(1, "fay", Acknowledge(), "MC-26-0003")
    evening.drain(FIM)
    (redrawn,) = evening.in_fim()
    assert redrawn.says("7 cases")


def test_whom_a_case_is_assigned_to_is_asked_directly(evening: Evening) -> None:
    evening.report()
    evening.do(1, "sam", Assign(to="ola"))
    evening.drain("person:ola")
    assert any("MC-26-0001" in said for said in evening.workspace.person("ola").notifications)


def test_a_page_to_an_owner_who_is_owner_no_more_waits_for_them_no_more(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.do(1, "ola", Take())
    evening.do(2, "cal", Inform(id="call", kind="call", text="Seen at the bus station"))
    evening.until(12)
    evening.drain("person:ola")
    (page,) = evening.workspace.person("ola").sees("missing")
    assert "acknowledge" in page.action_ids

    evening.do(13, "oz", Take())
    evening.drain("person:ola")
    (page,) = evening.workspace.person("ola").sees("missing")
    assert page.says("You no longer own this case.")
    assert "acknowledge" not in page.action_ids


def test_a_page_that_slack_held_back_does_not_go_to_who_owns_it_no_more(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.do(1, "ola", Take())
    evening.do(2, "cal", Inform(id="call", kind="call", text="Seen at the bus station"))
    evening.until(12)
    evening.workspace.fault("rate_limited", "chat.postMessage", seconds=40, count=1)
    evening.drain("person:ola")
    evening.do(13, "oz", Take())
    evening.later(41)
    evening.drain("person:ola", turns=2)
    assert evening.workspace.person("ola").sees("missing") == []
    assert evening.stores.outbox.pending(Destination("person:ola"), 10) == []


def test_an_offer_answered_elsewhere_looks_open_no_more(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.do(1, "sam", Assign(to="ola"))
    evening.drain("person:ola")
    evening.do(2, "ola", Take())  # by the card, not by the message that asked
    evening.drain("person:ola")
    (message,) = evening.workspace.person("ola").sees("missing")
    assert message.says("You own this case.") and "accept" not in message.action_ids


def test_an_offer_whose_reply_was_lost_looks_open_no_more_once_answered(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.do(1, "sam", Assign(to="ola"))
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain("person:ola", turns=3)
    evening.do(2, "ola", Take())
    evening.drain("person:ola", turns=3)
    (message,) = evening.workspace.person("ola").sees("missing")
    assert message.says("You own this case.") and "accept" not in message.action_ids


def test_who_is_asked_again_has_one_offer_that_looks_open(evening: Evening) -> None:
    evening.report(**HIGH)
    for minute in (1, 2):
        evening.do(minute, "sam", Assign(to="ola"))
        evening.drain("person:ola", turns=2)
    first, second = evening.workspace.person("ola").sees("missing")
    assert first.says("You were assigned it again since: answer there.")
    assert "accept" not in first.action_ids and "accept" in second.action_ids


def test_who_is_asked_again_is_asked_though_slack_refuses_to_have_the_older_offer_drawn(
    evening: Evening,
) -> None:
    evening.report(**HIGH)
    evening.do(1, "sam", Assign(to="ola"))
    evening.drain("person:ola", turns=2)
    evening.workspace.fault("error", "chat.update", error="invalid_arguments")
    evening.do(2, "sam", Assign(to="ola"))
    evening.drain("person:ola", turns=2)
    assert len(evening.workspace.person("ola").notifications) == 2


@pytest.mark.parametrize(("trouble", "how"), [("server_error", {}), ("rate_limited", {"seconds": 50})])
def test_nor_does_who_is_asked_again_wait_until_slack_has_it_drawn(
    evening: Evening, trouble: str, how: dict[str, float]
) -> None:
    evening.report(**HIGH)
    evening.do(1, "sam", Assign(to="ola"))
    evening.drain("person:ola", turns=2)
    evening.workspace.fault(trouble, "chat.update", **how)
    evening.do(2, "sam", Assign(to="ola"))
    evening.drain("person:ola", turns=2)
    assert len(evening.workspace.person("ola").notifications) == 2
    evening.workspace.clear_faults()
    evening.later(60)
    evening.drain_all("person:ola")
    first, second = evening.workspace.person("ola").sees("missing")
    assert first.says("You were assigned it again since: answer there.")
    assert "accept" not in first.action_ids and "accept" in second.action_ids


def test_a_hand_over_that_nobody_accepts_is_paged_once_for_the_role(evening: Evening) -> None:
    evening.duty_desk.handle(OfferHandover(role="fim", to="ian"), evening.actor("fay"), "test")
    evening.clock.at += minutes(15)
    evening.duty_desk.recheck()
    evening.drain(FIM, turns=2)
    page, offer = evening.in_fim()
    assert page.says("Fay offered FIM to Ian at 13:40. Until it is accepted, Fay holds it.")
    assert offer.says("Fay to Ian · accept by 13:55")
    assert FIM not in evening.stores.outbox.lanes()


# --- when Slack is not well ------------------------------------------------------------------------------------------


def test_a_lost_reply_is_looked_up_and_not_posted_again(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain(FIM, turns=2)
    assert len(evening.in_fim()) == 1
    assert evening.counted("found_in_channel") == 1
    evening.until(5)
    evening.drain(FIM)
    first, _ = evening.in_fim()
    assert not first.action_ids, "the page that was found is the live card, so it shrinks like any other"


@pytest.mark.parametrize("seconds", [0, 150])
def test_a_lost_reply_is_looked_up_by_a_machine_that_does_not_share_the_hour_by_which_ours_was_ahead(
    evening: Evening, seconds: int
) -> None:
    """Its own clock was set back, or it is another one; at once, or once the mark's time says nothing any more."""
    evening.report(**HIGH)
    evening.until(0)
    evening.machine.start += 3600
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.delivery.drain(FIM)
    evening.machine.start -= 3600
    evening.later(seconds)
    evening.drain(FIM)
    assert len(evening.in_fim()) == 1
    assert evening.counted("found_in_channel") == 1


@pytest.mark.parametrize("minutes_ahead", [10, -10])
def test_a_lost_reply_is_looked_up_on_a_machine_whose_clock_is_not_slacks(
    evening: Evening, minutes_ahead: int
) -> None:
    evening.machine.start += minutes_ahead * 60
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain(FIM, turns=2)
    assert len(evening.in_fim()) == 1, "no second card with live buttons"
    assert evening.counted("found_in_channel") == 1


def test_a_lost_reply_is_looked_up_though_the_machines_clock_jumped_since(evening: Evening) -> None:
    """Slack last told the time before: by that, the post would lie in time yet to come."""
    evening.report(**HIGH)
    evening.until(0)
    evening.drain("cases")
    evening.machine.start += 3600
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain(FIM, turns=2)
    assert len(evening.in_fim()) == 1
    assert evening.counted("found_in_channel") == 1


def test_a_lost_reply_to_a_line_is_looked_up_in_the_thread(evening: Evening) -> None:
    evening.report()
    evening.drain("cases")
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain("cases", turns=3)
    (card,) = evening.in_cases()
    assert len(evening.workspace.person("fay").thread("cases", card.ts)) == 2


def test_one_whose_card_was_deleted_meanwhile_holds_up_no_other_childs_card(evening: Evening) -> None:
    evening.report()
    evening.drain("cases")
    evening.workspace.fault("server_error", "chat.postMessage", count=1)
    evening.drain("cases")
    (gone,) = evening.in_cases()
    evening.chat.delete("C0CASES", gone.ts)
    evening.report()
    evening.drain("cases", turns=6)
    assert all(any(post.says(ref) for post in evening.in_cases()) for ref in ("MC-26-0001", "MC-26-0002"))
    evening.drain_all("cases")


@pytest.mark.parametrize("trouble", ["server_error", "not_json", "refused"])
def test_a_page_that_slack_did_not_take_is_posted_again_and_says_that_it_may_repeat(
    evening: Evening, trouble: str
) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault(trouble, "chat.postMessage", count=1)
    evening.drain(FIM, turns=2)
    (page,) = evening.in_fim()
    assert page.says("May repeat the 13:40 page")


def test_a_refused_second_try_leaves_the_first_in_doubt(evening: Evening) -> None:
    """Only that one certainly did not leave: the first may be in the channel all the same."""
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain(FIM)
    evening.workspace.fault("hides", "conversations.history", count=1)
    evening.workspace.fault("rate_limited", "chat.postMessage", count=1)
    evening.drain(FIM, turns=3)
    assert len(evening.in_fim()) == 1
    assert evening.counted("found_in_channel") == 1


def test_nothing_is_posted_while_the_channel_cannot_be_asked(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain(FIM)
    evening.workspace.fault("server_error", "conversations.history")
    evening.drain(FIM, turns=3)
    assert len(evening.in_fim()) == 1
    evening.workspace.clear_faults()
    evening.drain_all(FIM)
    assert len(evening.in_fim()) == 1


def test_a_crash_between_post_and_sent_posts_once(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    with pytest.raises(PowerCut):
        evening.stores.outbox.sent = power_cut  # type: ignore[method-assign]
        evening.drain(FIM)
    del evening.stores.outbox.sent  # type: ignore[method-assign]
    evening.delivery = evening.new_delivery()
    evening.later(60)
    evening.drain_all(FIM)
    assert len(evening.in_fim()) == 1


class PowerCut(BaseException):
    """Nothing catches it."""


def power_cut(*_: object) -> bool:
    raise PowerCut


def test_429_is_waited_out_for_this_channel_only_and_the_page_says_that_it_was_late(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("rate_limited", "chat.postMessage", seconds=40, count=1)
    evening.delivery.drain(FIM)
    assert evening.rate_limits.holds()[FIM] == pytest.approx(evening.machine.seconds() + 40, rel=0, abs=0.01)
    evening.delivery.drain(Destination("cases"))
    assert len(evening.in_cases()) == 1
    evening.later(39)
    evening.delivery.drain(FIM)
    assert evening.in_fim() == []
    evening.later(1)
    evening.delivery.drain(FIM)
    (page,) = evening.in_fim()
    assert page.says("Late on its way: due out 13:40:00, sent 13:40:40")
    assert not page.says("May repeat"), "a 429 is a refusal: it certainly was not posted"


def test_429_for_an_edit_does_not_keep_a_page_waiting(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(5)
    evening.drain(FIM)
    evening.do(6, "fay", Acknowledge())
    evening.workspace.fault("rate_limited", "chat.update", seconds=40, count=1)
    evening.delivery.drain(FIM)
    assert evening.rate_limits.holds()[FIM] == pytest.approx(evening.machine.seconds() + 2, rel=0, abs=0.01)
    evening.report(at=6, told=6, **HIGH)
    evening.until(6)
    evening.later(2)
    evening.delivery.drain(FIM)
    assert [page.says("MC-26-0002") for page in evening.in_fim()] == [False, True]


def test_one_post_a_second_in_one_channel(evening: Evening) -> None:
    evening.report()
    evening.report()
    evening.delivery.drain(Destination("cases"))
    evening.delivery.drain(Destination("cases"))
    assert len(evening.in_cases()) == 1
    evening.later(1)
    evening.delivery.drain(Destination("cases"))
    assert len(evening.in_cases()) == 2


def test_two_workers_at_one_lane_post_once(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    token = evening.stores.outbox.claim(FIM, evening.machine.seconds(), 10.0)
    assert token is not None
    assert evening.delivery.drain(FIM) == 0
    assert FIM in evening.rate_limits.holds(), (
        "or it would be offered twenty times a second until the lease is over"
    )
    evening.stores.outbox.release(FIM, token)
    evening.delivery.drain(FIM)
    assert len(evening.in_fim()) == 1


def test_a_decline_is_told_to_whoever_assigned_and_stays_true(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.do(1, "sam", Assign(to="ola"))
    evening.drain("person:ola", turns=2)
    evening.do(2, "ola", Decline(why="At the hospital"))
    for lane in ("person:ola", "person:sam"):
        evening.drain(lane, turns=2)
    (mine,), (told,) = (evening.workspace.person(who).sees("missing") for who in ("ola", "sam"))
    assert mine.says("You declined. No owner yet.") and "✅" not in mine.words
    assert told.says("Ola declined 13:42. No owner yet. By 13:45: find an owner who accepts.")
    assert list(told.action_ids) == ["assign", "open_case"] and "hospital" not in told.words

    evening.do(3, "fay", Take())
    for lane in ("person:ola", "person:sam"):
        evening.drain(lane, turns=2)
    (mine,), (told,) = (evening.workspace.person(who).sees("missing") for who in ("ola", "sam"))
    assert mine.says("You declined. Owner: Fay.")
    assert told.says("Ola declined 13:42. Owner: Fay.") and list(told.action_ids) == ["open_case"]


@pytest.mark.parametrize(("refused", "buttons"), [(1, ["acknowledge", "open_case"]), (2, [])])
def test_blocks_that_slack_refuses_leave_plain_words_and_the_button(
    evening: Evening, refused: int, buttons: list[str]
) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("error", "chat.postMessage", error="invalid_blocks", count=refused)
    evening.drain(FIM)
    (page,) = evening.in_fim()
    assert page.says("HIGH MC-26-0001, age 15: acknowledge by 13:45")
    assert list(page.action_ids) == buttons


def test_a_card_that_cannot_be_drawn_does_not_hold_up_the_others(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.report(**HIGH)
    evening.until(0)
    monkeypatch.setattr("bot.views.cards.renderer.page_card", lambda *_, **__: {}["no such key"])
    evening.drain(FIM)
    (page,) = evening.in_fim()
    assert page.says("HIGH MC-26-0001, age 15 needs the FIM now: FIM not aware.")
    assert "could not be shown; the page stands" in page.words
    assert list(page.action_ids) == ["acknowledge", "open_case"]
    assert evening.counted("cards_not_drawn") == 1


def test_a_record_that_does_not_answer_spoils_no_card(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked who is on duty while a card is drawn. That waits: a plain one would stay, and call the technician."""
    evening.report(**HIGH)
    evening.until(0)
    with monkeypatch.context() as away:
        away.setattr(evening.people, "on_duty", silent)
        with pytest.raises(StoreUnavailable):
            evening.delivery.drain(FIM)
    assert evening.in_fim() == []
    evening.drain(FIM)
    (page,) = evening.in_fim()
    assert page.says("acknowledge by") and not page.says("could not be shown")


@pytest.mark.parametrize(("code", "is_gone"), [("is_archived", True), ("token_revoked", False)])
def test_a_card_in_another_channel_is_gone_with_the_channel_and_not_with_the_token(
    evening: Evening, code: str, is_gone: bool
) -> None:
    """Else it would go on asking what was answered, once the token is taken again."""
    stores, lane = evening.stores, Destination("role:supervisor")
    token = stores.outbox.claim(lane, evening.machine.seconds(), LEASE)
    assert token is not None
    limits = evening.rate_limits
    notes = Notes(evening.case_clock, LONDON, lambda: None)
    told = Disclosures(stores.processing_log, stores.documents, evening.people.on_duty, evening.clock)
    machine, metrics = evening.machine, stores.metrics
    turn = Turn(lane, "C0FIM", token, stores.outbox, evening.chat, limits, machine, metrics, notes, told)
    evening.workspace.fault("error", "chat.update", error=code)
    with nullcontext() if is_gone else pytest.raises(PostDeclined):
        assert not turn.edit(Place("C0SUPER:1.000000"), Message(text="Acknowledged", blocks=[]))


def silent(_: Role) -> frozenset[str]:
    raise StoreUnavailable("away")


def test_a_fault_of_ours_in_one_lane_leaves_the_others_and_is_tried_again(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.report(**HIGH)
    evening.until(0)
    with monkeypatch.context() as broken:
        broken.setattr("workers.delivery.page_posts.compose", lambda rows, *_, **__: [1 / 0 for _ in rows])
        evening.delivery.drain_all([FIM, Destination("cases")], "timer")
    assert len(evening.in_cases()) == 1
    assert evening.counted("deliver_failed") == 1
    evening.later(1)
    evening.delivery.drain_all([FIM], "timer")
    assert len(evening.in_fim()) == 1


def test_a_slack_that_does_not_answer_is_asked_less_and_less_often(evening: Evening) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("server_error")
    waits = []
    for _ in range(6):
        evening.delivery.drain(FIM)
        waits.append(round(evening.rate_limits.holds()[FIM] - evening.machine.seconds()))
        evening.later(waits[-1])
    assert waits == [1, 2, 4, 8, 15, 15]


def test_a_deleted_card_is_posted_anew(evening: Evening) -> None:
    evening.report()
    evening.drain("cases", turns=3)
    evening.workspace.fault("error", "chat.update", error="message_not_found", count=1)
    evening.do(1, "ola", Take())
    evening.drain("cases", turns=3)
    assert len(evening.in_cases()) == 2


@pytest.fixture
def eight(evening: Evening) -> Evening:
    """As many pages as wait for one digest."""
    for _ in range(8):
        evening.report(**HIGH)
    evening.until(0)
    return evening


def delivered(evening: Evening) -> list[str]:
    """The case of each time that a page to the FIM was noted as delivered."""
    return [
        ref
        for ref in evening.stores.cases.open_refs()
        for entry in evening.stores.cases.entries(ref)
        if isinstance(entry.event, Delivered) and entry.event.role is Role.FIM
    ]


def test_a_digest_that_takes_longer_to_note_than_its_lease_is_noted_by_one_worker(
    eight: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    append, asked, between = eight.stores.cases.append, list[str](), list[int]()

    def slowly(step: Append) -> None:
        asked.append(step.case.ref)
        eight.later(LEASE / 3)
        if len(asked) == 7:
            between.append(eight.new_delivery().drain(FIM))
        append(step)

    monkeypatch.setattr(page_posts, "NOTED_AT_ONCE", 2)
    monkeypatch.setattr(eight.stores.cases, "append", slowly)
    assert eight.delivery.drain(FIM)
    assert between == [0], "nobody else gets the lane meanwhile"
    assert len(eight.in_fim()) == 1 and len(set(delivered(eight))) == len(delivered(eight)) == 8
    eight.drain_all(FIM)


@pytest.mark.parametrize("at_once", [1, 3, 50])
def test_whoever_goes_on_with_a_digest_after_a_crash_begins_with_what_is_not_noted_yet(
    eight: Evening, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    append, asked = eight.stores.cases.append, list[str]()

    def killed_at_the_fourth(step: Append) -> None:
        asked.append(step.case.ref)
        if len(asked) == 4:
            raise SystemExit
        append(step)

    monkeypatch.setattr(page_posts, "NOTED_AT_ONCE", at_once)
    monkeypatch.setattr(eight.stores.cases, "append", killed_at_the_fourth)
    with pytest.raises(SystemExit):
        eight.delivery.drain(FIM)
    eight.later(LEASE + 1)
    eight.new_delivery().drain(FIM)
    assert sorted(asked[4:]) == sorted({*eight.stores.cases.open_refs()} - {*asked[:3]})
    assert len(eight.in_fim()) == 1 and len(set(delivered(eight))) == len(delivered(eight)) == 8
    eight.drain_all(FIM)


def test_a_digest_whose_cases_somebody_gets_in_at_is_noted_on_each_of_them(
    eight: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many at once each is written by itself: one that changed meanwhile is decided again, alone."""
    append, asked = eight.stores.cases.append, list[str]()

    def too_late_for_the_first(step: Append) -> None:
        asked.append(step.case.ref)
        if len(asked) == 1:
            raise Conflict
        append(step)

    monkeypatch.setattr(eight.stores.cases, "append", too_late_for_the_first)
    assert eight.delivery.drain(FIM)
    assert len(asked) == 9 and asked[-1] == asked[0]
    assert len(set(delivered(eight))) == len(delivered(eight)) == 8


@contextmanager
def another_holds_the_lane(evening: Evening) -> Iterator[int]:
    """Its token, while it is not known whether the digest arrived."""
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.delivery.drain(FIM)
    lane, outbox = Destination(FIM), evening.stores.outbox
    token = outbox.claim(lane, evening.machine.seconds(), LEASE)
    assert token is not None
    yield token
    outbox.release(lane, token)
    evening.later(60)


def test_a_case_of_a_digest_that_nobody_knows_of_is_found_in_it_though_what_leads_it_went_by_itself(
    eight: Evening,
) -> None:
    """Two may hold one lane where a clock jumps: the other one posts the first of the pages alone."""
    outbox = eight.stores.outbox
    with another_holds_the_lane(eight) as token:
        outbox.sent(Destination(FIM), token, [outbox.pending(Destination(FIM), 9)[0].id], {})
    eight.drain(FIM, turns=3)
    assert len(eight.in_fim()) == 1
    assert eight.counted("found_in_channel") == 7


def test_a_digest_whose_pages_were_last_on_their_way_at_different_times_is_one_all_the_same(
    eight: Evening,
) -> None:
    outbox, refs = eight.stores.outbox, eight.stores.cases.open_refs()
    with another_holds_the_lane(eight) as token:
        _, *others = [row.id for row in outbox.pending(Destination(FIM), 9)]
        outbox.sending(Destination(FIM), token, others, eight.machine.seconds() + 1)
    eight.drain(FIM, turns=2)
    for ref in refs[:2]:
        eight.do(1, "fay", Acknowledge(), ref)
    eight.drain(FIM, turns=3)
    (digest,) = eight.in_fim()
    assert [digest.says(ref) for ref in refs] == [True] * 8
    assert "acknowledge_many" in digest.action_ids


def test_an_earlier_try_that_arrives_late_is_not_taken_for_a_page_that_joined_the_later_one(
    evening: Evening,
) -> None:
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.delivery.drain(FIM)
    evening.until(5)
    evening.workspace.fault("hides", "conversations.history", count=1)
    evening.workspace.fault("server_error", "chat.postMessage", count=1)
    evening.drain(FIM)
    assert len(evening.stores.outbox.doubtful(Destination(FIM))) == 2, "both on their way, together"
    evening.drain(FIM, turns=4)
    _, second = evening.in_fim()
    assert "acknowledge" in second.action_ids
    assert FIM not in evening.stores.outbox.lanes()


def test_what_came_due_while_the_clocks_stood_still_is_one_digest_that_says_so(evening: Evening) -> None:
    evening.stores.heartbeats.beat(BEAT, evening.machine.seconds())
    for _ in range(2):
        evening.report()
    evening.clock.at += minutes(21)
    evening.outages.notice()
    evening.until(21)
    evening.drain(FIM)
    (digest,) = evening.in_fim()
    assert digest.says("Clocks stopped 13:40 to 14:01")


def test_however_long_slack_is_silent_no_more_and_more_waits(evening: Evening) -> None:
    evening.report()
    evening.drain("cases", turns=3)
    evening.do(1, "ola", Take())
    evening.drain("cases", turns=1)
    evening.do(2, "ola", Release(why="end_of_turn"))
    evening.workspace.fault("lost_reply", "chat.update")
    waiting = []
    for _ in range(10):
        evening.drain("cases", turns=2)
        evening.later(40)
        waiting.append(len(evening.stores.outbox.pending(Destination("cases"), 100)))
    assert len(evening.workspace.calls("chat.update")) >= 10
    assert max(waiting) <= 3
    evening.workspace.clear_faults()
    evening.drain_all("cases")
    assert evening.in_cases()[0].says("no owner")


@pytest.mark.parametrize("ahead", [0.0, 3600.0])
def test_an_edit_that_comes_after_a_newer_one_does_not_stay(
    evening: Evening, monkeypatch: pytest.MonkeyPatch, ahead: float
) -> None:
    """Slack answers nothing, and takes it all the same: twenty seconds after the card was drawn anew, by who has set
    the clock meanwhile."""
    evening.report()
    evening.drain("cases", turns=3)
    evening.do(1, "ola", Take())
    edit, on_their_way = evening.chat.edit, list[tuple[Any, ...]]()

    def unanswered(*given: Any) -> None:
        monkeypatch.undo()
        on_their_way.append(given)
        raise Unsure("nobody answers")

    monkeypatch.setattr(evening.chat, "edit", unanswered)
    evening.drain("cases")
    evening.machine.start += ahead
    evening.do(3, "ola", Release(why="end_of_turn"))
    evening.drain("cases", turns=6)
    evening.postponed(Destination("cases"))  # sooner, with what was put by before it
    evening.drain("cases")
    assert evening.in_cases()[0].says("no owner")
    assert evening.stores.outbox.lanes() == ["putby:cases"]
    evening.later(20)
    edit(*on_their_way[0])
    assert evening.in_cases()[0].says("Ola")
    evening.drain_all("cases")
    assert evening.in_cases()[0].says("no owner")


def test_a_page_that_is_found_late_shows_the_case_as_it_stands(evening: Evening) -> None:
    """What was to be drawn anew found no card meanwhile, since Slack hid it."""
    evening.report(**HIGH)
    evening.until(0)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain(FIM)
    evening.do(1, "ola", Take())
    evening.workspace.fault("hides", "conversations.history", count=1)
    evening.workspace.fault("rate_limited", "chat.postMessage", count=1, seconds=3)
    evening.drain_all(FIM)
    (page,) = evening.in_fim()
    assert page.says("Ola") and not page.says("No owner")
