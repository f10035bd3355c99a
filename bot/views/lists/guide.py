"""Help: every word that `/missing` knows, and nothing that it does not (screens.md §15)."""

from bot.views import ids
from bot.views.blocks import actions, button, marking, section
from bot.views.message import Message

_LINES = (
    "*/missing*: report a missing child.",
    "*/missing LOG-1042*: open the case of that number, or report it.",
    "*/missing status MC-26-0142*: one case. An incident number finds it too.",
    "*/missing list*: the open cases. *list late*, *high*, *no owner*, *concern*, *mine*; a number turns the page.",
    "*/missing mine*: those that you own, were assigned, or reported.",
    "*/missing board*: one message here that is kept up to date.",
    "*/missing handover*: hand your role over; you stay in it until it is accepted.",
    "*/missing duty fim*: who is FIM now (or another role).",
    "In a case's thread: *@bot status*. The same words in a message to me.",
    "Never type a name after a slash command.",
)


def guide() -> Message:
    practice = button("Practice page", ids.PRACTICE, spoken="Send me a practice page")
    plain = " ".join(line.replace("*", "") for line in _LINES)
    return Message(text=plain, blocks=[section("\n".join(_LINES)), actions(practice), marking()])
