"""The one permission table, printed: who reads what, and who may take which step."""

from collections.abc import Iterable, Iterator

import bot.domain.commands  # noqa: F401 - the steps are declared as it is read
from bot.domain.declared import STEPS, Declared
from bot.domain.people import BY_RANK, Role
from bot.domain.permissions import OF_OWN_CASE, OF_SUPERVISORS, Look
from bot.views.wording import words

_ROLES = tuple(role for role in BY_RANK if role is not Role.OWNER)
_YES, _NO = "yes", "–"
_OWN = "of that case"


def page() -> str:
    """Markdown."""
    roles = [words.ROLES[role] for role in _ROLES]
    reads = (_look(look) for look in Look)
    steps = (_step(declared) for declared in STEPS.values() if declared.verb)
    return "\n".join(
        [
            *_table(["read", "whoever holds a role", "to whom a role is offered", "whose case it is"], reads),
            "",
            *_table(["step", *roles], steps),
            "",
        ]
    )


def _look(look: Look) -> list[str]:
    if look in OF_SUPERVISORS:
        return [look.value, "supervisors and above", _NO, _NO]
    return [look.value, _YES, _YES, _OWN if look in OF_OWN_CASE else _NO]


def _step(declared: Declared) -> list[str]:
    """Without roles it depends on the person, and on what stands on the case."""
    if not declared.may:
        return [declared.verb, *["who is named" for _ in _ROLES]]
    return [declared.verb, *(_YES if role in declared.may else _NO for role in _ROLES)]


def _table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
