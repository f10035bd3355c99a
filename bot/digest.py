"""Pending pages of one lane → posts. Live delivery and a replay ask the same function. Pure.

One post per case; more than the force's number of cases at one moment, or what came due while the clocks stood
still: one digest, highest risk first, then most overdue (domain.md §5; screens.md §5).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.events import Acknowledged, Entry, Paged, PageLine
from bot.domain.facts import Grade
from bot.domain.grading import urgency
from bot.domain.people import Role
from bot.ports.outbox import Outgoing


class PagedCase(Struct, frozen=True, kw_only=True):
    """One case in a post: every clock that it is paged about, and the rows that this answers."""

    ref: str
    rows: tuple[Outgoing, ...]

    @property
    def lines(self) -> tuple[PageLine, ...]:
        """The newest line of each clock."""
        return tuple({line.clock: line for row in self.rows for line in row.lines}.values())

    @property
    def at(self) -> datetime:
        return self.rows[0].at


class Post(Struct, frozen=True, kw_only=True):
    role: Role
    cases: tuple[PagedCase, ...]
    is_digest: bool


def compose(
    rows: Sequence[Outgoing], grades: dict[str, Grade], *, digest_over: int, caught_up: bool = False
) -> list[Post]:
    """The posts for these page rows, all of one lane. `grades` are the running grades of their cases."""
    by_case: dict[str, list[Outgoing]] = {}
    for row in rows:
        by_case.setdefault(row.ref, []).append(row)
    cases = [PagedCase(ref=ref, rows=tuple(together)) for ref, together in by_case.items()]
    cases.sort(key=lambda case: urgency(grades[case.ref], case.at, case.ref))
    if len(cases) > (1 if caught_up else digest_over):
        return [Post(role=_role(cases[0]), cases=tuple(cases), is_digest=True)]
    return [Post(role=_role(case), cases=(case,), is_digest=False) for case in cases]


def _role(case: PagedCase) -> Role:
    role = case.rows[0].role
    assert role is not None, "a page is to a role"
    return role


# Which pages join a card that is there already, by edit, instead of ringing a second time. Pure.

WITHIN = timedelta(minutes=1)


class RungCard(Struct, frozen=True):
    page: int  # number of the entry whose page rang
    since: datetime
    lines: tuple[PageLine, ...]

    def takes(self, at: datetime) -> bool:
        return at - self.since < WITHIN


def lines_joined(entries: Sequence[Entry], page: Outgoing) -> tuple[PageLine, ...]:
    """What stands on the card that `page` joins; nothing where it is a new post. `entries`: the case's whole record."""
    card = card_joined(entries, page)
    return card.lines if card else ()


def card_joined(entries: Sequence[Entry], page: Outgoing) -> RungCard | None:
    """None where it is a new post."""
    card: RungCard | None = None
    for number, entry in enumerate(entries[: page.version - 1], start=1):
        match entry.event:
            case Acknowledged():
                card = None
            case Paged(lines=lines):
                rung = RungCard(number, entry.at, tuple(line for line in lines if line.role is page.role))
                card = _after(card, rung)
    return card if card and card.takes(page.at) else None


def _after(card: RungCard | None, newer: RungCard) -> RungCard | None:
    if not newer.lines:
        return card
    if card and card.takes(newer.since):
        return RungCard(card.page, card.since, (*card.lines, *newer.lines))
    return newer
