"""Which of the open cases a list shows, and from where: carried by its buttons, so that no server has to remember."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.grades import Grade
from bot.views.lists.reckoned import Reckoned

ROWS = 20  # on one page


class Filter(StrEnum):
    LATE = "late"
    HIGH = "high"
    NO_OWNER = "no owner"
    CONCERN = "concern"
    MINE = "mine"
    ALL = "all"

    @property
    def label(self) -> str:
        return self.value.capitalize()


def is_of(person: str, case: Case) -> bool:
    """Who owns it, was assigned, or reported it: a call handler's are those they took the call about."""
    return person in (case.owner, case.ownership.assigned_to, case.reported_by)


_KEEPS: dict[Filter, Callable[[Reckoned, str], bool]] = {
    Filter.LATE: lambda each, _: each.is_late,
    Filter.HIGH: lambda each, _: each.case.running_grade is Grade.HIGH,
    Filter.NO_OWNER: lambda each, _: each.case.owner is None,
    Filter.CONCERN: lambda each, _: each.case.is_concern,
    Filter.MINE: lambda each, person: is_of(person, each.case),
    Filter.ALL: lambda *_: True,
}


class Shown(Struct, frozen=True):
    """One page of one filter."""

    filter: Filter = Filter.ALL
    page: int = 1

    @property
    def value(self) -> str:
        """As a button carries it."""
        return f"{self.filter.value} {self.page}"

    def turned(self, by: int) -> "Shown":
        return Shown(self.filter, self.page + by)


def read(text: str) -> Shown | None:
    """A button's value, or what somebody typed: "no owner 2", "late", "3", ""; None where it is none of these."""
    found = re.fullmatch(r"([a-z ]*?)\s*(\d{1,4})?", " ".join(text.lower().split()))
    if found is None or (found[1] or "all") not in set(Filter):
        return None
    return Shown(Filter(found[1] or "all"), max(1, int(found[2] or 1)))


class ListPage(Struct, frozen=True, kw_only=True):
    """What a filter leaves of the open cases, and the rows of one page of it."""

    shown: Shown
    rows: tuple[Reckoned, ...]
    kept: int  # by the filter, on all pages
    pages: int


def page_of(cases: Sequence[Reckoned], person: str, shown: Shown) -> ListPage:
    """Past the end, the last page: cases are closed while somebody turns pages."""
    kept = [each for each in cases if _KEEPS[shown.filter](each, person)]
    pages = max(1, -(-len(kept) // ROWS))
    page = min(shown.page, pages)
    first = (page - 1) * ROWS
    return ListPage(
        shown=Shown(shown.filter, page),
        rows=tuple(kept[first : first + ROWS]),
        kept=len(kept),
        pages=pages,
    )
