"""What was never done on a case that is closed: on the form that closes it, in its closing line and on its card."""

from collections import Counter

from bot.domain.case import Case, Status
from bot.domain.clocks import Clock, never_done
from bot.views import clock_words, standing
from bot.views.screen import Screen


def lines(case: Case, screen: Screen) -> list[str]:
    """One for each thing, in the order of the clocks; then what nobody asked about the risk."""
    closed = case.ending.closed
    left = never_done(case, screen.policy, closed.at if closed else screen.now)
    said = Counter(_says(clock) for clock in left)
    not_asked = standing.not_known(case)
    asked = [f"{not_asked} risk questions not answered"] if not_asked and not case.ending.gone else []
    return [*(f"{what} (×{many})" if many > 1 else what for what, many in said.items()), *asked]


def if_closed(case: Case, screen: Screen) -> list[str]:
    return lines(case, screen) if case.status is Status.CLOSED else []


def said(case: Case, screen: Screen) -> str:
    """ "Never done: no owner; no line of enquiry; 18 risk questions not answered"; empty where nothing is left."""
    left = lines(case, screen)
    return f"Never done: {'; '.join(left)}" if left else ""


def _says(clock: Clock) -> str:
    words = clock_words.of(clock.key)
    return words.missing or words.late
