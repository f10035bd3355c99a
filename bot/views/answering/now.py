"""How it stands, who has it, what is owed, what comes; and what happened, and who knows."""

from collections.abc import Sequence

from bot.domain import events
from bot.domain.case import Case, Status
from bot.domain.clocks import Clock, ClockName, State, clocks
from bot.domain.events import Entry
from bot.domain.facts import CALLER, SOCIAL_CARE, Grade
from bot.domain.grading import proposal
from bot.domain.people import BY_RANK, Role
from bot.questions import Intent
from bot.views import limits
from bot.views.answering.known_risk import About, answers_to
from bot.views.cards.case_card import quoted
from bot.views.screen import Screen
from bot.views.wording import (
    clock_words,
    debts,
    delivery,
    forecast_words,
    history,
    naming,
    standing,
    thread_line,
    told_caller,
    words,
)

_LINES = 10


@answers_to(Intent.STATUS, "status")
def status(about: About, screen: Screen) -> list[str]:
    case = about.case
    said = [grade(case, screen), category(case, screen), holder(case, screen)]
    paged = [f"{line}." for line in delivery.on_their_way(case, screen)]
    return [" ".join(said), *paged, *late(about, screen), *coming(about, screen)]


@answers_to(Intent.OWNER, "owner")
def owner(about: About, screen: Screen) -> list[str]:
    return [holder(about.case, screen)]


@answers_to(Intent.LATE, "late")
def late(about: About, screen: Screen) -> list[str]:
    found = [
        _line(debts.mark(clock, screen), clock, about, screen) for clock in debts.late(about.case, screen)
    ]
    return _listed("Late", found, "nothing")


@answers_to(Intent.OUTSTANDING, "outstanding")
def outstanding(about: About, screen: Screen) -> list[str]:
    owed = debts.outstanding(about.case, screen)
    found = [_line(debts.mark_dated(clock, screen), clock, about, screen) for clock in owed]
    return _listed("Outstanding", found, "nothing")


@answers_to(Intent.NEXT, "next")
def coming(about: About, screen: Screen) -> list[str]:
    """The next two debts that are not late yet, and whom the bot pages next if nobody does anything."""
    owed = debts.outstanding(about.case, screen)
    running = [clock for clock in owed if clock.state(screen.now) is State.RUNNING]
    due = [f"{screen.time(clock.due)} {_titled(clock)}" for clock in running[:2] if clock.due]
    pages = forecast_words.says(forecast_words.coming(about.case, screen), screen, moments=1)
    otherwise = f" If nothing is done: {pages}." if pages else ""
    return [f"Next: {'; '.join(due) or 'nothing more comes due'}.{otherwise}"]


def grade(case: Case, screen: Screen) -> str:
    level = words.grade(case.running_grade)
    step = case.risk.recorded_step
    if step is None or case.risk.recorded is not case.running_grade:
        return f"{level} ({_why_it_runs(case)})."
    return f"{level} ({naming.staff(step.by, screen)}, {screen.time(step.at)})."


def _why_it_runs(case: Case) -> str:
    """The last episode's grade, and a reason that was mended since, are proposed by nobody."""
    if proposal(case)[0] is case.running_grade:
        return "proposed, nobody has recorded it"
    reasons = [code for code, level in case.risk.raised.items() if level is case.running_grade]
    kept = words.listed([standing.reason_now(code, case) for code in reasons])
    return f"{kept}: until a downgrade is approved"


def category(case: Case, screen: Screen) -> str:
    since = case.concern.ended_at if case.concern and not case.is_concern else None
    if case.status is Status.OPEN and since:
        return f"MISSING since {screen.time(since)}."
    return f"{standing.category(case)}."


def holder(case: Case, screen: Screen) -> str:
    """Assigned is not accepted: who was only assigned owns nothing."""
    held = case.ownership
    asked = (
        f" Assigned {screen.time(held.assigned.at)} to {naming.staff(held.assigned_to, screen)}; awaiting acceptance."
        if held.assigned_to and held.assigned
        else ""
    )
    if held.owner and held.accepted:
        at = screen.time(held.accepted.at)
        return f"Owner: {naming.staff(held.owner, screen)}, accepted {at}.{asked}"
    return f"No owner.{asked}"


def _listed(title: str, lines: list[str], none: str) -> list[str]:
    if not lines:
        return [f"{title}: {none}."]
    more = [f"and {len(lines) - _LINES} more in Open case"] if len(lines) > _LINES else []
    return [f"{title}:", *lines[:_LINES], *more]


def _line(mark: str, clock: Clock, about: About, screen: Screen) -> str:
    return f"{mark}: {debts.what(clock, screen)}{_which(clock, about.case, screen)}"


def _which(clock: Clock, case: Case, screen: Screen) -> str:
    """Of several enquiries, or several pieces of information, the one that is meant."""
    enquiry, heard = case.enquiries.get(clock.item), case.information.get(clock.item)
    if clock.name is ClockName.ENQUIRY_DONE and enquiry:
        return f" ({naming.staff(enquiry.owner, screen)}{quoted(enquiry.text, screen)})"
    if clock.name is ClockName.NEW_INFORMATION and heard:
        return f" ({heard.kind.value}, received {screen.time(heard.received.at)})"
    return ""


