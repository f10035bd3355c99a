"""Cases with their debts reckoned, once each, for lists, boards and home pages; the rest by reference."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.clocks import Clock
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.training import TRAINING
from bot.views import limits
from bot.views.blocks import section
from bot.views.lists.in_order import InOrder, in_order
from bot.views.lists.outlines import Outline, outline
from bot.views.message import Block
from bot.views.screen import Screen
from bot.views.wording import debts, words
from bot.views.wording.naming import Named

# Cases without a row of their own, by their references: no child is left out unsaid (screens.md §5).

_IN_A_SECTION = 2400  # characters: two hundred references
_MOST = limits.MESSAGE // len("MC-26-0142, ")  # that a message could name, if it had nothing else
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
    groups: dict[str, list[str]] = {said: [] for said in (*map(words.grade, Grade), TRAINING)}
    said_of = {grade: groups[words.grade(grade)].append for grade in Grade}
    for case in rest:
        (groups[TRAINING].append if case.training else said_of[case.running_grade])(case.ref)
    yield from groups.items()


def size(rest: Sequence[Named]) -> int:
    """Characters that a message must leave so that every reference of these is named."""
    if len(rest) > _MOST:
        return limits.MESSAGE
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


def every(cases: Iterable[Reckoned]) -> InOrder:
    return in_order(outlines_of(cases))


def not_reached(cases: Iterable[Outline]) -> Iterator[tuple[Named, Role, str]]:
    """Who was paged about something that waits, and whom no page has reached; with Slack's word for why."""
    return ((each, role, why) for each in cases for role, why in each.undelivered)


# Training cases are shown after all others and counted apart: a count is of children.


def open_now(cases: InOrder) -> str:
    """ "3 open", "3 open and 1 TRAINING"."""
    children, training = cases.children, len(cases.outlines) - cases.children
    return f"{children} open" + (f" and {training} {TRAINING}" if training else "")


def counted(cases: InOrder, screen: Screen) -> str:
    """ "4 late · 6 due soon · 53 in time · 7 no owner"."""
    late, soon = cases.late(screen.now), cases.due_soon(screen.now)
    in_time = cases.children - late - soon
    return f"{late} late · {soon} due soon · {in_time} in time · {cases.unowned} no owner"
