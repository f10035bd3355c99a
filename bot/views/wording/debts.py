"""What is owed on a case, as lines: late first, then by due time; and what was never done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.domain.case import Case, Status
from bot.domain.clocks import Clock, State, clocks, never_done
from bot.domain.events import Closed
from bot.domain.people import Role
from bot.views.screen import Screen
from bot.views.wording import clock_words, words

_SOON = timedelta(minutes=5)


def outstanding(case: Case, screen: Screen) -> list[Clock]:
    return owed(clocks(case, screen.policy))


def owed(all_of_it: Iterable[Clock]) -> list[Clock]:
    """Running or late, which of the two only the time says."""
    return sorted((clock for clock in all_of_it if clock.done is None and clock.due is not None), key=_due)


def late(case: Case, screen: Screen) -> list[Clock]:
    return [clock for clock in outstanding(case, screen) if clock.state(screen.now) is State.BREACHED]


def _due(clock: Clock) -> datetime:
    assert clock.due is not None, "a clock without a due time is off"
    return clock.due


def mark(clock: Clock, screen: Screen) -> str:
    """ "🔺 LATE since 13:45" or "⚪ DUE 13:50": true however long it stands there."""
    at = screen.time(_due(clock))
    if clock.state(screen.now) is State.BREACHED:
        return f"{words.LATE} LATE since {at}"
    return f"{words.DUE} DUE {at}"


def mark_dated(clock: Clock, screen: Screen) -> str:
    """For views that say "as at": there, what is due soon may say so."""
    if clock.state(screen.now) is State.RUNNING and is_soon(clock, screen):
        return f"{words.TAKEN_UP} DUE SOON {screen.time(_due(clock))}"
    return mark(clock, screen)


def is_late(clock: Clock, screen: Screen) -> bool:
    return clock.state(screen.now) is State.BREACHED


def is_soon(clock: Clock, screen: Screen) -> bool:
    """Five minutes, or the last quarter of its time (screens.md, principle 6); late too."""
    soon, _ = turning_points(clock)
    return screen.now >= soon


def turning_points(clock: Clock) -> tuple[datetime, datetime]:
    """When it becomes due soon, and when late."""
    due = _due(clock)
    return due - max(_SOON, (due - clock.started) / 4), due


def on_card(clock: Clock, screen: Screen) -> str:
    return f"{mark(clock, screen)}: {what(clock, screen)}"


def what(clock: Clock, screen: Screen) -> str:
    """What is to be done; once it is late, what is not so."""
    return clock_words.of(clock.key).missing if is_late(clock, screen) else clock_words.due(clock.key)


def in_short(clock: Clock, marked: str, screen: Screen) -> str:
    """ "⚪ DUE 13:45 Owner", and "🔺 LATE since 13:45: no owner": where a row has little room. `marked`: its mark."""
    said = clock_words.of(clock.key)
    return f"{marked}: {said.missing}" if is_late(clock, screen) else f"{marked} {said.title}"


def on_page(clock: Clock, role: Role, screen: Screen) -> str:
    """With its age, which the viewer's Slack keeps fresh, and what ends it."""
    ages = screen.real_time and is_late(clock, screen)
    since = f" ({screen.ago(_due(clock))})" if ages else ""
    owed = in_short(clock, f"{mark(clock, screen)}{since}", screen)
    return f"{owed}. Cleared when: {clock_words.of(clock.key, role).cleared_when}"


def done(clock: Clock, what: str, who: str, screen: Screen, *, ticked: bool = True) -> str:
    assert clock.done is not None, "only a clock that was done says so"
    how = "DONE LATE" if clock.state(screen.now) is State.LATE else "DONE"
    at = screen.time(clock.done)
    by = f", {who}" if who else ""
    mark = f"{words.DONE} " if ticked else ""
    return f"{mark}{how} {at} {what}{by}"


def first_lines(lines: Iterable[str], at_most: int, rest: str) -> str:
    """The first of them; `rest` says where the others are, with their number at {n}."""
    given = list(lines)
    shown = given[:at_most]
    hidden = len(given) - len(shown)
    return "\n".join([*shown, rest.format(n=hidden)] if hidden else shown)


# What was never done on a case that is closed: on the form that closes it, in its closing line and on its
# card.


def undone_lines(case: Case, screen: Screen) -> list[str]:
    """One for each thing, in the order of the clocks; then what nobody asked about the risk. As it stands now."""
    closed = case.ending.closed
    left = never_done(case, screen.policy, closed.at if closed else screen.now)
    not_asked = 0 if case.ending.gone else case.not_answered
    return _lines([clock.key for clock in left], not_asked)


def if_closed(case: Case, screen: Screen) -> list[str]:
    return undone_lines(case, screen) if case.status is Status.CLOSED else []


def when_closed(event: Closed) -> str:
    return _said(_lines(event.undone, event.not_asked))


def said(case: Case, screen: Screen) -> str:
    """ "Never done: no owner; no line of enquiry; 18 risk questions not answered"; empty where nothing is left."""
    return _said(undone_lines(case, screen))


def _said(left: Sequence[str]) -> str:
    return f"Never done: {'; '.join(left)}" if left else ""


def _lines(keys: Sequence[str], not_asked: int) -> list[str]:
    counted = Counter(clock_words.of(key).missing for key in keys)
    asked = [f"{not_asked} risk questions not answered"] if not_asked else []
    return [*(f"{what} (×{many})" if many > 1 else what for what, many in counted.items()), *asked]
