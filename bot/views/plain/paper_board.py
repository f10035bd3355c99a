"""The paper board, for when the clocks stop: every open case, with room for a pen. Fits A4 upright at 80 columns."""

import textwrap
from collections.abc import Iterator, Sequence

from bot.domain.clocks import Clock
from bot.ports.cases import OpenCases
from bot.views.blocks import MARKING
from bot.views.lists.reckoned import Reckoned, counted, every, open_now, reckon
from bot.views.plain.plain_text import fitted, one_line, unreadable
from bot.views.screen import Screen
from bot.views.wording import debts, delivery, naming, passed_on, risk_questions, standing, words

WIDE = 80
LONG = 60  # lines of a page; a printer's A4 at six lines an inch has some 66
_SAID = 47
_LONGEST_PAPER_WHY = 60  # reasons, and how many more, in two lines or three
_LONGEST_ASKED = 20  # in one line
_PEN = "|" + " " * 9 + "|" + " " * 20 + "|"
_HEAD, _FOOT = 7, 2
_OWED = 12  # more than any case of the shipped policy owes at once


def board(opened: OpenCases, screen: Screen) -> str:
    """Pages, set apart by form feeds. Highest risk first, then most late; a case is never cut in two."""
    cases = reckon(opened.cases, screen)
    lines = [*_unread(opened), *(_case(each, screen) for each in cases)]
    pages = list(_paged(lines)) or [["Nobody is missing: no case is open."]]
    return "\f".join(
        "\n".join([*_head(cases, screen, number, len(pages)), *page, *_foot()]) + "\n"
        for number, page in enumerate(pages, 1)
    )


def _unread(opened: OpenCases) -> list[list[str]]:
    """A board that is silent about a case would lose a child."""
    said = unreadable(opened.unreadable)
    return [[*said.splitlines(), "-" * WIDE]] if said else []


def _paged(cases: Sequence[list[str]]) -> Iterator[list[str]]:
    page: list[str] = []
    for lines in cases:
        if page and len(page) + len(lines) > LONG - _HEAD - _FOOT:
            yield page
            page = []
        page += lines
    if page:
        yield page


def _head(cases: Sequence[Reckoned], screen: Screen, number: int, of: int) -> list[str]:
    there, all_of_them = screen.now.astimezone(screen.zone), every(cases)
    when = f"{there:%H:%M} on {there.day} {there:%b %Y}"
    return [
        MARKING + f"page {number} of {of}".rjust(WIDE - len(MARKING)),
        f"MISSING: {open_now(all_of_them)} · as at {when}",
        counted(all_of_them, screen),
        "Paper pages nobody. Ring them. Write what was done, by whom and when,",
        "and type it in when the clocks run again.",
        fitted("", _SAID) + "| time    | done by, and what  |",
        "=" * WIDE,
    ]


def _foot() -> list[str]:
    return ["", MARKING]


def _case(each: Reckoned, screen: Screen) -> list[str]:
    case, owed = each.case, each.owed
    said = [
        f"{naming.heading(case)} · {case.incident}",
        *([naming.child(case, screen)] if screen.full else []),
        *(line for why in standing.because(case, _LONGEST_PAPER_WHY) for line in _paper_why(why)),
        *risk_questions.in_short(case, screen, _LONGEST_ASKED),
        standing.category(case),
        f"Police told {screen.time(case.told_at)}",
        words.sentence(standing.owner(case, screen)),
        *map(words.sentence, standing.alert_asked(case)),
        *map(words.sentence, passed_on.in_short(case, screen)),
        *(f"  {said}" for said in delivery.on_their_way(case, screen)),
        *(f"  {_paper_debt(clock, screen)}" for clock in owed[:_OWED]),
        *([f"  and {len(owed) - _OWED} more: missing-bot case show {case.ref}"] if owed[_OWED:] else []),
        *([] if owed else ["  nothing is due"]),
    ]
    return [*(fitted(line, _SAID) + _PEN for line in map(_tidy, said)), "-" * WIDE]


def _paper_why(why: str) -> list[str]:
    return textwrap.wrap(f"HIGH because: {words.lower_first(why)}", _SAID - 1, subsequent_indent="  ")


def _tidy(line: str) -> str:
    indent = "  " if line.startswith("  ") else ""
    return indent + one_line(line)


def _paper_debt(clock: Clock, screen: Screen) -> str:
    return debts.in_short(clock, debts.mark(clock, screen), screen)
