"""What the roster says in Slack: before the person named, in the role's channel, and to whoever gave."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import plan_document
from bot.domain.commands import AcceptHandover, OfferHandover, PutOnDuty, TakeOffDuty
from bot.domain.events import SlackSilent
from bot.domain.people import Role
from bot.domain.planned import Plan, PlannedTurn
from bot.outgoing import packs_again
from bot.ports.destination import Destination
from bot.slack.slack_chat import SlackChat
from sandbox.client import Message
from sandbox.limits import check_blocks, check_total
from tests.unit.workers.conftest import Evening
from tests.world import PEOPLE, TOLD, answers, minutes
from workers.delivery.shut_places import LaneChannels
from workers.ways_out.leaving import Unsent

FIM = Destination("role:fim")


def does(evening: Evening, by: str, command: object) -> None:
    evening.duty_desk.handle(command, evening.actor(by), "test")  # type: ignore[arg-type]


def told(evening: Evening, name: str) -> list[Message]:
    return evening.workspace.person(name).sees("@missing")


@pytest.fixture
def offered(evening: Evening) -> Evening:
    evening.report(markers=answers("abduction"))
    evening.report()
    does(evening, "fay", OfferHandover(role="fim", to="ian"))
    evening.drain("person:ian", turns=2)
    evening.drain(FIM, turns=2)
    return evening


def test_the_person_named_is_called_and_sees_the_worst_first(offered: Evening) -> None:
    (card,) = told(offered, "ian")
    assert card.says("Hand-over 13:40 · Fay to Ian · accept by 13:55")
    assert card.says("2 open · HIGH 1 · late 0 · no owner 2 at 13:40")
    assert card.says("MC-26-0001 · age 15* · missing, police told 13:40\n")
    assert card.words.index("MC-26-0001") < card.words.index("MC-26-0002")
    assert card.says("Fay stays FIM until Ian accepts.")
    assert len(offered.workspace.person("ian").notifications) == 1


def test_after_an_hour_each_row_says_how_long_and_at_which_time(evening: Evening) -> None:
    evening.report(markers=answers("abduction"))
    evening.clock.at = TOLD + minutes(500)
    does(evening, "fay", OfferHandover(role="fim", to="ian"))
    evening.drain("person:ian", turns=2)
    assert told(evening, "ian")[0].says("missing, police told 13:40, 8 h 20 min by 22:00")


def test_a_card_that_was_drawn_too_late_is_drawn_as_the_hand_over_stands(
    offered: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever drew it stood still for longer than the lease; another one drew that it was accepted."""
    lane, edit = Destination("person:ian"), offered.chat.edit

    def late(*given: Any) -> None:
        monkeypatch.undo()
        offered.later(60)
        does(offered, "ian", AcceptHandover(role="fim", first="coded:high_first;log=3"))
        offered.new_delivery().drain(lane)
        assert told(offered, "ian")[0].says("accepted")
        edit(*given)

    again = packs_again(offered.stores.rosters.load(), offered.clock.at)
    offered.stores.outbox.ask_again(lane, [row for row in again if row.lane == lane])
    monkeypatch.setattr(offered.chat, "edit", late)
    offered.drain(lane)
    assert not told(offered, "ian")[0].says("accepted")
    offered.drain(lane)
    assert told(offered, "ian")[0].says("accepted")


def test_however_long_slack_is_silent_what_waits_to_be_drawn_becomes_no_more(offered: Evening) -> None:
    lane = Destination("person:ian")
    does(offered, "ian", AcceptHandover(role="fim", first="coded:high_first;log=3"))
    silent = offered.workspace.fault("server_error", "chat.update")
    waiting = []
    for _ in range(8):
        offered.drain(lane)
        waiting.append(len(offered.stores.outbox.pending(lane, 99)))
    assert waiting == [waiting[0]] * 8
    offered.workspace.clear_faults(silent)
    offered.drain_all(lane)
    assert told(offered, "ian")[0].says("accepted")


def test_a_card_that_cannot_be_redrawn_now_is_no_hand_over_that_did_not_arrive(offered: Evening) -> None:
    """Ian has accepted it, and is written to no more for a while."""
    lane = Destination("person:ian")
    does(offered, "ian", AcceptHandover(role="fim", first="coded:high_first;log=3"))
    shut = offered.workspace.fault("error", "chat.update", error="is_archived")
    offered.drain(lane)
    offered.workspace.clear_faults(shut)
    offered.drain(FIM, turns=3)
    assert not any(post.says("cannot be reached") for post in offered.in_fim())
    offered.drain_all(lane)
    assert told(offered, "ian")[0].says("accepted")


