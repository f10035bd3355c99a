"""How a "why?" is asked: in words, or in reference-only mode as a coded reason and the number of a log entry."""

from bot.views import ids
from bot.views.blocks import ask, select, typed
from bot.views.message import Block
from bot.views.screen import Screen


def log_entry_of(field: str) -> str:
    """Block id of the log entry number that goes with the reason in block `field`."""
    return f"{field}_log"


def names(field: str, label: str, question: str, screen: Screen, *, optional: bool = False) -> list[Block]:
    """A few words about who or how; where Slack may carry none, one of a list, and the log has the rest."""
    if screen.full:
        return [ask(field, label, typed(ids.VALUE), optional=optional)]
    return [ask(field, label, select(ids.VALUE, screen.reasons.of(question)), optional=optional)]


def asks(
    field: str,
    label: str,
    question: str,
    screen: Screen,
    *,
    optional: bool = False,
    hint: str = "",
    initial: str = "",
) -> list[Block]:
    """One input, or two; `question` is a list of `config/reasons.toml`. `initial` words only where there may be any."""
    if screen.full:
        words = typed(ids.VALUE, multiline=True, initial=initial)
        return [ask(field, label, words, optional=optional, hint=hint)]
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
