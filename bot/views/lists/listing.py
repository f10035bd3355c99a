"""Lists of cases: the highest risk first, then the most overdue; a page at a time, with its filters as buttons."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.case import Case
from bot.views import ids, limits
from bot.views.blocks import actions, button, header, marking, modal, section
from bot.views.lists import reckoned
from bot.views.lists.in_order import InOrder, Open, Outlined, outlined
from bot.views.lists.outlines import Outline
from bot.views.lists.reckoned import Reckoned, counted, reckon
from bot.views.message import Block, Message, View
from bot.views.screen import Screen
from bot.views.wording import debts, delivery, naming, risk_questions, standing

# Which of the open cases a list shows, and from where: carried by its buttons, so that no server has to
# remember.

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


_KEEPS: dict[Filter, Callable[[InOrder, str, datetime], Sequence[Outline]]] = {
    Filter.LATE: lambda every, _, now: every.which_are_late(now),
    Filter.HIGH: lambda every, *_: every.which_are_high(),
    Filter.NO_OWNER: lambda every, *_: [each for each in every.outlines if each.owner is None],
    Filter.CONCERN: lambda every, *_: [each for each in every.outlines if each.is_concern],
    Filter.MINE: lambda every, person, _: [each for each in every.outlines if _is_theirs(each, person)],
    Filter.ALL: lambda every, *_: every.outlines,
}


def _is_theirs(each: Outline, person: str) -> bool:
    return person in each.people and person in (each.owner, each.assigned_to, each.reported_by)


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
    """What a filter leaves of the open cases, and the rows of one page of it, which alone are read."""

    shown: Shown
    rows: tuple[Reckoned, ...]
    unread: tuple[str, ...]  # what cannot be read of those that belong on it
    kept: int  # by the filter, on all pages
    pages: int


def page_of(opened: Outlined, person: str, shown: Shown, screen: Screen) -> ListPage:
    """Past the end, the last page: cases are closed while somebody turns pages."""
    kept = _KEEPS[shown.filter](opened.every, person, screen.now)
    pages = max(1, -(-len(kept) // ROWS))
    page = min(shown.page, pages)
    first = (page - 1) * ROWS
    found, unread = opened.read([each.ref for each in kept[first : first + ROWS]])
    return ListPage(
        shown=Shown(shown.filter, page),
        rows=tuple(reckoned.reckoned(case, screen) for case in found),
        unread=unread,
        kept=len(kept),
        pages=pages,
    )


_LONGEST_WHY = 60
_OFFERED = (Filter.LATE, Filter.HIGH, Filter.NO_OWNER, Filter.CONCERN, Filter.MINE, Filter.ALL)


def listing(opened: Open, person: str, shown: Shown, screen: Screen) -> Message:
    """The answer to `/missing list`: one page of what this person asked for."""
    found = outlined(opened, screen.policy)
    page = page_of(found, person, shown, screen)
    head = f"{reckoned.open_now(found.every)} · as at {screen.time(screen.now)}"
    return Message(
        text=f"{title(page)}; {head}.",
        blocks=[
            header(head),
            *reckoned.unreadable((*found.unreadable, *page.unread)),
            section(counted(found.every, screen)),
            *paged(page, screen),
            marking(),
        ],
    )


def paged(page: ListPage, screen: Screen) -> list[Block]:
    """Filters, rows, and the way to the next page: the same in a list and on a home page."""
    rows = [row(each, screen) for each in page.rows]
    return [
        _filters(page.shown),
        section(f"*{title(page)}*"),
        *(rows or [_nothing(page.shown)]),
        *_turn(page),
    ]


def title(page: ListPage) -> str:
    """ "Late: 21 to 40 of 63"."""
    label = page.shown.filter.label
    if page.pages == 1:
        return f"{label}: {page.kept}"
    first = (page.shown.page - 1) * ROWS + 1
    return f"{label}: {first} to {min(first + ROWS - 1, page.kept)} of {page.kept}"


def _nothing(shown: Shown) -> Block:
    nothing = {
        Filter.MINE: "None that you own, were assigned, or reported.",
        Filter.ALL: "No case is open.",
    }
    return section(nothing.get(shown.filter, "None."))


def _filters(shown: Shown) -> Block:
    buttons = [
        button(
            each.label,
            f"{ids.LIST}_{each.name.lower()}",
            Shown(each).value,
            primary=each is shown.filter,
            spoken=f"Show {'mine' if each is Filter.MINE else f'{each.value} cases'}",
        )
        for each in _OFFERED
    ]
    return actions(*buttons, button("Refresh", f"{ids.LIST}_refresh", shown.value, spoken="Refresh the list"))


def _turn(page: ListPage) -> list[Block]:
    shown, buttons = page.shown, []
    if shown.page > 1:
        buttons.append(button(f"Previous {ROWS}", f"{ids.LIST}_previous", shown.turned(-1).value))
    if shown.page < page.pages:
        left = min(ROWS, page.kept - shown.page * ROWS)
        buttons.append(button(f"Next {left}", f"{ids.LIST}_next", shown.turned(1).value))
    return [actions(*buttons)] if buttons else []


def row(each: Reckoned, screen: Screen) -> Block:
    case = each.case
    said = [
        naming.heading(case),
        *standing.because(case, _LONGEST_WHY),
        *risk_questions.in_short(case, screen, _LONGEST_WHY),
        standing.how_long(case, screen),
        standing.owner(case, screen),
        _first(each, screen),
    ]
    paged = [*delivery.on_their_way(case, screen), *standing.quietened(case, screen)]
    return section("\n".join([" · ".join(said), *paged]), accessory=opener(case))


def _first(each: Reckoned, screen: Screen) -> str:
    if not each.owed:
        return "nothing is due"
    first = each.owed[0]
    return debts.in_short(first, debts.mark_dated(first, screen), screen)


def opener(case: Case) -> Block:
    return button("Open", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}")


def all_that_wait(cases: Sequence[Case], unreadable: Sequence[str], screen: Screen) -> View:
    """What a digest stands for: rows for the first, references for the rest."""
    ordered = reckon(cases, screen)
    rest = reckoned.outlines_of(ordered[ROWS:])
    blocks = [
        section(f"*{len(ordered)} wait · as at {screen.time(screen.now)}*"),
        *reckoned.unreadable(unreadable),
        *([] if ordered else [section("No page is open for you now.")]),
        *(row(each, screen) for each in ordered[:ROWS]),
        *reckoned.also(rest, limits.MESSAGE),
        marking(),
    ]
    return modal(ids.MANY, "All that wait", blocks)
