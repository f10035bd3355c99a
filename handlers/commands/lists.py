"""`/missing list` and `/missing mine`: many cases at once."""

from bot.views.listing import listing
from bot.views.message import Message
from handlers.commands.base import Asked, Word


def everything(asked: Asked) -> Message:
    parts = asked.parts
    cases = parts.ask(lambda: parts.cases.load_many(parts.cases.open_refs()))
    parts.viewed(parts.actor(asked.person), "", "list")
    return listing(cases, parts.screen, title="open")


def mine(asked: Asked) -> Message:
    """What I own, and what I am asked to own."""
    parts = asked.parts
    cases = parts.ask(lambda: parts.cases.load_many(parts.cases.open_refs()))
    mine = [case for case in cases if asked.person in (case.owner, case.ownership.assigned_to)]
    parts.viewed(parts.actor(asked.person), "", "mine")
    return listing(mine, parts.screen, title="yours")


WORDS: dict[str, Word] = {"list": everything, "mine": mine}