def test_with_nothing_open_there_is_the_role_to_accept_and_no_list_to_go_through(evening: Evening) -> None:
    does(evening, "fay", OfferHandover(role="fim", to="ian"))
    evening.drain("person:ian", turns=2)
    (card,) = told(evening, "ian")
    assert card.action_ids == ["accept_all"]
    assert card.says("Fay stays FIM until Ian accepts.")


def test_accepted_both_cards_say_so_and_the_giver_is_told_what_comes_first(offered: Evening) -> None:
    does(offered, "ian", AcceptHandover(role="fim", first="coded:high_first;log=3"))
    for lane in ("person:ian", "person:fay", FIM):
        offered.drain(lane, turns=3)
    (card,), in_channel = told(offered, "ian"), offered.in_fim()[0]
    assert card.says("Hand-over 13:40 · accepted 13:4")
    assert not card.action_ids
    assert in_channel.words == card.words
    (line,) = told(offered, "fay")
    assert line.says("You are no longer FIM.")
    assert line.says("Go through the HIGH cases, most late first (log entry 3)")


def test_offered_to_another_the_first_card_is_over(offered: Evening) -> None:
    does(offered, "fay", OfferHandover(role="fim", to="sue"))
    offered.drain("person:ian", turns=2)
    (card,) = told(offered, "ian")
    assert card.says("This hand-over of FIM was replaced by a newer one.")
    assert not card.action_ids


def test_an_offer_whose_reply_was_lost_is_found_and_edited_later(evening: Evening) -> None:
    does(evening, "fay", OfferHandover(role="fim", to="ian"))
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain("person:ian", turns=3)
    does(evening, "ian", AcceptHandover(role="fim"))
    evening.drain("person:ian", turns=2)
    (card,) = told(evening, "ian")
    assert card.says("accepted")


def test_five_hundred_cases_fit_and_each_is_named_or_counted(evening: Evening) -> None:
    for _ in range(500):
        evening.report(markers=answers("abduction"))
    does(evening, "fay", OfferHandover(role="fim", to="ian"))
    evening.drain("person:ian")
    (card,) = told(evening, "ian")
    named = sum(f"MC-26-{n:04}" in card.words for n in range(1, 501))
    assert named == 500 or f"and {500 - named} more" in card.words
    check_blocks(card.blocks)
    check_total(card.blocks, "msg_blocks_too_long")


def test_who_is_put_on_duty_by_another_is_told(evening: Evening) -> None:
    does(evening, "sue", PutOnDuty(role="fim", person="ian"))
    evening.drain("person:ian")
    (line,) = told(evening, "ian")
    assert line.says("Sue put you on duty as FIM at 13:40.")
    assert "person:sue" not in evening.stores.outbox.lanes()
    does(evening, "sam", TakeOffDuty(role="fim", person="ian"))
    evening.drain("person:ian")
    assert told(evening, "ian")[-1].says("Sam put you off duty as FIM at 13:4")


def members(evening: Evening) -> set[str]:
    return {*evening.client().conversations_members(channel="C0FIM")["members"]} & PEOPLE.keys()


def pages(evening: Evening) -> list[Message]:
    return [post for post in evening.in_fim() if post.says("acknowledge by")]


def test_whoever_takes_a_role_is_let_into_its_channel_before_the_next_page(offered: Evening) -> None:
    does(offered, "ian", AcceptHandover(role="fim"))
    does(offered, "ian", PutOnDuty(role="fim", person="sue"))
    offered.until(1)
    offered.drain(FIM)
    assert members(offered) == {"fay", "ian", "sue"}
    called = [call["method"] for call in offered.workspace.calls()]
    assert len(pages(offered)) == 1
    assert called.index("conversations.invite") < len(called) - called[::-1].index("chat.postMessage")


@pytest.mark.parametrize("fault", ["server_error", "rate_limited"])
def test_an_invitation_that_slack_does_not_take_now_holds_up_no_page(offered: Evening, fault: str) -> None:
    offered.workspace.fault(fault, "conversations.invite", count=1)
    does(offered, "ian", AcceptHandover(role="fim"))
    offered.until(1)
    offered.drain(FIM)
    assert len(pages(offered)) == 1
    assert members(offered) == {"fay"}
    offered.drain(FIM)
    assert members(offered) == {"fay", "ian"}


