"""Help."""

from bot.views.blocks import marking, section
from bot.views.message import Message

HELP = (
    "/missing: report. /missing status REF, list, mine: find. /missing and a number: open it, or report it. "
    "In a thread: @bot status. Never type a name after a slash command."
)


def guide() -> Message:
    return Message(text=HELP, blocks=[section(HELP), marking()])
