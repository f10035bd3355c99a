"""The child is found. Found is not seen: the case stays open until somebody has (HMICFRS, Cleveland, 2025)."""

from bot.domain.case import Case
from bot.views import ids
from bot.views.blocks import ask, marking, modal, radio, section
from bot.views.forms import moments, reason_inputs
from bot.views.message import View
from bot.views.screen import Screen
from bot.views.wording import naming

SEEN_BY = {"police": "Police", "other": "Another professional, in person", "nobody": "Nobody yet"}


def locating(case: Case, screen: Screen, _: str = "") -> View:
    return modal(
        ids.LOCATING,
        "Child located",
        [
            section(f"*{naming.heading(case)}*"),
            *reason_inputs.asks("where", "Where is the child?", "located", screen),
            moments.ask_when("when", "When", screen),
            ask("seen", "Who has seen the child in person?", radio(ids.VALUE, SEEN_BY)),
            *reason_inputs.names(
                "seen_by", "Who saw the child? Their name", "interviewer", screen, optional=True
            ),
            section("A phone call does not count as seen. The case stays open."),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )
