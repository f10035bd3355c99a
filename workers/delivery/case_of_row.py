"""Reading the case behind a row. Its row was written in the same append: where the case is not there, it was lost."""

from collections.abc import Sequence

import structlog

from bot.domain.case import Case
from bot.domain.events import Entry
from bot.ports.cases import CaseStore
from bot.ports.errors import Unreadable

log = structlog.get_logger()


def case_of(cases: CaseStore, ref: str) -> Case:
    """Raises Unreadable."""
    case = cases.load(ref)
    if case is None:
        raise Unreadable(ref, "it is gone")
    return case


def history_of(cases: CaseStore, ref: str) -> Sequence[Entry]:
    """Empty where it cannot be read: a page says what is needed now from the case alone, and does not wait."""
    try:
        return cases.entries(ref)
    except Unreadable as why:
        log.error("paged without its history", why=str(why))
        return ()
