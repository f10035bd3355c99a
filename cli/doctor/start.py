"""The same at the start of `missing-bot run`: what is wrong for good stops it; the network is waited for, and said."""

import structlog

from bot.ports.errors import StoreUnavailable
from cli.compose.shared import Shared
from cli.doctor.examination import outside
from cli.doctor.finding import Finding, FindingState, line
from cli.plainly import Unfit

log = structlog.get_logger()


def fit_to_start(ours: Shared) -> None:
    """Raises Unfit, but never while a case is open: its clocks have to run, and its pages can leave another way."""
    found = list(outside(ours.settings, ours.policy, lambda what: log.info("before the start", does=what)))
    stops = [each for each in found if each.stops]
    if stops and not _is_searched_for(ours):
        raise Unfit("\n".join(map(line, stops)))
    for each in found:
        _say(each)


def _is_searched_for(ours: Shared) -> bool:
    """Or may be: a record that does not answer yet may hold a child who is missing."""
    try:
        return bool(ours.quick_stores.cases.open_refs())
    except StoreUnavailable:
        return True


def _say(found: Finding) -> None:
    match found.state:
        case FindingState.WRONG:
            log.error("to be mended", what=line(found))
        case FindingState.UNKNOWN:
            log.warning("not known yet, and waited for", what=line(found))