def test_where_the_bot_may_not_invite_the_people_in_the_channel_are_asked_to(offered: Evening) -> None:
    offered.workspace.fault("error", "conversations.invite", error="missing_scope")
    does(offered, "ian", AcceptHandover(role="fim"))
    offered.until(1)
    offered.drain(FIM, turns=3)
    assert len(pages(offered)) == 1
    (asked,) = [post for post in offered.in_fim() if post.says("is not in this channel")]
    assert asked.words == (
        "*Ian is FIM now and is not in this channel: they will not see pages here.*\n"
        "Type: /invite <@ian> Until they are in, ring them.\nOFFICIAL-SENSITIVE"
    )


# --- changes of shift: 07:00, 15:00, 23:00 by the force's clock ------------------------------------------------------


def asked(evening: Evening, *people: str) -> list[int]:
    for person in people:
        evening.drain(f"person:{person}")
    return [sum(each.says("Shift change") for each in told(evening, person)) for person in people]


def at(evening: Evening, moment: datetime) -> None:
    evening.clock.at = moment
    evening.duty_desk.recheck()


THREE = TOLD + minutes(80)


def test_who_holds_a_duty_is_asked_once_when_the_shift_ends(evening: Evening) -> None:
    at(evening, THREE - minutes(1))
    assert evening.stores.due.next_at() == THREE
    at(evening, THREE)
    at(evening, THREE + minutes(5))
    assert asked(evening, "fay", "sam", "ola", "cal") == [1, 1, 0, 0]
    assert told(evening, "fay")[0].says(
        "Shift change 15:00: hand over your duty as FIM. You stay FIM until somebody accepts."
    )


def test_who_has_just_come_on_or_offers_already_is_left_in_peace(evening: Evening) -> None:
    evening.clock.at = THREE - minutes(20)
    does(evening, "fay", OfferHandover(role="fim", to="pat"))
    does(evening, "pat", AcceptHandover(role="fim"))
    does(evening, "sue", OfferHandover(role="superintendent", to="ian"))
    at(evening, THREE)
    assert asked(evening, "sue", "sid") == [0, 1]
    assert asked(evening, "pat") == [0]


def test_a_clock_that_goes_back_asks_nobody_twice(evening: Evening) -> None:
    at(evening, THREE)
    at(evening, THREE - minutes(30))
    at(evening, THREE)
    at(evening, THREE + minutes(1))
    assert asked(evening, "fay") == [1]
    due = evening.stores.due.next_at()
    assert due == datetime(2026, 3, 2, 23, tzinfo=UTC)


def test_a_clock_that_leaps_over_a_change_by_more_than_an_hour_asks_nobody(evening: Evening) -> None:
    at(evening, THREE + minutes(61))
    assert asked(evening, "fay") == [0]


@pytest.mark.parametrize(
    ("day", "change"),
    [
        ("2026-03-29T05:00+00:00", datetime(2026, 3, 29, 6, tzinfo=UTC)),
        ("2026-10-25T06:00+00:00", datetime(2026, 10, 25, 7, tzinfo=UTC)),
    ],
)
def test_on_the_days_of_the_clock_changes_it_is_seven_where_the_force_is(
    evening: Evening, day: str, change: datetime
) -> None:
    at(evening, datetime.fromisoformat(day))
    assert evening.stores.due.next_at() == change
    at(evening, change)
    assert [entry.event.asked for entry in evening.stores.rosters.entries()] == [  # type: ignore[union-attr]
        ("fay", "ian", "sam", "sid", "sue")
    ]


@pytest.mark.parametrize(
    ("offered_at", "accept_by"),
    [("2026-03-29T00:50+00:00", "02:05"), ("2026-10-25T00:50+00:00", "01:05 GMT")],
)
def test_a_quarter_of_an_hour_is_one_across_a_clock_change(
    evening: Evening, offered_at: str, accept_by: str
) -> None:
    """Offered at 00:50 GMT, or at 01:50 BST: ten minutes before the force's clock jumps."""
    evening.clock.at = datetime.fromisoformat(offered_at)
    does(evening, "fay", OfferHandover(role="fim", to="ian"))
    assert evening.stores.due.next_at() == evening.clock.at + minutes(15)
    evening.drain("person:ian")
    assert told(evening, "ian")[0].says(f"accept by {accept_by}")


def test_two_timers_at_one_change_of_shift_ask_once(evening: Evening) -> None:
    evening.clock.at = THREE
    twin = evening.new_duty_desk()
    evening.duty_desk.recheck()
    twin.recheck()
    assert asked(evening, "fay") == [1]


# --- where a role is paged -------------------------------------------------------------------------------------------


