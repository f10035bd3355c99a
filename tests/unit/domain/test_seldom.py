"""What hardly ever happens, and must be decided rightly all the same: each of these is a branch that no story takes."""

import pytest
from msgspec.structs import replace

from bot.domain import commands
from bot.domain.case_parts import Page
from bot.domain.clocks import never_done
from bot.domain.door.asked import OUTDATED
from bot.domain.door.ownership_rules import TOP
from bot.domain.episodes import Likeness, likeness
from bot.domain.events import (
    CalledBeside,
    Delivered,
    Entry,
    Escalated,
    Noted,
    ShiftEnded,
    SlackSilent,
    TextFailed,
    TurnsDue,
    WentOut,
)
from bot.domain.events.case_events import quoted_fields
from bot.domain.facts import Child, Grade
from bot.domain.fold import advance
from bot.domain.handover import Roster, advance_roster
from bot.domain.people import Actor, Role
from bot.domain.permissions import Look, Readers, may_read, must_be_another
from bot.domain.planned import PlannedTurn, TurnEnds
from bot.domain.policy import ClockName
from bot.domain.reach import Reach, ReachFacts
from bot.domain.refusals import Because, Refused
from tests.unit.domain.test_handover import Duty
from tests.world import TOLD, World, answers, minutes

# --- answers to markers -------------------------------------------------------------------------------------


def test_that_a_child_left_without_permission_is_not_taken_back_by_a_no() -> None:
    world = World()
    world.report(adverse_event=True)
    no = commands.AnswerMarkers(markers={}, adverse_event=False)
    assert world.refused(1, "cal", no) is Because.ALREADY_DONE


def test_a_no_to_leaving_without_permission_is_kept_until_somebody_says_yes() -> None:
    world = World()
    world.report()
    world.do(1, "cal", commands.AnswerMarkers(markers={}, adverse_event=False))
    assert world.case().not_adverse_at == TOLD + minutes(1)
    world.do(2, "cal", commands.AnswerMarkers(markers={}, adverse_event=True))
    case = world.case()
    assert (case.adverse_event, case.not_adverse_at) == (True, None)


# --- who must be another, who may read ----------------------------------------------------------------------


def test_who_asked_for_a_downgrade_waits_for_another() -> None:
    world = World()
    world.report(markers=answers("suicidal_today"))
    assert not must_be_another(ClockName.REGRADE_APPROVAL, "", world.case(), world.actor("sam"))
    lower = commands.GradeCase(level=Grade.MEDIUM, rationale="Rang", considered=("suicidal_today",))
    world.do(1, "sam", lower)
    assert must_be_another(ClockName.REGRADE_APPROVAL, "", world.case(), world.actor("sam"))
    assert not must_be_another(ClockName.REGRADE_APPROVAL, "", world.case(), world.actor("fay"))


def test_who_filed_a_concern_does_not_sign_it_off() -> None:
    world = World()
    world.concern(by="sam")
    assert must_be_another(ClockName.RATIONALE_SIGNED_OFF, "", world.case(), world.actor("sam"))
    assert not must_be_another(ClockName.RATIONALE_SIGNED_OFF, "", world.case(), world.actor("sid"))


def test_who_heard_something_does_not_judge_it_and_every_other_debt_is_anybodys() -> None:
    world = World()
    world.report()
    world.do(1, "ola", commands.Inform(id="i1", kind="call", text="Seen"))
    assert must_be_another(ClockName.NEW_INFORMATION, "i1", world.case(), world.actor("ola"))
    assert not must_be_another(ClockName.NEW_INFORMATION, "i2", world.case(), world.actor("ola"))
    assert not must_be_another(ClockName.REVIEW, "", world.case(), world.actor("ola"))


def test_who_holds_no_role_reads_the_case_that_is_theirs_and_no_other() -> None:
    world = World()
    world.report()
    world.do(1, "cal", commands.Assign(to="ola"))
    nobody = Actor(id="ola")
    by_role = Readers.ROLE_HOLDERS
    assert may_read(nobody, Look.CASE, by_role, world.case())
    assert not may_read(nobody, Look.CASE, by_role)
    assert not may_read(nobody, Look.BOARD, by_role, world.case())
    assert not may_read(Actor(id="pat"), Look.CASE, by_role, world.case())
    assert may_read(Actor(id="pat"), Look.BOARD, Readers.MEMBERS)
    assert may_read(world.actor("ola"), Look.BOARD, by_role)
    assert may_read(Actor(id="pat", taking_over=True), Look.HANDOVER, by_role)


