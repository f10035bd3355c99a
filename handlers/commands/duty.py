"""`/missing handover` and `/missing duty ROLE`."""

from bot.domain.people import HANDED_OVER, Role
from bot.views.message import View
from bot.views.wording import words
from handlers import handovers
from handlers.commands.word import Word, WordAsked
from handlers.errors import NotDone


def handover(asked: WordAsked) -> View:
    return handovers.offering(asked.person, asked.deps)


def duty(asked: WordAsked) -> View:
    """Anybody may look."""
    return handovers.who_has(_role(asked.rest), asked.person, asked.deps)


def _role(typed: str) -> Role:
    """However it was written: "Duty inspector", "duty_inspector". Raises NotDone."""
    named = typed.strip().lower().replace(" ", "_").replace("-", "_")
    found = next((role for role in HANDED_OVER if role.value == named), None)
    if found is None:
        known = ", ".join(words.ROLES[role] for role in sorted(HANDED_OVER))
        raise NotDone(f"Say which role: {known}. Such as /missing duty fim.")
    return found


WORDS: dict[str, Word] = {"handover": handover, "duty": duty}