def test_a_role_is_paged_in_person_while_one_person_holds_it(evening: Evening) -> None:
    channels = LaneChannels(
        cases="C0CASES",
        fim="C0FIM",
        roles={},
        direct={Role.SUPERINTENDENT: lambda: evening.people.on_duty(Role.SUPERINTENDENT)},
    )
    chat = SlackChat(evening.client())
    in_person = channels.of(Destination("role:superintendent"), chat)
    assert in_person == chat.direct("sue")
    evening.people.people["ian"] = (Role.SUPERINTENDENT,)
    assert channels.of(Destination("role:superintendent"), chat) == "C0FIM"
    evening.send_home("ian", "sue")
    assert channels.of(Destination("role:superintendent"), chat) == "C0FIM"


def test_an_offer_replaced_while_it_was_on_its_way_looks_open_no_more(evening: Evening) -> None:
    """Its post was taken and the reply lost; before the channel is asked for it, somebody else is named."""
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    does(evening, "fay", OfferHandover(role="fim", to="ian"))
    evening.drain("person:ian")
    does(evening, "fay", OfferHandover(role="fim", to="sue"))
    evening.drain("person:ian", turns=4)
    (card,) = told(evening, "ian")
    assert card.says("replaced by a newer one")
    assert card.action_ids == []


# --- a hand-over that does not reach its taker ------------------------------------------------------------------------


def unsent(evening: Evening) -> Unsent:
    return Unsent(
        evening.stores,
        evening.desk,
        evening.duty_desk,
        evening.case_clock,
        evening.machine,
        evening.rate_limits.refused,
        patience=60.0,
    )


def offered_to_ian(evening: Evening, role: str = "fim", by: str = "fay") -> Unsent:
    """Slack takes everything but what is for Ian."""
    does(evening, by, OfferHandover(role=role, to="ian"))
    evening.drain(f"role:{role}", turns=2)
    return unsent(evening)


def not_delivered(messages: list[Message]) -> list[Message]:
    return [message for message in messages if message.says("not delivered to Ian")]


def test_slack_silent_for_a_minute_the_giver_and_the_fims_channel_read_whom_to_ring(evening: Evening) -> None:
    looker = offered_to_ian(evening)
    evening.later(55)
    looker.look()
    evening.drain("person:fay")
    assert told(evening, "fay") == []
    evening.later(5)
    looker.look()
    evening.drain("person:fay")
    evening.drain(FIM, turns=2)
    said = "Hand-over of FIM not delivered to Ian: Slack has not taken it. Ring Ian, or offer it to another."
    (to_giver,) = told(evening, "fay")
    card, in_channel = evening.in_fim()
    assert to_giver.says("At 13:41.") and to_giver.says(said)
    assert in_channel.says("At 13:41.") and in_channel.says(said)
    assert card.says(said) and card.says("Fay stays FIM until Ian accepts.")


def test_it_is_said_once_however_long_it_lasts_and_whoever_looks(evening: Evening) -> None:
    looker = offered_to_ian(evening)
    evening.later(61)
    for each in (looker, looker, unsent(evening)):
        each.look()
        evening.drain("person:fay", turns=2)
        evening.drain(FIM, turns=2)
        evening.later(60)
    assert len(told(evening, "fay")) == 1
    assert len(evening.in_fim()) == 2


def test_it_arrives_at_last_and_who_read_that_it_had_not_reads_so(evening: Evening) -> None:
    looker = offered_to_ian(evening)
    evening.later(61)
    looker.look()
    for lane in ("person:fay", FIM, "person:ian", "person:fay", FIM):
        evening.drain(lane, turns=2)
    (card,) = told(evening, "ian")
    assert card.says("Hand-over 13:40 · Fay to Ian") and not card.says("not delivered")
    assert told(evening, "fay")[-1].says("Hand-over of FIM reached Ian 13:41. Slack had not taken it 13:41.")
    assert not not_delivered(evening.in_fim()[:1])


def test_what_arrived_before_anybody_read_that_it_had_not_is_not_spoken_of(evening: Evening) -> None:
    looker = offered_to_ian(evening)
    evening.later(61)
    looker.look()
    for lane in ("person:ian", "person:fay", FIM):
        evening.drain(lane, turns=2)
    assert told(evening, "fay") == []
    assert len(evening.in_fim()) == 1


def test_what_reached_its_taker_in_time_is_never_said_to_have_failed(offered: Evening) -> None:
    offered.later(600)
    unsent(offered).look()
    offered.drain("person:fay")
    assert told(offered, "fay") == []


