"""`/missing board`: one message that a room keeps in view, edited as things change.

Where it was typed, since only the people in a room know where they look. One in the whole force: two boards that are
edited at different moments would disagree.
"""

from collections.abc import Callable
from typing import Any

from bot.views import ids
from bot.views.blocks import actions, button, marking, section
from bot.views.message import Message
from handlers.commands.case_commands import Word, WordAsked
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import follow
from handlers.errors import NotDone
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.live_pages.board_keeper import Wanted, want, wanted
from handlers.replies import private, replace_own

Ack = Callable[..., Any]
_COMING = "The board will be in this channel within a few seconds. It is edited as things change; there is only one."


def board(asked: WordAsked) -> Message:
    """`/missing board`. Raises NotDone in a direct message, which no room sees."""
    channel, deps = str(asked.body.get("channel_id", "")), asked.deps
    if channel.startswith("D"):
        raise NotDone("Not put here: a board is for a room. Type /missing board in a private channel.")
    there = deps.ask(lambda: wanted(deps.documents))
    if there is None:
        deps.ask(lambda: want(channel, asked.person, deps))
        return private(_COMING)
    if there.channel == channel:
        return private("The board is in this channel already. Look for the message that begins with “Board”.")
    return _elsewhere(there, channel)


def _elsewhere(there: Wanted, channel: str) -> Message:
    said = f"The board is in <#{there.channel}>. There is one, so that two cannot disagree."
    move = button("Move it to this channel", ids.MOVE_BOARD, channel, spoken="Move the board to this channel")
    return Message(text="The board is in another channel.", blocks=[section(said), actions(move), marking()])


def register(app: Listeners, deps: Dependencies) -> None:
    @app.action(ids.MOVE_BOARD)
    def moved(ack: Ack, body: Body) -> None:
        channel = value_of(body)
        deps.need_known(person_of(body))
        deps.ask(lambda: want(channel, person_of(body), deps))
        ack()
        follow("board moves", body, lambda: replace_own(body, private(_COMING), deps), deps)


WORDS: dict[str, Word] = {"board": board}
