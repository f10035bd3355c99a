"""Every surface that the bot can show of one case, for tests that hold for all of them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from bot.audit.case_audit import audited
from bot.domain.case import Case
from bot.domain.case_parts import Page, Paging
from bot.domain.episodes import Likely, Likeness
from bot.domain.events import PageLine
from bot.domain.facts import Grade
from bot.domain.handover import Offer
from bot.domain.people import HANDED_OVER, Actor, Role
from bot.domain.planned import PlannedTurn, TurnEnds
from bot.domain.reach import Quiet, Reach, ReachFacts, WayReach
from bot.ports.cases import OpenCases, Pulse
from bot.ports.destination import Destination
from bot.ports.outbox import Outgoing
from bot.ports.rosters import ROSTER
from bot.questions import Intent
from bot.questions.orders import Order
from bot.views.answering import answers
from bot.views.answering.known_risk import About
from bot.views.cards import erased_card, handover_card, open_case, undelivered
from bot.views.cards.handover_card import handover_page
from bot.views.lists import guide, home_page, wall_board
from bot.views.lists.audit_brief import audit_brief, brief_message
from bot.views.lists.listing import Shown, all_that_wait, listing
from bot.views.message import Message
from bot.views.plain.audit_document import LeftOut
from bot.views.screen import Screen
from bot.views.wording import access_words
from bot.views.wording.dealt_with import not_done
from handlers.conversation.shortcuts import which_case
from handlers.forms import (
    ending,
    enquiries,
    grading_forms,
    handing_over,
    information,
    lost_forms,
    mending,
    outside,
    small,
)
from handlers.forms.report import report_page, risk_page
from handlers.forms.report.report_draft import Draft
from handlers.forms.report.risk_page import FIRST_PAGE, HEALTH, PEOPLE, Answering
from tests.unit.views.story import Told
from tests.world import TOLD

OFFER = Offer(role=Role.FIM, by="fay", to="ian", at=TOLD, number=1)
ENDING = TurnEnds(role=Role.FIM, person="fay", until=TOLD, next=("ian",))
BEGINNING = PlannedTurn(role=Role.FIM, person="ian", since=TOLD, until=TOLD + timedelta(hours=8))


def likely(case: Case) -> list[Likely]:
    place = case.ref.rpartition("-")[0]
    return [Likely(replace(case, ref=f"{place}-{n:04}"), because) for n, because in enumerate(Likeness, 7000)]


MODALS = (
    (enquiries.setting, ""),
    (enquiries.finishing, "e2"),
    (grading_forms.grading, "medium"),
    (grading_forms.deciding, ""),
    (grading_forms.signing_off, ""),
    (grading_forms.reviewing, ""),
    (information.adding, ""),
    (information.answering, ""),
    (outside.telling, ""),
    (outside.telling_caller, ""),
    (outside.locating, ""),
    (information.considering, "i2"),
    (information.noting, ""),
    (ending.interviewing, "prevention"),
    (ending.notice, ""),
    (ending.closing, ""),
    (mending.releasing, ""),
    (mending.transferring, ""),
    (mending.taking_over, ""),
    (mending.sent_back, ""),
    (mending.staying, ""),
    (grading_forms.attending, ""),
    (grading_forms.alerting, ""),
    (grading_forms.disagreeing, ""),
    (outside.attended, ""),
    (mending.reopening, ""),
    (mending.voiding, ""),
    (mending.duplicating, ""),
    (mending.confirming, ""),
    (mending.correcting, ""),
)


def unheard(case: Case) -> Case:
    """Every role was paged, and no page reached it."""
    page = Page(number=2, at=TOLD, undelivered_at=TOLD, why="not_in_channel")
    paging = Paging(started=TOLD, role=Role.FIM, rung=0, sent_at=TOLD, told=frozenset(Role))
    return replace(case, pages=dict.fromkeys(Role, page), paging={"owner-accepted": paging})


def messages(told: Told) -> Iterator[tuple[str, Message]]:
    case, record, screens = told.case(), told.record, told.screens
    yield "card", screens.card(case)
    for entry in record:
        line = screens.line(case, entry)
        if line is not None:
            yield f"line of {type(entry.event).__name__}", line
    lost = unheard(case)
    told_of = screens.undelivered([(lost, role) for role in Role])
    assert told_of is not None
    yield "undelivered", told_of
    yield "card, with no page delivered", screens.card(lost)
    yield "offer", screens.offer(case, "oz")
    yield "offer, declined", screens.declined(case, "sam")
    yield "offer, asked again", screens.asked_again(case)
    yield "erased", erased_card.erased(case.ref, TOLD, told.screen)
    yield "moved card", undelivered.moved("https://example.org/p1")
    yield "sent twice", undelivered.sent_twice("https://example.org/p1")
    yield "not reached", undelivered.not_reached("ola", _lost(case.ref), Role.SUPERVISOR, told.screen)
    yield "notice", undelivered.notice("Slack lets nothing into the FIM's channel: it is archived.")
    opened = OpenCases(cases=(case,) * 30, unreadable=("MC-26-0404",))
    yield "list", listing(opened, "fay", Shown(), told.screen)
    yield "board", wall_board.board(opened, Pulse(last_check=TOLD), told.screen).message
    yield "moved", wall_board.moved(told.screen)
    yield "board taken down", wall_board.taken_down(told.screen)
    yield "practice", guide.practice_page(told.screen)
    yield "practised", guide.practised("Fay Marsh", told.screen)
    yield "help", guide.guide()
    audit = audited(told.record, told.screen.policy, told.screen.now)
    yield "audit", brief_message(audit_brief([audit], LeftOut(voided=("MC-26-0002",)), TOLD, told.screen))
    about = About(case, record, told.stores.cases.readable([told.first])[0])
    for intent in Intent:
        yield intent.value, answers.answer([intent], about, told.screen)
    yield "all ten", answers.answer(list(Intent), about, told.screen)
    yield "status of the case", answers.status(case, told.screen)
    yield "not understood", answers.not_understood()
    for order in Order:
        yield f"not done: {order}", not_done(order, [case.ref])
    yield "not done, of which case", not_done(Order.CLOSE, [])
    yield "not done, of several", not_done(Order.CLOSE, ["MC-26-0001", "MC-26-0002"])
    yield "not done, of many", not_done(Order.CLOSE, [f"MC-26-{number:04}" for number in range(9)])
    yield from handovers(told)
    yield from alarms(told)
    yield from pages(told)


def handovers(told: Told) -> Iterator[tuple[str, Message]]:
    """Whoever accepted has said what comes first in the words of the case."""
    case, screen = told.case(), told.screen
    words = next(iter(case.enquiries.values())).text
    line = PageLine(clock="handover-accepted/fim/fay", started=TOLD, role=Role.FIM, rung=0)
    accepted = replace(OFFER, accepted_at=TOLD, first=words)
    yield (
        "hand-over",
        handover_card.handover_card(OFFER, OpenCases(cases=(case,) * 40, unreadable=("MC-26-0404",)), screen),
    )
    unsent = replace(OFFER, sent=Page(number=1, at=TOLD, undelivered_at=TOLD))
    yield "hand-over not delivered", handover_card.reached(unsent, screen)
    yield (
        "hand-over not delivered, its card",
        handover_card.handover_card(
            unsent, OpenCases(cases=(case,) * 40, unreadable=("MC-26-0404",)), screen
        ),
    )
    late = replace(unsent, sent=replace(unsent.page, taken_at=TOLD))
    yield "hand-over delivered late", handover_card.reached(late, screen)
    yield "hand-over accepted", handover_card.handover_card(accepted, OpenCases(cases=()), screen)
    yield "handed", handover_card.handed(accepted, screen)
    yield "hand-over replaced", handover_card.replaced(Role.FIM)
    yield "hand-over late", handover_page([OFFER], [line], screen)
    yield "shift", handover_card.shift_ended(tuple(HANDED_OVER), "15:00", screen)
    asleep = _with_reach(screen)
    yield "planned turns", handover_card.turns_due([ENDING], [BEGINNING], OpenCases(cases=()), asleep)
    yield "shift and who is asleep", handover_card.shift_ended(tuple(HANDED_OVER), "15:00", asleep)

    yield "taken over asleep", handover_card.handover_card(accepted, OpenCases(cases=()), asleep)
    yield "put on duty", handover_card.put_on(Role.FIM, "Fay Marsh", "15:00", on=True)
    yield "left outside", handover_card.left_outside("ola", Role.FIM, told.screen)


def _with_reach(screen: Screen) -> Screen:
    """In which everybody holds every role, and nobody hears a page."""
    people = frozenset(f"u{number}" for number in range(60)) | {OFFER.to}
    quiet = Quiet(start=TOLD - timedelta(days=1), end=TOLD + timedelta(days=1))
    ways = tuple(WayReach(name=f"way & {number}", tried_at=TOLD) for number in range(6))
    facts = ReachFacts(
        holders=dict.fromkeys(Role, people),
        quiet=dict.fromkeys(people, quiet),
        ways=dict.fromkeys(Role, ways),
        refused={Role.FIM: "is_archived"},
    )
    return replace(screen, reach=lambda: Reach(facts=facts, now=TOLD))


def _lost(ref: str) -> list[Outgoing]:
    lines = (PageLine(clock="owner-accepted", rung=0, role=Role.OWNER, started=TOLD),)
    page = Outgoing(
        id="1", lane=Destination("person:ola"), kind="page", ref=ref, version=1, at=TOLD, lines=lines
    )
    offer = Outgoing(id="2", lane=Destination("person:ola"), kind="offer", ref=ref, version=1, at=TOLD)
    roster = Outgoing(id="3", lane=Destination("person:ola"), kind="handover", ref=ROSTER, version=1, at=TOLD)
    return [page, offer, roster] * 30


def duties(told: Told) -> Iterator[tuple[str, dict[str, Any]]]:
    case, screen = told.case(), told.screen
    for candidates in ({"ian", "pat"}, {f"p{number}" for number in range(150)}):
        yield "hand over", handing_over.hand_over(sorted(HANDED_OVER), candidates, screen)
        yield "duty", handing_over.duty(Role.SUPERVISOR, candidates, screen, may_change=True)
    yield "duty above", handing_over.duty(Role.SUPERINTENDENT, (), screen, may_change=True)
    yield "one by one", handing_over.one_by_one(OFFER, [case] * 3, 9, screen)
    opened = OpenCases(cases=(case,) * 3, unreadable=("MC-26-0404",))
    yield "read back", handing_over.read_back(OFFER, opened, screen)


def alarms(told: Told) -> Iterator[tuple[str, Message]]:
    """Time has stopped, and runs again; for five hundred cases too."""
    many = [f"MC-26-{number:04}" for number in range(500)]
    for refs in ([], many):
        yield "stopped", undelivered.stopped(TOLD, refs, ["SMS to FIM sent 02:10."], told.screen)
        yield "over", undelivered.over(refs, ["MC-26-0001"], TOLD, TOLD, told.screen)
        yield "running again", undelivered.running(refs, ["MC-26-0001"], TOLD, told.screen)
    for lost in ([], many, many[:1]):
        yield f"undecided, {len(lost)} unreadable", undelivered.undecided(many, lost, TOLD, [], told.screen)


def pages(told: Told) -> Iterator[tuple[str, Message]]:
    """Those that reach locked screens: no name in them in any mode."""
    case, record, screens = told.case(), told.record, told.screens
    for role in (Role.FIM, Role.SUPERVISOR, Role.DUTY_INSPECTOR):
        lines = told.lines(role)
        yield f"page to {role}", screens.page(case, record, role, lines)
        yield f"state for {role}", screens.page_state(case, record, role)
        yield f"page to {role}, who owns it no more", screens.passed_on(case)
        yield f"old page to {role}", screens.superseded(case, record, role, link="https://example.org/p1")
        yield "old digest", screens.superseded_digest("https://example.org/p1")
        yield f"digest for {role}", screens.digest([case] * 3, role)


def views(told: Told) -> Iterator[tuple[str, dict[str, Any]]]:
    case, screen = told.case(), told.screen
    everyone = Actor(id="fay", roles=frozenset(Role))
    for known in (False, True):
        draft = Draft(
            told_preset="1340",
            told_at=TOLD,
            yes=("self_harm",),
            known=known,
            concern=True,
            training=case.training,
        )
        yield "report", report_page.report_page(draft, screen)
    answering = Answering(no_offered=(*FIRST_PAGE, *HEALTH, *PEOPLE), level=Grade.MEDIUM)
    yield "risk", risk_page.risk_page(case, answering, screen, likely(case))
    yield "open case", open_case.open_case(case, told.record, everyone, screen, notice="Not done.")
    yield "details", answers.details(case, screen)
    for view in (
        small.assign,
        small.declining,
        small.escalating,
        small.same_incident,
    ):
        yield view.__name__, view(case, screen)
    yield "which case", which_case([case] * 100, ["MC-26-0404"], "Seen at the pier " * 150, screen)
    for modal, item in MODALS:
        yield modal.__name__, modal(case, screen, item)
    yield from duties(told)
    yield "many", all_that_wait([case] * 30, ["MC-26-0404"], screen)
    yield "unfinished", lost_forms.resume_offer("report", "report MC-26-0001", TOLD, screen)
    yield "run out", lost_forms.run_out()
    opened = OpenCases(cases=(case,) * 30, unreadable=("MC-26-0404",))
    pulse = Pulse(last_check=TOLD)
    yield "home of nobody", home_page.closed_home(access_words.may_not_read(0.0)).view
    for role in (Role.FIM, Role.SUPERVISOR, Role.OFFICER):
        viewer = Actor(id=OFFER.to, roles=frozenset({role}))
        drawn = home_page.home(opened, viewer, None, pulse, screen, offers=[OFFER], first_run=True)
        yield f"home of {role}", drawn.view
        asleep = _with_reach(screen)
        drawn = home_page.home(opened, viewer, None, pulse, asleep, offers=[OFFER], first_run=True)
        yield f"home of {role} while nobody hears", drawn.view
