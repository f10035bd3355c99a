"""Lists of cases: the highest risk first, then the most overdue; a page at a time, with its filters as buttons."""

from collections.abc import Sequence

from bot.domain.case import Case
from bot.ports.cases import OpenCases
from bot.views import ids, limits
from bot.views.blocks import actions, button, header, marking, modal, section
from bot.views.lists import references
from bot.views.lists.filters import ROWS, Filter, ListPage, Shown, page_of
from bot.views.lists.reckoned import Reckoned, counted, reckon
from bot.views.message import Block, Message, View
from bot.views.screen import Screen
from bot.views.wording import debts, delivery, naming, risk_questions, standing

_LONGEST_WHY = 60
_OFFERED = (Filter.LATE, Filter.HIGH, Filter.NO_OWNER, Filter.CONCERN, Filter.MINE, Filter.ALL)


def listing(opened: OpenCases, person: str, shown: Shown, screen: Screen) -> Message:
    """The answer to `/missing list`: one page of what this person asked for."""
    cases = reckon(opened.cases, screen)
    page = page_of(cases, person, shown)
    head = f"{len(cases)} open · as at {screen.time(screen.now)}"
    return Message(
        text=f"{title(page)}; {head}.",
        blocks=[
            header(head),
            *references.unreadable(opened.unreadable),
            section(counted(cases)),
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
    return f"{label}: {first} to {first + len(page.rows) - 1} of {page.kept}"


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
    paged = delivery.on_their_way(case, screen)
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
    rest = [each.case for each in ordered[ROWS:]]
    blocks = [
        section(f"*{len(ordered)} wait · as at {screen.time(screen.now)}*"),
        *references.unreadable(unreadable),
        *([] if ordered else [section("No page is open for you now.")]),
        *(row(each, screen) for each in ordered[:ROWS]),
        *references.also(rest, limits.MESSAGE),
        marking(),
    ]
    return modal(ids.MANY, "All that wait", blocks)
