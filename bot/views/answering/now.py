"""How it stands, who has it, what is owed, what is late and what comes: from the clocks of this moment."""

from bot.domain.case import Case, Status
from bot.domain.clocks import Clock, ClockName, State
from bot.views.answering.about import About
from bot.views.cards.case_parts import quoted
from bot.views.screen import Screen
from bot.views.wording import clock_words, debts, delivery, forecast_words, naming, standing, words

_LINES = 10


def status(about: About, screen: Screen) -> list[str]:
    case = about.case
    said = [grade(case, screen), category(case, screen), holder(case, screen)]
    paged = [f"{line}." for line in delivery.on_their_way(case, screen)]
    return [" ".join(said), *paged, *late(about, screen), *coming(about, screen)]


def owner(about: About, screen: Screen) -> list[str]:
    return [holder(about.case, screen)]


def late(about: About, screen: Screen) -> list[str]:
    found = [
        _line(debts.mark(clock, screen), clock, about, screen) for clock in debts.late(about.case, screen)
    ]
    return _listed("Late", found, "nothing")


def outstanding(about: About, screen: Screen) -> list[str]:
    owed = debts.outstanding(about.case, screen)
    found = [_line(debts.mark_dated(clock, screen), clock, about, screen) for clock in owed]
    return _listed("Outstanding", found, "nothing")


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
        return f"{level} (proposed, nobody has recorded it)."
    return f"{level} ({naming.staff(step.by, screen)}, {screen.time(step.at)})."


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
