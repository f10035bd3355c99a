"""`/missing status REF`: how one case stands. `/missing REF` opens it; a number without a case is reported under."""

from bot.typed_cases import is_ref
from bot.typed_values import is_number
from bot.views.answering import answers
from bot.views.message import Message, View
from handlers.commands import reporting
from handlers.commands.named_case import find, look_up, no_such_case, which_case
from handlers.commands.word import Word, WordAsked
from handlers.showing import drawn


def status(asked: WordAsked) -> Message:
    deps = asked.deps
    if not asked.rest.strip():
        raise which_case(deps)
    ref = find(asked.rest, deps)
    case = deps.the_case(ref)
    deps.viewed(deps.actor(asked.person), ref, "status")
    return answers.status(case, deps.screen)


def by_number(asked: WordAsked) -> View | None:
    """The case of that reference or incident number; else, for a number that has none, its report. None for a word."""
    ref = look_up(asked.rest, asked.deps)
    if ref:
        return drawn(asked.body, ref, asked.deps)
    if is_ref(asked.rest):
        raise no_such_case(asked.rest, asked.deps)
    return reporting.report(asked, incident=asked.rest) if is_number(asked.rest) else None


WORDS: dict[str, Word] = {"status": status}