def _titled(clock: Clock) -> str:
    return words.lower_first(clock_words.of(clock.key).title)


# What happened, and who knows: from the record itself.

_LINE = 200  # characters of one event here; the record has the rest
_TIMES = 3  # named each; of more, the first and the last
_SHOWN = 40


@answers_to(Intent.TIMELINE, "timeline")
def timeline(about: About, screen: Screen) -> list[str]:
    """Oldest first, as it happened; what does not fit is the oldest but the report."""
    lines = [line for entry in about.entries if (line := thread_line.in_timeline(entry, screen))]
    shown = [limits.clip_markup(line, _LINE, limits.IN_CASE) for line in lines]
    if len(shown) > _SHOWN:
        left = len(shown) - _SHOWN
        shown = [shown[0], f"… {left} between are in Open case …", *shown[-_SHOWN + 1 :]]
    return ["Timeline:", *shown]


@answers_to(Intent.TOLD, "who was told")
def told(about: About, screen: Screen) -> list[str]:
    others = [notice for notice in about.case.told if notice.who != CALLER]
    notices = [
        f"{screen.time(notice.at)} {naming.told_whom(notice.who, screen)}, by "
        f"{naming.staff(notice.step.by, screen)}"
        for notice in others
    ]
    nobody = "nobody else yet" if told_caller.is_told(about.case) else "nobody yet"
    paged = [said for role in BY_RANK if (said := _paged(role, about.entries, screen))]
    return [
        _fim(about, screen),
        *told_caller.lines(about.case, screen),
        f"Told: {words.listed(notices[-_SHOWN:]) or nobody}.",
        *_inspector(about, screen),
        *_social_care(about.case),
        f"Paged: {words.listed(paged) or 'nobody yet'}.",
        *(f"{line}." for line in delivery.on_their_way(about.case, screen)),
        *_known(about.entries, screen),
    ]


def _fim(about: About, screen: Screen) -> str:
    """Aware is whoever did something with the case: from what happened, and since it is high, from then on."""
    acts = [entry for entry in about.entries if history.is_step_of(Role.FIM, entry)]
    aware = next(iter(acts), None)
    if about.case.running_grade is Grade.HIGH:
        aware = history.made_fim_aware(about.case.risk.fim_aware_at, about.entries)
    if aware:
        return f"FIM aware: {_did(aware, screen)}."
    before = f" Before it became high: {_did(acts[-1], screen)}." if acts else ""
    return f"FIM NOT aware: no FIM has acknowledged it or done anything on it.{before}"


def _did(entry: Entry, screen: Screen) -> str:
    known = isinstance(entry.event, events.Acknowledged)
    did = "acknowledged" if known else thread_line.says(entry, screen)[0]
    if known and (by_text := history.by_text(entry.surface)):
        return f"{naming.staff(entry.by, screen)} {did}{by_text} {screen.time(entry.at)}"
    return f"{naming.staff(entry.by, screen)} {did}, {screen.time(entry.at)}"


def _inspector(about: About, screen: Screen) -> list[str]:
    """Tagged is not told: an inspector who was only paged may not know (IOPC, Staffordshire)."""
    at = about.case.inspector_told_at
    if at is None:
        owed = any(clock.name is ClockName.DUTY_INSPECTOR_TOLD for clock in clocks(about.case, screen.policy))
        return [f"Duty inspector: {told_caller.NOT_TOLD}."] if owed else []
    if any(notice.who == Role.DUTY_INSPECTOR.value for notice in about.case.told):
        return []
    return [f"Duty inspector: acknowledged {screen.time(at)}."]


def _social_care(case: Case) -> list[str]:
    """Said whether it is owed or not: a supervisor asks for it by name, and silence would read as yes."""
    if any(notice.who == SOCIAL_CARE for notice in case.told):
        return []
    return [f"Social care: {told_caller.NOT_TOLD}."]


def _paged(role: Role, entries: Sequence[Entry], screen: Screen) -> str:
    """When; of many, how often, the first and the last. Empty where no page reached it."""
    times = [screen.time(at) for at in history.delivered_to(role, entries)]
    if not times:
        return ""
    if len(times) > _TIMES:
        return f"{words.ROLES[role]} {len(times)} times, {times[0]} to {times[-1]}"
    return f"{words.ROLES[role]} {', '.join(times)}"


def _known(entries: Sequence[Entry], screen: Screen) -> list[str]:
    known: dict[str, list[str]] = {}
    for entry in entries:
        if isinstance(entry.event, events.Acknowledged):
            how = " by text" if history.by_text(entry.surface) else ""
            known.setdefault(entry.by, []).append(f"{screen.time(entry.at)}{how}")
    said = [f"{naming.staff(person, screen)} {', '.join(times[-_SHOWN:])}" for person, times in known.items()]
    return [f"Acknowledged: {words.listed(said[-_SHOWN:])}."] if said else []
