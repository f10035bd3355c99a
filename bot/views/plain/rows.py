"""Cases, a line each: highest risk first, then most late."""

from collections.abc import Sequence

from bot.ports.cases import OpenCases
from bot.views.blocks import MARKING
from bot.views.lists.reckoned import Reckoned, counted, reckon
from bot.views.plain.plain_case import headline
from bot.views.plain.text import one_line, unreadable
from bot.views.screen import Screen
from bot.views.wording import debts, delivery, risk_questions, standing

_LONGEST_WHY = 60


def rows(opened: OpenCases, screen: Screen) -> str:
    cases = reckon(opened.cases, screen)
    head = f"{len(cases)} open · {counted(cases)} · as at {screen.time(screen.now)}"
    return "\n".join([head, *_lost(opened.unreadable), *(_row(each, screen) for each in cases), MARKING])


def _lost(refs: Sequence[str]) -> list[str]:
    return [unreadable(refs)] if refs else []


def _row(each: Reckoned, screen: Screen) -> str:
    first = each.owed[0] if each.owed else None
    due = debts.in_short(first, debts.mark_dated(first, screen), screen) if first else "nothing is due"
    since = f"police told {screen.time(each.case.told_at)}"
    why = [
        *standing.because(each.case, _LONGEST_WHY),
        *risk_questions.in_short(each.case, screen, _LONGEST_WHY),
    ]
    said = [headline(each.case, screen), *why, since, one_line(due)]
    paged = [one_line(f"  {said}") for said in delivery.on_their_way(each.case, screen)]
    return "\n".join([" · ".join(said), *paged])
