"""The board: one message that a room keeps on its wall, edited as things change (screens.md, limits: 31 blocks).

It says when it was true, and times of day only, so it stays true where nobody refreshes it.
"""

from datetime import datetime

from msgspec import Struct

from bot.domain.facts import Grade
from bot.ports.cases import Pulse
from bot.views import limits
from bot.views.blocks import header, marking, plain_section, section
from bot.views.cards import undelivered
from bot.views.lists import reckoned
from bot.views.lists.in_order import InOrder, Open, outlined
from bot.views.lists.listing import opener
from bot.views.lists.reckoned import Reckoned
from bot.views.message import Block, Message
from bot.views.screen import Screen
from bot.views.wording import debts, naming, passed_on, risk_questions, standing

_ROWS = 20
_LONGEST_WHY = 40


class BoardDrawn(Struct, frozen=True, kw_only=True):
    message: Message
    changes_at: datetime | None  # when it says something else though nobody does anything


def board(opened: Open, pulsing: Pulse, screen: Screen) -> BoardDrawn:
    all_open = outlined(opened, screen.policy)
    cases = all_open.every
    head = _head(cases, screen)
    first = cases.which_are_high_or_late(screen.now)[:_ROWS]
    found, unread = all_open.read([each.ref for each in first])
    rowed = [reckoned.reckoned(case, screen) for case in found]
    named = {*unread, *(case.ref for case in found)}
    above = [
        header(head),
        section(standing.said(pulsing, screen)),
        *reckoned.unreadable((*all_open.unreadable, *unread)),
        *undelivered.on_a_list(reckoned.not_reached(cases.outlines), screen),
    ]
    below = [marking("HIGH and late cases in full; others by reference. /missing list has them all.")]
    rest = [each for each in cases.outlines if each.ref not in named]
    left = limits.MESSAGE - limits.size([*above, *below])
    rows = _rows(rowed, screen, left - reckoned.size(rest))
    also = reckoned.also(rest, left - limits.size(rows))
    message = Message(text=f"{head}.", blocks=[*above, *rows, *also, *below])
    return BoardDrawn(message=message, changes_at=cases.changes_after(screen.now))


def _head(cases: InOrder, screen: Screen) -> str:
    high, late = cases.of_grade(Grade.HIGH), cases.late(screen.now)
    when = f"{screen.time(screen.now)}, {screen.date(screen.now)}"
    return f"Board · {reckoned.open_now(cases)} · {high} HIGH · {late} late · {cases.unowned} no owner · as at {when}"


def _rows(rowed: list[Reckoned], screen: Screen, room: int) -> list[Block]:
    """Each with its reason and how long, unless a child would go unnamed for them."""
    if not rowed:
        return [section("No case is HIGH or late.")]
    rows = [_row(each, screen) for each in rowed]
    return rows if limits.size(rows) <= room else [_row(each, screen, briefly=True) for each in rowed]


def _row(each: Reckoned, screen: Screen, *, briefly: bool = False) -> Block:
    case, first = each.case, each.owed[0] if each.owed else None
    due = debts.in_short(first, debts.mark(first, screen), screen) if first else ""
    asks = risk_questions.in_short(case, screen, _LONGEST_WHY)
    why = [*standing.because(case, _LONGEST_WHY), *asks, f"police told {screen.time(case.told_at)}"]
    said = [
        naming.heading(case),
        *([] if briefly else why),
        standing.owner(case, screen),
        *standing.alert_asked(case),
        *passed_on.in_short(case, screen),
        *([due] if due else []),
    ]
    return plain_section(" · ".join(said), opener(case))


def taken_down(screen: Screen) -> Message:
    """Where more people read the channel than the force's own."""
    said = (
        f"The board was taken down at {screen.time(screen.now)}, {screen.date(screen.now)}: this channel is not "
        "private to the force. It comes back once it is. A supervisor can move it: type /missing board in another one."
    )
    return Message(text=said, blocks=[section(said), marking()])


def moved(screen: Screen) -> Message:
    said = f"The board was moved at {screen.time(screen.now)}, {screen.date(screen.now)}. /missing board says where."
    return Message(text=said, blocks=[section(said), marking()])
