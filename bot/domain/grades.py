"""Risk grades, as the College of Policing's practice names them."""

from collections.abc import Iterable
from enum import StrEnum


class Grade(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        return _RANKS[self]

    def is_below(self, other: "Grade") -> bool:
        return self.rank < other.rank


_RANKS = {Grade.LOW: 1, Grade.MEDIUM: 2, Grade.HIGH: 3}


def highest(grades: Iterable[Grade | None]) -> Grade | None:
    """The highest of those given; None where there is none."""
    return max((grade for grade in grades if grade), key=lambda grade: grade.rank, default=None)