@pytest.mark.parametrize("readers", Readers)
def test_by_a_list_that_is_too_old_nobody_reads(readers: Readers) -> None:
    world = World()
    world.report()
    world.do(1, "cal", commands.Assign(to="ola"))
    ola = replace(world.actor("ola"), outdated=True)
    assert not may_read(ola, Look.CASE, readers, world.case())


def test_by_a_list_that_is_too_old_a_page_is_acknowledged_and_nothing_else_done() -> None:
    world = World()
    world.report(markers=answers("abduction"))
    world.until(1)
    fay = replace(world.actor("fay"), outdated=True)
    with pytest.raises(Refused) as no:
        world.desk.handle("MC-26-0001", commands.Note(text="Seen"), fay, "test")
    assert (no.value.because, no.value.about) == (Because.NOT_PERMITTED, (OUTDATED,))
    world.desk.handle("MC-26-0001", commands.Acknowledge(), fay, "test")
    assert world.case().acknowledged


# --- a case that is gone, one that is like another ----------------------------------------------------------


def test_a_case_that_was_voided_owed_nobody_anything() -> None:
    world = World()
    world.report()
    world.do(1, "sam", commands.Void(why="An exercise"))
    assert never_done(world.case(), world.policy, world.clock.at)
    world.do(2, "sid", commands.Confirm())
    assert never_done(world.case(), world.policy, world.clock.at) == []


def test_the_same_incident_under_two_spellings_is_one() -> None:
    world = World()
    one = world.report(incident="LOG-77", child=Child(name="Ada Finch", age=12))
    two = world.report(at=5, incident="log 77", child=Child(name="Ben Okoro", age=16))
    assert likeness(world.case(one), world.case(two)) is Likeness.SAME_INCIDENT


def test_names_alike_are_likely_where_an_age_is_not_known() -> None:
    world = World()
    one = world.case(world.report(child=Child(name="Wren Hale", age=9)))
    two = world.case(world.report(at=5, child=Child(name="Wren Hale", age=15)))
    assert likeness(one, two) is None
    assert likeness(replace(one, child=replace(one.child, age=None)), two) is Likeness.NAME


# --- what is said of a page that is no longer the newest ----------------------------------------------------


@pytest.mark.parametrize("said", [Delivered(page=99, role=Role.FIM), SlackSilent(page=99, role=Role.FIM)])
def test_what_becomes_of_an_older_page_changes_nothing_about_the_newest(
    said: Delivered | SlackSilent,
) -> None:
    world = World()
    world.report(markers=answers("suicidal_today"))
    world.until(0)
    case = world.case()
    assert advance(case, Entry(at=TOLD + minutes(1), by="worker", event=said)).pages == case.pages


# --- the roster ---------------------------------------------------------------------------------------------


def test_a_role_is_offered_anew_and_the_older_offer_is_known_as_replaced() -> None:
    duty = Duty()
    duty.does("fay", commands.OfferHandover(role="fim", to="pat"))
    duty.does("fay", commands.OfferHandover(role="fim", to="ian"), 1)
    (newest,) = duty.roster.offers.values()
    assert (newest.to, newest.replaced) == ("ian", (1,))
    assert duty.roster.offer_instead(1) == newest
    assert duty.roster.offer_instead(newest.number) is None
    assert duty.roster.offer(1) is None


def test_what_becomes_of_an_offers_card_is_kept_with_the_offer() -> None:
    duty = Duty()
    duty.does("fay", commands.OfferHandover(role="fim", to="pat"))
    (offer,) = duty.roster.offers.values()
    assert (offer.page.number, offer.page.at, offer.page.taken_at) == (offer.number, offer.at, None)
    duty.then("worker", 1, SlackSilent(page=offer.number, role=Role.FIM, why="channel_not_found"))
    assert duty.roster.offers[offer.key].page.why == "channel_not_found"
    duty.then("worker", 2, Delivered(page=offer.number, role=Role.FIM))
    assert duty.roster.offers[offer.key].page.taken_at == TOLD + minutes(2)
    before = duty.roster
    duty.then("worker", 3, Delivered(page=99, role=Role.FIM))
    assert duty.roster.offers == before.offers


def test_at_a_change_of_shift_who_just_came_on_or_offers_already_is_not_asked() -> None:
    duty = Duty()
    shift = TOLD + minutes(60)
    assert duty.roster.to_be_asked({"fay", "kim"}, shift) == ("fay", "kim")
    duty.does("fay", commands.OfferHandover(role="fim", to="pat"), 50)
    assert duty.roster.to_be_asked({"fay", "kim"}, shift) == ("kim",)
    duty.does("pat", commands.AcceptHandover(role="fim"), 55)
    assert duty.roster.to_be_asked({"pat", "kim"}, shift) == ("kim",)
    duty.then("timer", 60, ShiftEnded(at=shift, asked=("kim",)))
    assert duty.roster.shift_at == shift


