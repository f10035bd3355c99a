"""The open case: outstanding first, then what happens if nothing is done, facts, and history last (screens.md §7)."""

from collections.abc import Sequence

from bot.domain import commands
from bot.domain.case import Case, Status
from bot.domain.clocks import Clock, ClockName
from bot.domain.events import Entry
from bot.domain.facts import Grade
from bot.domain.people import Actor
from bot.domain.permissions import asked_to_end, may
from bot.views import ids, limits
from bot.views.blocks import actions, button, marking, modal, overflow, section
from bot.views.cards import case_card
from bot.views.cards.case_card import their_words
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import clock_words, debts, delivery, forecast_words, naming, remedies, standing, words
from bot.views.wording.clock_words import Remedy

_OWED_SHOWN = 12
_EVENTS_SHOWN = 10
_ITEMS_SHOWN = 8

_STEPS = (
    Remedy(commands.Inform, "New information", ids.ADD_TO_CASE),
    Remedy(commands.Assign, "Assign", ids.ASSIGN),
    Remedy(commands.Escalate, "Escalate now", ids.ESCALATE),
    Remedy(commands.GradeCase, "Grade", ids.GRADE),
    Remedy(commands.SetEnquiry, "Set enquiry", ids.SET_ENQUIRY),
    Remedy(commands.Tell, "Caller told", ids.CALLER_TOLD),
    Remedy(commands.Tell, "Others told", ids.TELLING),
    Remedy(commands.Note, "Add note", ids.ADD_NOTE),
    Remedy(commands.Locate, "Located", ids.LOCATING),
    Remedy(commands.Interview, "Interview", ids.INTERVIEW),
    Remedy(commands.Close, "Close case", ids.CLOSE),
)
_SELDOM = (
    Remedy(commands.Correct, "Correct a mistake", ids.CORRECT),
    Remedy(commands.Transfer, "Pass to another force", ids.TRANSFER),
    Remedy(commands.Duplicate, "Mark as duplicate", ids.DUPLICATE),
    Remedy(commands.Void, "Void", ids.VOID),
)
_ATTENDED = Remedy(commands.Attend, "Officers there", ids.ATTENDED)
_DISAGREES = Remedy(commands.CarerDisagrees, "Carer disagrees", ids.CARER_DISAGREES)
_ATTENDANCE = Remedy(commands.Categorise, "Will police attend?", ids.ATTENDANCE)
_ALERT = Remedy(commands.DecideAlert, "Child Rescue Alert", ids.ALERT)
_REFUSED = Remedy(commands.RefuseTransfer, "Refused there", ids.TRANSFER_REFUSED)
_RELEASE = Remedy(commands.Release, "Release: no longer mine", ids.RELEASE)
_REOPEN = Remedy(commands.Reopen, "Reopen", ids.REOPEN)
_SIGN_OFF = Remedy(commands.SignOff, "Sign off", ids.SIGN_OFF)


def open_case(
    case: Case,
    entries: Sequence[Entry],
    viewer: Actor,
    screen: Screen,
    *,
    notice: str = "",
    also: Sequence[Block] = (),
) -> View:
    """`notice`: what became of a press on one of its buttons; `also`: what only this person is shown."""
    blocks = [
        *([section(notice)] if notice else []),
        _headline(case, screen),
        *also,
        *_to_confirm(case, viewer, screen),
        *_outstanding(case, viewer, screen),
        *_part_if("NEVER DONE", debts.if_closed(case, screen)),
        *_part_if("PAGED", delivery.lines(case, screen)),
        *_if_nothing_is_done(case, screen),
        _part("RISK", case_card.risk(case, screen)),
        *their_words(case, screen),
        _part("FACTS", case_card.facts(case, screen)),
        _part("ENQUIRIES", case_card.enquiries(case, screen)[-_ITEMS_SHOWN:]),
        _part("TOLD", case_card.told(case, screen)[-_ITEMS_SHOWN:]),
        _part("EPISODES", case_card.episodes(case, screen)),
        _part(f"TIMELINE, newest {_EVENTS_SHOWN}", case_card.timeline(entries, screen)[:_EVENTS_SHOWN]),
        *_buttons(case, viewer),
        marking(),
    ]
    return modal(ids.CASE, case.ref, blocks, metadata=case.ref)


def _headline(case: Case, screen: Screen) -> Block:
    said = [words.grade(case.running_grade), standing.category(case), naming.child_and_age(case, screen)]
    said += [standing.owner(case, screen), naming.incident(case, screen), f"as at {screen.time(screen.now)}"]
    refresh = button("Refresh", ids.REFRESH_CASE, case.ref, spoken=f"Refresh {case.ref}")
    return section(" · ".join(said), accessory=refresh)


