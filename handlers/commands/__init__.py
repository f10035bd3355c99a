"""`/missing` and its words. Everything it answers is for the person who typed it.

A family of words is a module with its own `WORDS`; `_FAMILIES` makes one table of them.
"""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from bot.views.lists import guide
from bot.views.message import Message, View
from bot.views.wording import refusal_words
from handlers.commands import board, duties, lists, one_case, reporting
from handlers.commands.base import Asked, Word
from handlers.errors import NotDone
from handlers.listeners import Listeners
from handlers.parts import Body, Parts
from handlers.replies import as_ephemeral
from handlers.showing import show
from handlers.wire_form import plain

Ack = Callable[..., Any]

_FAMILIES = (one_case, lists, board, duties)
WORDS: dict[str, Word] = {"help": lambda _: guide.guide()} | {
    word: answer for family in _FAMILIES for word, answer in family.WORDS.items()
}


def register(app: Listeners, parts: Parts) -> None:
    @app.command("/missing")
    def missing(ack: Ack, body: Body) -> None:
        said = answer(plain(str(body.get("text") or ""), parts.setting.directory.name), body, parts)
        if isinstance(said, Message):
            ack(**as_ephemeral(said))
            return
        ack()
        show(body, said, parts)

    board.register(app, parts)


def answer(typed: str, body: Body, parts: Parts) -> Message | View:
    """Raises NotDone for what is not known, for a stranger, and for who may not report."""
    verb, _, rest = typed.strip().partition(" ")
    asked = Asked(rest.strip(), body, parts)
    if not verb:
        return reporting.report(asked)
    parts.need_known(asked.person)
    if known := WORDS.get(verb.lower()):
        return known(asked)
    found = one_case.by_number(Asked(typed.strip(), body, parts))
    if found is None:
        raise NotDone(_unknown(verb, parts))
    return found


def _unknown(typed: str, parts: Parts) -> str:
    near = get_close_matches(typed.lower(), WORDS, n=1)
    open_refs = parts.ask(parts.cases.open_refs) if near == ["status"] else []
    example = open_refs[-1] if open_refs else refusal_words.EXAMPLE
    return refusal_words.not_a_command(typed, near[0] if near else None, example, full=parts.setting.full)
