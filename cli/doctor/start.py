"""The same at the start of `missing-bot run`: what is wrong for good stops it; the network is waited for, and said."""

from collections.abc import Callable, Iterable

import structlog

from bot.ports.errors import StoreUnavailable
from cli.compose.shared import Shared
from cli.doctor.examination import outside
from cli.doctor.finding import Finding, FindingState, line
from cli.plainly import Unfit

log = structlog.get_logger()


def fit_to_start(ours: Shared) -> Callable[[], None] | None:
    """Raises Unfit, but never while a case is open: its clocks have to run, and its pages can leave another way.

    They wait for no Slack that hangs either: then it is for the caller to look, beside the start, by what is returned.
    """
    if _is_searched_for(ours):
        return lambda: _say(_found(ours))
    found = _found(ours)
    if stops := [each for each in found if each.stops]:
        raise Unfit("\n".join(map(line, stops)))
    _say(found)
    return None


def _found(ours: Shared) -> list[Finding]:
    return list(outside(ours.settings, ours.policy, lambda what: log.info("before the start", does=what)))


def _is_searched_for(ours: Shared) -> bool:
    """Or may be: a record that does not answer yet may hold a child who is missing."""
    try:
        return bool(ours.quick_stores.cases.open_refs())
    except StoreUnavailable:
        return True


def _say(found: Iterable[Finding]) -> None:
    for each in found:
        match each.state:
            case FindingState.WRONG:
                log.error("to be mended", what=line(each))
            case FindingState.UNKNOWN:
                log.warning("not known yet, and waited for", what=line(each))
