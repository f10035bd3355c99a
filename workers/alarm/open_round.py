"""One round through all open cases, slice by slice, so that no round holds the process or the record up.

At ordinary sizes it takes half a minute. Of more cases it takes a minute; and of so many that this would take more than
a small share of a processor, as long as it takes: 100,000 are through within five minutes.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from math import ceil

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.facts import Grade
from bot.ports.cases import CaseStore

SLICE = 100  # cases looked at together, in some ten milliseconds
TURN = 0.3  # machine seconds between two slices, at least
ORDINARY = 1_000  # open cases
HALF_A_MINUTE, A_MINUTE = 30.0, 60.0

Read = Callable[[Sequence[str]], tuple[list[Case], tuple[str, ...]]]


def pause(open_cases: int) -> float:
    """Between two slices, in machine seconds."""
    whole = HALF_A_MINUTE if open_cases <= ORDINARY else A_MINUTE
    return max(TURN, whole / _slices(open_cases))


def _slices(open_cases: int) -> int:
    return max(1, ceil(open_cases / SLICE))


class Slice(Struct, frozen=True, kw_only=True):
    refs: Sequence[str]
    cases: Sequence[Case]
    unpaged: Sequence[str]  # a page was due, and the record has none
    unreadable: Sequence[str]


class OpenRound:
    """What is open all the while is looked at. A case that is opened meanwhile may have to wait for the next round."""

    def __init__(self, cases: CaseStore, read: Read, overdue: Callable[[Sequence[Case]], list[str]]) -> None:
        self._read = read
        self._overdue = overdue
        open_cases = cases.open_count()
        self.pause = pause(open_cases)
        self.lasts = self.pause * _slices(open_cases)
        self._parts = cases.open_in_parts(SLICE)
        self._next = next(self._parts, None)
        self.seen: set[str] = set()
        self.high: set[str] = set()
        self.grades = Counter(dict.fromkeys(Grade, 0))  # of those that can be read, without what trains
        self.is_over = False

    def look_on(self) -> Slice:
        refs = [ref for ref in self._next or () if ref not in self.seen]
        cases, unreadable = self._read(refs)
        self._next = next(self._parts, None)
        self.is_over = self._next is None
        self.seen.update(refs)
        self.high.update(case.ref for case in cases if case.running_grade is Grade.HIGH)
        self.grades.update(case.running_grade for case in cases if not case.training)
        return Slice(refs=refs, cases=cases, unpaged=self._overdue(cases), unreadable=unreadable)