def test_nobody_is_put_on_duty_whom_the_force_does_not_list() -> None:
    duty = Duty()
    duty.pool = frozenset({"ian"})
    assert duty.refuses("sam", commands.PutOnDuty(role="fim", person="pat")) is Because.NOT_PERMITTED


# --- a page that left beside Slack --------------------------------------------------------------------------

TAKEN = Page(number=2, at=TOLD)


def test_a_text_that_did_not_arrive_takes_back_only_its_own_way() -> None:
    both = TAKEN.taken(TOLD, "SMS, pager")
    assert both.lost(TOLD, "mail", "gone") == both
    one = both.lost(TOLD, "SMS", "gone")
    assert (one.way, one.is_undelivered) == ("pager", False)
    none = one.lost(TOLD, "pager", "gone")
    assert (none.way, none.is_undelivered, none.why) == ("", True, "gone")
    assert not one.delivered(TOLD).lost(TOLD, "pager", "gone").is_undelivered


def test_beside_slack_the_last_way_keeps_its_name_and_is_said_to_have_reached_nobody() -> None:
    world = World()
    world.report(markers=answers("suicidal_today"))
    world.until(0)
    case = world.case()
    number = case.pages[Role.FIM].number
    of_page = {"page": number, "role": Role.FIM}
    said = (
        CalledBeside(clocks=("fim-aware",), why="unanswered", **of_page),
        WentOut(way="SMS, pager", why="unanswered", **of_page),
        TextFailed(way="SMS", why="permanent-failure", **of_page),
        TextFailed(way="pager", why="permanent-failure", **of_page),
    )
    ways = []
    for event in said:
        case = advance(case, Entry(at=TOLD + minutes(3), by="worker", event=event))
        beside = case.pages[Role.FIM].beside
        ways.append((beside.way, beside.reached) if beside else None)
    assert ways == [("", False), ("SMS, pager", True), ("pager", True), ("pager", False)]


def test_reach_is_reckoned_of_every_role_that_is_held_by_somebody_named() -> None:
    found = [each.role for each in Reach(facts=ReachFacts(holders={}), now=TOLD).roles]
    assert found[0] is Role.SUPERINTENDENT
    assert Role.OWNER not in found


# --- escalated ----------------------------------------------------------------------------------------------


def test_above_the_last_rung_there_is_nobody_to_page() -> None:
    world = World()
    world.report(grade=world.graded(Grade.MEDIUM))
    with pytest.raises(Refused) as no:
        world.do(1, "sue", commands.Escalate(why="decision"))
    assert (no.value.because, no.value.about) == (Because.ALREADY_DONE, (TOP,))


def test_what_a_fims_own_step_ends_does_not_climb_when_a_fim_escalates() -> None:
    world = World()
    world.report(markers=answers("suicidal_today"))
    world.until(6)
    done = world.do(6, "fay", commands.Escalate(why="resources"))
    escalated = next(each.event for each in done.entries if isinstance(each.event, Escalated))
    assert "fim-aware" not in escalated.clocks
    assert "owner-accepted" in escalated.clocks


# --- events -------------------------------------------------------------------------------------------------


def test_what_quotes_somebody_says_which_of_its_fields_do() -> None:
    assert quoted_fields(Noted) == ("text",)
    assert quoted_fields(ShiftEnded) == ()


def test_of_turns_that_end_and_begin_each_person_is_told_once() -> None:
    until = TOLD + minutes(60)
    ending = (TurnEnds(role=Role.FIM, person="fay", until=until),)
    beginning = tuple(
        PlannedTurn(role=Role.FIM, person=person, since=TOLD, until=until) for person in ("pat", "fay")
    )
    due = TurnsDue(at=TOLD, ending=ending, beginning=beginning)
    assert due.asked == ("fay", "pat")
    assert advance_roster(Roster(), Entry(at=TOLD, by="timer", event=due)).turns_at == TOLD


@pytest.mark.parametrize(
    ("role", "reads"), [(Role.SUPERVISOR, True), (Role.FIM, True), (Role.OFFICER, False), (Role.MPC, False)]
)
def test_the_processing_log_is_for_supervisors_whatever_the_force_has_set(role: Role, reads: bool) -> None:
    actor = Actor(id="pat", roles=frozenset({role}))
    assert may_read(actor, Look.LOG, Readers.MEMBERS) is reads
    assert not may_read(Actor(id="pat", taking_over=True), Look.LOG, Readers.MEMBERS)
    assert not may_read(Actor(id="pat", roles=frozenset({role}), outdated=True), Look.LOG, Readers.MEMBERS)
