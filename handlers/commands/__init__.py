"""`/missing` and its words. Everything it answers is for the person who typed it."""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from bot.views.lists import guide
from bot.views.message import Message, View
from bot.views.wording import no_case_words
from handlers.commands import audit_word, case_commands
from handlers.commands.case_commands import Word, WordAsked
from handlers.dependencies import Body, Dependencies
from handlers.errors import NotDone
from handlers.listeners import Listeners
from handlers.replies import Followed, as_ephemeral
from handlers.showing import show
from handlers.wire_form import plain

Ack = Callable[..., Any]

WORDS: dict[str, Word] = (
    {"help": lambda _: guide.guide()}
    | case_commands.WORDS
    | case_commands.BOARD_WORDS
    | audit_word.AUDIT_WORDS
)
assert WORDS.keys() - {"help"} == guide.TOLD, "help names every word that there is, and no other"


def register(app: Listeners, deps: Dependencies) -> None:
    @app.command("/missing")
    def missing(ack: Ack, body: Body) -> None:
        said = answer(plain(str(body.get("text") or ""), deps.setting.directory.name), body, deps)
        if isinstance(said, Message):
            ack(**as_ephemeral(said))
            if isinstance(said, Followed):
                said.then()
            return
        ack()
        show(body, said, deps)

    case_commands.register(app, deps)


def answer(typed: str, body: Body, deps: Dependencies) -> Message | View:
    """Raises NotDone for what is not known, for a stranger, and for who may not report."""
    verb, _, rest = typed.strip().partition(" ")
    asked = WordAsked(rest.strip(), body, deps)
    if not verb:
        return case_commands.report(asked)
    deps.need_known(asked.person)
    if known := WORDS.get(verb.lower()):
        return known(asked)
    found = case_commands.by_number(WordAsked(typed.strip(), body, deps))
    if found is None:
        raise NotDone(_unknown(verb, deps))
    return found


def _unknown(typed: str, deps: Dependencies) -> str:
    near = get_close_matches(typed.lower(), WORDS, n=1)
    return no_case_words.not_a_command(
        typed, near[0] if near else None, no_case_words.EXAMPLE, full=deps.setting.full
    )
