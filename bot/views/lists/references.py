"""Cases without a row of their own, by their references: no child is left out unsaid (screens.md §5)."""

from collections.abc import Sequence

from bot.domain.case import Case
from bot.domain.grades import Grade
from bot.views import limits
from bot.views.blocks import section
from bot.views.message import Block
from bot.views.wording import words

_IN_A_SECTION = 2400  # characters: two hundred references
_A_SECTION = 200  # characters of a section's own JSON, and of "and 14 more"


def also(rest: Sequence[Case], room: int) -> list[Block]:
    """Every reference that fits `room` characters, by grade; what does not is counted, never dropped."""
    blocks: list[Block] = []
    for level in Grade:
        references = [case.ref for case in rest if case.running_grade is level]
        title = f"*Also {words.grade(level)} ({len(references)}):* "
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


def size(rest: Sequence[Case]) -> int:
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
