"""Which case a message belongs to: chosen, or typed."""

from collections.abc import Sequence

from bot.domain.case import Case
from bot.views import ids, limits
from bot.views.blocks import ask, marking, modal, section, select, typed
from bot.views.lists import reckoned
from bot.views.message import View
from bot.views.screen import Screen
from bot.views.wording import naming

REFERENCE = "reference"
WORDS = "words"


def which_case(cases: Sequence[Case], unreadable: Sequence[str], words: str, screen: Screen) -> View:
    """`cases`: the newest open ones, as many as a menu holds; `unreadable`: those of them that it cannot offer.

    `words`: the message's, which are seen and can be changed; empty in reference-only mode.
    """
    choices = {
        case.ref: limits.clip(f"{naming.heading(case)} · {case.incident}", limits.OPTION) for case in cases
    }
    offered = ask("case", "Case", select(ids.VALUE, choices), optional=True)
    number = typed(ids.VALUE, placeholder="MC-26-0142, or an incident number")
    return modal(
        ids.WHICH_CASE,
        "Add to which case?",
        [
            *reckoned.unreadable(unreadable),
            *([offered] if choices else []),
            ask(REFERENCE, "Or its number", number, optional=True),
            *([ask(WORDS, "Its words", typed(ids.VALUE, initial=words, multiline=True))] if words else []),
            section(_next(screen)),
            marking(),
        ],
        submit="Next",
        close="Cancel",
    )


def _next(screen: Screen) -> str:
    if screen.full:
        return "Next: its words, which you can change before they are saved."
    return "Next: a reason and a log entry. Its words are not taken over."
