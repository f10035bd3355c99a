"""`/missing status REF`: how one case stands."""

from bot.views import answers
from bot.views.message import Message
from handlers.commands.base import Asked, Word
from handlers.commands.finding import find


def status(asked: Asked) -> Message:
    parts = asked.parts
    ref = find(asked.rest, parts)
    case = parts.the_case(ref)
    parts.viewed(parts.actor(asked.person), ref, "status")
    return answers.status(case, parts.screen)


WORDS: dict[str, Word] = {"status": status}
