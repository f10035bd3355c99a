"""Cases, a line each: highest risk first, then most late."""

from collections.abc import Sequence

from bot.ports import OpenCases
from bot.views import debts, delivery
from bot.views.blocks import MARKING
from bot.views.plain.one_case import headline
from bot.views.plain.text import one_line, unreadable
from bot.views.reckoned import Reckoned, counted, reckon
from bot.views.screen import Screen


def rows(opened: OpenCases, screen: Screen) -> str:
    cases = reckon(opened.cases, screen)
    head = f"{len(cases)} open · {counted(cases)} · as at {screen.time(screen.now)}"
    return "\n".join([head, *_lost(opened.unreadable), *(_row(each, screen) for each in cases), MARKING])


def _lost(refs: Sequence[str]) -> list[str]:
    return [unreadable(refs)] if refs else []


def _row(each: Reckoned, screen: Screen) -> str:
    first = each.owed[0] if each.owed else None
    due = debts.in_short(first, debts.mark_dated(first, screen), screen) if first else "nothing is due"
    paged = [one_line(f"  {said}") for said in delivery.on_their_way(each.case, screen)]
    return "\n".join([f"{headline(each.case, screen)} · {one_line(due)}", *paged])
