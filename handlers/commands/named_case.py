"""The case that somebody typed in Slack, or what to say where there is none."""

from bot.typed_cases import found_in, not_among
from bot.views.wording import refusal_words
from handlers.dependencies import Dependencies
from handlers.errors import NotDone


def find(typed: str, deps: Dependencies) -> str:
    """The case's reference. Raises NotDone."""
    found = look_up(typed, deps)
    if found is None:
        raise no_such_case(typed, deps)
    return found


def look_up(typed: str, deps: Dependencies) -> str | None:
    return deps.ask(lambda: found_in(deps.cases, typed))


def which_case(deps: Dependencies) -> NotDone:
    """Nothing was typed where a case belongs."""
    refs = deps.ask(deps.cases.open_refs)
    return NotDone(refusal_words.which_case(refs[0] if len(refs) == 1 else refusal_words.EXAMPLE))


def no_such_case(typed: str, deps: Dependencies) -> NotDone:
    return NotDone(not_among(deps.ask(deps.cases.open_refs), typed, full=deps.setting.full))
