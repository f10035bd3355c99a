"""Who is meant by what was typed: an id, a name, or enough of one."""

from collections.abc import Mapping

from bot.domain.likeness import words_of
from handlers.errors import NotDone


def find(typed: str, names: Mapping[str, str]) -> str | None:
    """The person's id; None where nobody is meant. Raises NotDone where several may be."""
    wanted = typed.strip().casefold()
    if not wanted:
        return None
    for matches in (_is, _is_part_of):
        found = [
            person for person, name in names.items() if matches(wanted, person.casefold(), name.casefold())
        ]
        if len(found) > 1:
            several = ", ".join(f"{names[person]} ({person})" for person in found[:5])
            raise NotDone(f"Not done. Several people are called that: {several}. Type the one in brackets.")
        if found:
            return found[0]
    return None


def _is(wanted: str, person: str, name: str) -> bool:
    return wanted in (person, name) or sorted(words_of(wanted)) == sorted(words_of(name))


def _is_part_of(wanted: str, _: str, name: str) -> bool:
    """By the letters that are on the keyboard: Głowacki is glowacki."""
    words = words_of(wanted)
    return bool(words) and set(words) <= set(words_of(name))
