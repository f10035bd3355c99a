"""What an answer is drawn from."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.events import Entry
from bot.views.screen import Screen


class About(Struct, frozen=True):
    case: Case
    entries: Sequence[Entry]  # its whole record, oldest first
    others: Sequence[Case] = ()  # of the same person record
    unread: tuple[str, ...] = ()  # of the same person record too, and could not be read


def names_in(case: Case, screen: Screen) -> Collection[str]:
    """Words that stand for people where somebody asks about this case: the child's, and of staff on it."""
    held = case.ownership
    staff = [person for person in (held.owner, held.assigned_to, case.reported_by) if person]
    full = [case.child.name, *(screen.directory.name(person) for person in staff)]
    return {word.lower() for name in full for word in name.split() if word.isalpha()}
