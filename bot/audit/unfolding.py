"""A case's entries, each with the case as it stood after it: what every part of an audit is worked out from."""

from collections.abc import Iterable

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.fold import advance


class AfterEntry(Struct, frozen=True):
    entry: Entry
    before: Case | None  # None before the report
    case: Case


History = tuple[AfterEntry, ...]


def history(entries: Iterable[Entry]) -> History:
    """Raises ValueError where they do not begin with a report."""
    told: list[AfterEntry] = []
    case: Case | None = None
    for entry in entries:
        after = advance(case, entry)
        told.append(AfterEntry(entry, case, after))
        case = after
    if not told:
        raise ValueError("A case begins with a report; there was no entry.")
    return tuple(told)