def _outstanding(case: Case, viewer: Actor, screen: Screen) -> list[Block]:
    owed = debts.outstanding(case, screen)
    rows = [_debt(clock, case, viewer, screen) for clock in owed[:_OWED_SHOWN]]
    later = [debts.in_short(clock, debts.mark(clock, screen), screen) for clock in owed[_OWED_SHOWN:]]
    title = section("*OUTSTANDING*" if owed else "*OUTSTANDING*\nNothing.")
    return [title, *rows, *([section("\n".join(later))] if later else [])]


def _debt(clock: Clock, case: Case, viewer: Actor, screen: Screen) -> Block:
    said = f"{debts.in_short(clock, debts.mark_dated(clock, screen), screen)}{_which(clock, case, screen)}"
    waiting = remedies.waiting_for(clock, case, viewer)
    remedy = remedies.button_for(clock, case.ref, viewer)
    if waiting:
        return section(f"{said}. Waiting for: {waiting}", id=clock.key)
    if remedy is None:
        said = f"{said}. Cleared when: {clock_words.of(clock.key).cleared_when}"
    return section(said, accessory=remedy, id=clock.key)


def _which(clock: Clock, case: Case, screen: Screen) -> str:
    """Of several enquiries, or several pieces of information, the one that is meant."""
    enquiry, heard = case.enquiries.get(clock.item), case.information.get(clock.item)
    if clock.name is ClockName.ENQUIRY_DONE and enquiry:
        return f": {naming.staff(enquiry.owner, screen)}{case_card.quoted(enquiry.text, screen)}"
    if clock.name is ClockName.NEW_INFORMATION and heard:
        return f": {heard.kind.value}{case_card.quoted(heard.text, screen)}"
    return ""


def _part_if(title: str, lines: Sequence[str]) -> list[Block]:
    return [_part(title, lines)] if lines else []


def _if_nothing_is_done(case: Case, screen: Screen) -> list[Block]:
    said = forecast_words.lines(forecast_words.coming(case, screen), screen, moments=6)
    return [section("\n".join(["*IF NOTHING IS DONE*", *said]))] if said else []


def _part(title: str, lines: Sequence[str]) -> Block:
    """As many whole lines as a section holds."""
    said = [line for line in lines if line] or ["None."]
    shown, taken = limits.pack(said, limits.SECTION - 80, joint="\n")
    more = f"\nand {len(said) - taken} more in the thread" if taken < len(said) else ""
    return section(f"*{title}*\n{shown}{more}")


def _buttons(case: Case, viewer: Actor) -> list[Block]:
    """What this person may do now, whether it is owed or not."""
    steps = [step for step in _steps(case) if may(viewer.roles, step.command)]
    shown = [button(step.label, step.action, case.ref, spoken=f"{step.label} {case.ref}") for step in steps]
    seldom = _seldom(case, viewer)
    menu = [overflow(ids.SELDOM, seldom)] if seldom else []
    return [actions(*shown, *menu)] if shown or menu else []


def _steps(case: Case) -> tuple[Remedy, ...]:
    if case.status is Status.CLOSED:
        return (_REOPEN,)
    searched = () if case.back.located else _while_searched(case)
    return (*_STEPS, *searched, *([_REFUSED] if case.ending.awaits_force else []))


def _while_searched(case: Case) -> tuple[Remedy, ...]:
    concern = (_SIGN_OFF, _ATTENDANCE) if case.is_concern else ()
    alert = (_ALERT,) if case.is_child and case.running_grade is Grade.HIGH else ()
    return (_ATTENDED, _DISAGREES, *concern, *alert)


def _seldom(case: Case, viewer: Actor) -> dict[str, str]:
    if case.status is Status.CLOSED:
        return {}
    allowed = [step for step in _SELDOM if may(viewer.roles, step.command)]
    mine = [_RELEASE] if case.owner == viewer.id else []
    return {ids.choice(step.action, case.ref): step.label for step in (*mine, *allowed)}


def _to_confirm(case: Case, viewer: Actor, screen: Screen) -> list[Block]:
    """A void or a duplicate waits for a second person, above all debts: confirmed, it ends them."""
    said = standing.who_asked(case, screen)
    if not said:
        return []
    may_confirm = may(viewer.roles, commands.Confirm) and not asked_to_end(case, viewer.id)
    confirm = button("Confirm", ids.CONFIRM, case.ref, spoken=f"Confirm {case.ref}")
    return [section(said, accessory=confirm if may_confirm else None)]
