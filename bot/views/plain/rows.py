"""Cases, a line each: highest risk first, then most late."""

from collections.abc import Sequence

from bot.domain.case import Case
from bot.views import clock_words, debts
from bot.views.blocks import MARKING
from bot.views.listing import by_risk
from bot.views.plain.one_case import headline
from bot.views.plain.text import one_line
from bot.views.screen import Screen


def rows(cases: Sequence[Case], screen: Screen) -> str:
    late = sum(bool(debts.late(case, screen)) for case in cases)
    head = f"{len(cases)} open · {late} late · as at {screen.time(screen.now)}"
    return "\n".join([head, *(_row(case, screen) for case in by_risk(cases, screen)), MARKING])


def _row(case: Case, screen: Screen) -> str:
    owed = debts.outstanding(case, screen)
    due = (
        f"{debts.mark_dated(owed[0], screen)} {clock_words.of(owed[0].key).title}"
        if owed
        else "nothing is due"
    )
    return f"{headline(case, screen)} · {one_line(due)}"