def test_accepted_elsewhere_it_needs_nobody_rung(evening: Evening) -> None:
    looker = offered_to_ian(evening)
    does(evening, "ian", AcceptHandover(role="fim", first="The HIGH child"))
    evening.later(61)
    looker.look()
    evening.drain("person:fay", turns=2)
    (line,) = told(evening, "fay")
    assert line.says("You are no longer FIM.")


def test_of_another_role_the_fims_channel_reads_nothing_of_it(evening: Evening) -> None:
    looker = offered_to_ian(evening, role="supervisor", by="sam")
    evening.later(61)
    looker.look()
    evening.drain("person:sam")
    evening.drain("role:supervisor", turns=2)
    assert len(not_delivered(told(evening, "sam"))) == 1
    assert evening.in_fim() == []


def test_who_left_slack_is_named_to_the_giver_at_once_and_to_the_role_once(evening: Evening) -> None:
    evening.workspace.seed({"people": {"ian": {"id": "ian", "deleted": True}}})
    offered_to_ian(evening)
    evening.drain("person:ian")
    evening.drain("person:fay")
    evening.drain(FIM, turns=4)
    (to_giver,) = told(evening, "fay")
    assert to_giver.says("not delivered to Ian: they cannot be reached in Slack. Ring Ian")
    assert len([post for post in evening.in_fim() if post.says("Not delivered to Ian")]) == 1


def test_found_in_the_channel_after_a_crash_it_counts_as_arrived(evening: Evening) -> None:
    looker = offered_to_ian(evening)
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.drain("person:ian")
    evening.drain("person:ian", turns=3)
    evening.later(61)
    looker.look()
    evening.drain("person:fay")
    assert len(told(evening, "ian")) == 1
    assert told(evening, "fay") == []


def test_a_look_that_comes_after_it_arrived_changes_nothing(offered: Evening) -> None:
    before = offered.duty_desk.roster()
    offered.duty_desk.remark(SlackSilent(page=1, role=Role.FIM))
    assert offered.duty_desk.roster().offers == before.offers
    assert before.offers["fim/fay"].page.taken_at is not None


# By the force's plan.


@pytest.fixture
def planned(evening: Evening) -> Evening:
    """Fay is FIM until 14:45, then Ian."""
    evening.report(markers=answers("abduction"))
    ends = TOLD + minutes(65)
    turns = [
        PlannedTurn(role=Role.FIM, person="fay", since=ends - timedelta(hours=8), until=ends),
        PlannedTurn(role=Role.FIM, person="ian", since=ends, until=ends + timedelta(hours=8)),
    ]
    plan_document.save(evening.stores.documents, Plan(tuple(turns)))
    return evening


def rechecked(evening: Evening, at: float) -> None:
    evening.clock.at = TOLD + minutes(at)
    for _ in range(2):
        evening.duty_desk.recheck()
    for person in ("fay", "ian"):
        evening.drain(f"person:{person}", turns=2)


def test_an_hour_before_a_turn_ends_its_holder_is_asked_to_hand_over(planned: Evening) -> None:
    rechecked(planned, 4)
    assert told(planned, "fay") == []
    rechecked(planned, 5)
    (asked,) = told(planned, "fay")
    assert asked.says("Your turn as FIM ends 14:45. Planned next: Ian. You stay FIM until somebody accepts.")
    assert asked.says("Open HIGH: 1") and asked.says("MC-26-0001")
    assert "hand_over" in asked.action_ids
    assert told(planned, "ian") == []


def test_who_is_planned_hears_when_the_turn_begins_and_holds_nothing_by_it(planned: Evening) -> None:
    rechecked(planned, 65)
    (begins,) = told(planned, "ian")
    assert begins.says("You are planned as FIM from 14:45. Fay still holds it: accept the hand-over")
    assert planned.people.on_duty(Role.FIM) == {"fay"}


def test_who_has_handed_over_is_asked_nothing(planned: Evening) -> None:
    does(planned, "fay", OfferHandover(role="fim", to="ian"))
    does(planned, "ian", AcceptHandover(role="fim"))
    planned.drain("person:fay", turns=2)
    planned.people.people |= {"fay": (), "ian": (Role.FIM,)}
    handed = told(planned, "fay")
    rechecked(planned, 5)
    assert told(planned, "fay") == handed


def test_what_is_long_past_is_not_said(planned: Evening) -> None:
    rechecked(planned, 200)
    assert told(planned, "fay") == told(planned, "ian") == []
