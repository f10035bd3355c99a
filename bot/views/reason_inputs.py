"""How a "why?" is asked: in words, or in reference-only mode as a coded reason and the number of a log entry."""

from bot.views import ids
from bot.views.blocks import ask, select, typed
from bot.views.message import Block
from bot.views.screen import Screen


def log_entry_of(field: str) -> str:
    """Block id of the log entry number that goes with the reason in block `field`."""
    return f"{field}_log"


def asks(
    field: str, label: str, question: str, screen: Screen, *, optional: bool = False, hint: str = ""
) -> list[Block]:
    """One input, or two; `question` is a list of `config/reasons.toml`."""
    if screen.full:
        return [ask(field, label, typed(ids.VALUE, multiline=True), optional=optional, hint=hint)]
    chosen = select(ids.VALUE, screen.reasons.of(question), "Choose a reason")
    return [
        ask(field, label, chosen, optional=optional, hint=hint),
        ask(
            log_entry_of(field),
            "Log entry no.",
            typed(ids.VALUE, placeholder="Digits. The words stay in the log."),
            optional=optional,
        ),
    ]
