"""What may be kept here of what people say: by the mode that the force has chosen (domain.md §6), and by how its own
numbers look.
"""

import re
from collections.abc import Callable

from msgspec import Struct

LONGEST_NUMBER = 40  # characters


class NumberShape(Struct, frozen=True):
    """How a force writes a number of its own. `pattern` is of the whole number; people are shown the example."""

    pattern: str
    example: str

    def takes(self, text: str) -> bool:
        return len(text) <= LONGEST_NUMBER and re.fullmatch(self.pattern, text) is not None


# At most one word before the digits, of at most four letters or well known: a child's name is no number.
_KNOWN = "misper|storm|niche|athena|connect|incident"
_USUAL = (
    rf"(?:(?:[A-Z]{{1,4}}|[a-z]{{1,4}}|(?i:{_KNOWN}))[ /-]?)?[0-9]{{1,12}}(?:[/-][0-9]{{1,8}}){{0,3}}[A-Z]?"
)


class Numbers(Struct, frozen=True, kw_only=True):
    """By the name of the field that holds one."""

    incident: NumberShape = NumberShape(_USUAL, "LOG-1042")
    person_ref: NumberShape = NumberShape(_USUAL, "N-20881")

    @classmethod
    def unless_said(cls, *, full: bool) -> "Numbers":
        """Where names are kept, whatever somebody calls an incident is its number."""
        return ANY_NUMBERS if full else cls()

    def of(self, field: str) -> NumberShape:
        found = getattr(self, field, self.incident)
        assert isinstance(found, NumberShape)
        return found


class ContentRules(Struct, frozen=True, kw_only=True):
    """As they stand here, a scenario has them: full content, and numbers of any look."""

    full: bool = True  # False: reference-only mode. No name, no place, nobody's words
    ethnicity: bool = True  # special category data: whether its code is kept
    numbers: Numbers | None = None  # None: of any look
    is_reason: Callable[[str], bool] = lambda _: False  # is that text one of the force's coded reasons?
    # Does it say, in codes, which of the words the incident log has?
    is_in_log: Callable[[str], bool] = lambda _: False


ANY_NUMBERS = Numbers(incident=NumberShape(".+", "LOG-1042"), person_ref=NumberShape(".+", "N-20881"))
FULL_CONTENT = ContentRules()
