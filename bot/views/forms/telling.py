"""Who outside was told, how, when, and who was spoken to (screens.md §8)."""

from bot.domain.case import Case
from bot.views import ids
from bot.views.blocks import ask, checkboxes, marking, modal, section
from bot.views.forms import moments, reason_inputs
from bot.views.message import View
from bot.views.screen import Screen
from bot.views.wording import naming, words


def telling(case: Case, screen: Screen, _: str = "") -> View:
    """An inspector asks by whom, when, and who there knows it (HMICFRS on Wiltshire Police, 2022–23)."""
    choices = {who: words.sentence(name) for who, name in naming.TOLD.items()}
    return modal(
        ids.TELLING,
        "Who was told",
        [
            section(f"*{naming.heading(case)}*"),
            ask("who", "Who was told", checkboxes(ids.VALUE, choices)),
            *reason_inputs.names("how", "How", "how_told", screen, optional=True),
            moments.ask_when("when", "When", screen),
            *reason_inputs.names("took", "Who did you speak to?", "took", screen),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )
