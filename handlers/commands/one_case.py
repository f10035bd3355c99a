"""`/missing status REF`: how one case stands. `/missing REF` opens it; a number without a case is reported under."""

from bot.views.answering import answers
from bot.views.message import Message, View
from handlers import form as forms
from handlers.commands import reporting
from handlers.commands.base import Asked, Word
from handlers.commands.finding import find, is_ref, look_up, no_such_case, which_case
from handlers.showing import drawn


def status(asked: Asked) -> Message:
    parts = asked.parts
    if not asked.rest.strip():
        raise which_case(parts)
    ref = find(asked.rest, parts)
    case = parts.the_case(ref)
    parts.viewed(parts.actor(asked.person), ref, "status")
    return answers.status(case, parts.screen)


def by_number(asked: Asked) -> View | None:
    """The case of that reference or incident number; else, for a number that has none, its report. None for a word."""
    ref = look_up(asked.rest, asked.parts)
    if ref:
        return drawn(asked.body, ref, asked.parts)
    if is_ref(asked.rest):
        raise no_such_case(asked.rest, asked.parts)
    return reporting.report(asked, incident=asked.rest) if forms.is_reference(asked.rest) else None


WORDS: dict[str, Word] = {"status": status}
