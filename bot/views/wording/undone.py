"""What was never done on a case that is closed: on the form that closes it, in its closing line and on its card."""

from collections import Counter
from collections.abc import Sequence

from bot.domain.case import Case, Status
from bot.domain.clocks import never_done
from bot.domain.events import Closed
from bot.views.screen import Screen
from bot.views.wording import clock_words


def lines(case: Case, screen: Screen) -> list[str]:
    """One for each thing, in the order of the clocks; then what nobody asked about the risk. As it stands now."""
    closed = case.ending.closed
    left = never_done(case, screen.policy, closed.at if closed else screen.now)
    not_asked = 0 if case.ending.gone else case.not_answered
    return _lines([clock.key for clock in left], not_asked)


def if_closed(case: Case, screen: Screen) -> list[str]:
    return lines(case, screen) if case.status is Status.CLOSED else []


def when_closed(event: Closed) -> str:
    return _said(_lines(event.undone, event.not_asked))


def said(case: Case, screen: Screen) -> str:
    """ "Never done: no owner; no line of enquiry; 18 risk questions not answered"; empty where nothing is left."""
    return _said(lines(case, screen))


def _said(left: Sequence[str]) -> str:
    return f"Never done: {'; '.join(left)}" if left else ""


def _lines(keys: Sequence[str], not_asked: int) -> list[str]:
    counted = Counter(clock_words.of(key).missing for key in keys)
    asked = [f"{not_asked} risk questions not answered"] if not_asked else []
    return [*(f"{what} (×{many})" if many > 1 else what for what, many in counted.items()), *asked]
