"""What leaves a lane first. Pure.

What rings goes before a new child's card, that before what is said in a thread, and each of them before silent edits,
which wait in a line of their own (`bot.ports.EDITS`). Within each the worst grade goes first, then who has waited
longest.
"""

from bot.domain.grades import Grade
from bot.ports import EDITS

_NEW_CARD, _LINE = 10, 20
_CARD_EDIT = EDITS + 10
_SILENT = {"refresh": EDITS, "answered": EDITS, "owned": EDITS, "shrink": EDITS}


def rank_of(kind: str, grade: Grade | None, *, is_new: bool) -> int:
    """The lower, the sooner. `kind`: the row's; `grade`: the case's running one; `is_new`: it was just opened."""
    behind = Grade.HIGH.rank - grade.rank if grade else 0
    if kind == "card":
        return (_NEW_CARD if is_new else _CARD_EDIT) + behind
    if kind == "line":
        return _LINE + behind
    return _SILENT[kind] + behind if kind in _SILENT else 0
