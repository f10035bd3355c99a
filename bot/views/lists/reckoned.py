"""Cases with their debts reckoned, once each, for lists, boards and home pages; the rest by reference."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.clocks import Clock
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.training import TRAINING
from bot.views import limits
from bot.views.blocks import section
from bot.views.lists.outlines import Outline, outline
from bot.views.message import Block
from bot.views.screen import Screen
from bot.views.wording import debts, words
from bot.views.wording.naming import Named

# Cases without a row of their own, by their references: no child is left out unsaid (screens.md §5).

_IN_A_SECTION = 2400  # characters: two hundred references
_A_SECTION = 200  # characters of a section's own JSON, and of "and 14 more"


def also(rest: Sequence[Named], room: int) -> list[Block]:
    """Every reference that fits `room` characters, by grade; what does not is counted, never dropped."""
    blocks: list[Block] = []
    for said, references in _groups(rest):
        title = f"*Also {said} ({len(references)}):* "
        while references:
            longest = min(_IN_A_SECTION, room - limits.size(blocks) - _A_SECTION)
            shown, taken = limits.pack(references, longest)
            if not taken:
                break
            references = references[taken:]
            blocks.append(section(title + shown))
            title = ""
        if references:
            blocks.append(section(f"{title}and {len(references)} more"))
    return blocks


def _groups(rest: Sequence[Named]) -> Iterator[tuple[str, list[str]]]:
    """Children's cases by grade, then those of training."""
    for level in Grade:
        yield (
            words.grade(level),
            [case.ref for case in rest if case.running_grade is level and not case.training],
        )
    yield TRAINING, [case.ref for case in rest if case.training]


def size(rest: Sequence[Named]) -> int:
    """Characters that a message must leave so that every reference of these is named."""
    return limits.size(also(rest, 100 * limits.MESSAGE)) + _A_SECTION


def unreadable(refs: Sequence[str]) -> list[Block]:
    """Cases that are open, and that the program cannot read: said loudly, since no clock of theirs can be shown."""
    if not refs:
        return []
    count = "1 case" if len(refs) == 1 else f"{len(refs)} cases"
    shown, taken = limits.pack(refs, _IN_A_SECTION)
    more = f" and {len(refs) - taken} more" if taken < len(refs) else ""
    return [section(f"{words.LATE} *{count} could not be read:* {shown}{more}. Call the technician.")]


class Reckoned(Struct, frozen=True, kw_only=True):
    """For a row: the case itself, in outline, and what is owed on it, in the same order."""

    case: Case
    outline: Outline
    owed: tuple[Clock, ...]  # late first, since by due time


def reckon(cases: Iterable[Case], screen: Screen) -> list[Reckoned]:
    """The highest risk first, then the most overdue; training cases after every child's."""
    return sorted((reckoned(case, screen) for case in cases), key=lambda each: each.outline.urgency)


def reckoned(case: Case, screen: Screen) -> Reckoned:
    return Reckoned(
        case=case, outline=outline(case, screen.policy), owed=tuple(debts.outstanding(case, screen))
    )


def outlines_of(cases: Iterable[Reckoned]) -> list[Outline]:
    return [each.outline for each in cases]


def changes_at(cases: Iterable[Outline], screen: Screen) -> datetime | None:
    """When the next debt becomes late or due soon by the mere passing of time; None: nothing will."""
    coming = (each.changes_after(screen.now) for each in cases)
    return min((at for at in coming if at is not None), default=None)


def not_reached(cases: Iterable[Outline]) -> Iterator[tuple[Named, Role, str]]:
    """Who was paged about something that waits, and whom no page has reached; with Slack's word for why."""
    return ((each, role, why) for each in cases for role, why in each.undelivered)


def children(cases: Iterable[Outline]) -> list[Outline]:
    """Without training cases, which are shown after all others and counted apart: a count is of children."""
    return [each for each in cases if not each.training]


def open_now(cases: Sequence[Outline]) -> str:
    """ "3 open", "3 open and 1 TRAINING"."""
    real = len(children(cases))
    return f"{real} open" + (f" and {len(cases) - real} {TRAINING}" if real < len(cases) else "")


def counted(every: Iterable[Outline], screen: Screen) -> str:
    """ "4 late · 6 due soon · 53 in time · 7 no owner"."""
    cases, now = children(every), screen.now
    late = sum(each.is_late(now) for each in cases)
    soon = sum(each.is_soon(now) for each in cases) - late
    unowned = sum(each.owner is None for each in cases)
    return f"{late} late · {soon} due soon · {len(cases) - late - soon} in time · {unowned} no owner"
