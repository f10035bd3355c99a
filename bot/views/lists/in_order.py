"""All open cases in outline, the most urgent first; what is said of all of them is found without going over them.

In that order children come before training, then HIGH before the rest, then what is late before what is not: how many
are late, and which, is found by halving. What the order cannot tell is kept in an order of its own.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import chain, product
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.facts import Grade
from bot.domain.policy import Policy
from bot.ports.cases import OpenCases
from bot.views.lists.outlines import Outline, outline

_URGENCY = attrgetter("urgency")
_ONE_BY_ONE = 20  # changes; more are put in their places together
_GRADES = sorted(Grade, key=lambda grade: -grade.rank)


class _Part(NamedTuple):
    """Where those of one grade stand, of children or of training."""

    is_training: bool
    grade: Grade
    first: int
    end: int


class InOrder(Struct, frozen=True, kw_only=True):
    """Whoever was handed one goes on with it: a change makes another."""

    outlines: Sequence[Outline] = ()
    soon: Sequence[datetime] = ()  # when each child's case first has something due soon
    moments: Sequence[datetime] = ()  # when any debt of any case becomes due soon, or late
    unowned: int = 0  # children's cases

    @property
    def children(self) -> int:
        """How many are no training cases."""
        return self._place((True,))

    def of_grade(self, grade: Grade) -> int:
        """Children's cases."""
        return self._place((False, 1 - grade.rank)) - self._place((False, -grade.rank))

    def late(self, now: datetime) -> int:
        """Children's cases."""
        parts = (part for part in self._parts() if not part.is_training)
        return sum(self._on_time(part, now) - part.first for part in parts)

    def due_soon(self, now: datetime) -> int:
        """Children's cases that are not late yet."""
        return bisect_right(self.soon, now) - self.late(now)

    def which_are_late(self, now: datetime) -> Sequence[Outline]:
        return self._joined((part.first, self._on_time(part, now)) for part in self._parts())

    def which_are_high(self) -> Sequence[Outline]:
        return self._joined((part.first, part.end) for part in self._parts() if part.grade is Grade.HIGH)

    def which_are_high_or_late(self, now: datetime) -> Sequence[Outline]:
        return self._joined(
            (part.first, part.end if part.grade is Grade.HIGH else self._on_time(part, now))
            for part in self._parts()
        )

    def changes_after(self, now: datetime) -> datetime | None:
        """When the next of all debts becomes due soon, or late, by the mere passing of time."""
        place = bisect_right(self.moments, now)
        return self.moments[place] if place < len(self.moments) else None

    def _joined(self, places: Iterator[tuple[int, int]]) -> Sequence[Outline]:
        return list(chain.from_iterable(self.outlines[first:end] for first, end in places))

    def _parts(self) -> Iterator[_Part]:
        first = 0
        for is_training, grade in product((False, True), _GRADES):
            end = self._place((is_training, 1 - grade.rank))
            yield _Part(is_training, grade, first, end)
            first = end

    def _on_time(self, part: _Part, now: datetime) -> int:
        """Where the first of it stands that is not late."""
        return self._place((part.is_training, -part.grade.rank, now + datetime.resolution))

    def _place(self, urgency: tuple[object, ...]) -> int:
        return bisect_left(self.outlines, urgency, key=_URGENCY)

    def changed(self, out: Sequence[Outline], put_in: Sequence[Outline]) -> "InOrder":
        """`out`: as they stand in it."""
        if len(out) + len(put_in) > _ONE_BY_ONE:
            gone = {each.ref for each in out}
            return in_order([*(each for each in self.outlines if each.ref not in gone), *put_in])
        outlines, soon, moments = list(self.outlines), list(self.soon), list(self.moments)
        for each in out:
            del outlines[bisect_left(outlines, each.urgency, key=_URGENCY)]
            _take_out(soon, _soon(each))
            _take_out(moments, each.moments)
        for each in put_in:
            insort(outlines, each, key=_URGENCY)
            _put_in(soon, _soon(each))
            _put_in(moments, each.moments)
        unowned = self.unowned + sum(map(_is_unowned, put_in)) - sum(map(_is_unowned, out))
        return InOrder(outlines=outlines, soon=soon, moments=moments, unowned=unowned)


def in_order(outlines: Sequence[Outline]) -> InOrder:
    return InOrder(
        outlines=sorted(outlines, key=_URGENCY),
        soon=sorted(at for each in outlines for at in _soon(each)),
        moments=sorted(at for each in outlines for at in each.moments),
        unowned=sum(map(_is_unowned, outlines)),
    )


def _soon(each: Outline) -> Sequence[datetime]:
    return () if each.training or each.first_soon is None else (each.first_soon,)


def _is_unowned(each: Outline) -> bool:
    return each.owner is None and not each.training


def _take_out(times: list[datetime], gone: Sequence[datetime]) -> None:
    for at in gone:
        del times[bisect_left(times, at)]


def _put_in(times: list[datetime], new: Sequence[datetime]) -> None:
    for at in new:
        insort(times, at)


# All of them, and the way to those that get a row.


class Outlined(Struct, frozen=True, kw_only=True):
    """Every open case."""

    every: InOrder
    read: Callable[[Sequence[str]], tuple[list[Case], tuple[str, ...]]]
    """Those of these references that can be read, in that order, and the others."""
    unreadable: tuple[str, ...] = ()

    @property
    def outlines(self) -> Sequence[Outline]:
        """The most urgent first."""
        return self.every.outlines


Open = Outlined | OpenCases


def outlined(opened: Open, policy: Policy) -> Outlined:
    if isinstance(opened, Outlined):
        return opened
    known = {case.ref: case for case in opened.cases}
    return Outlined(
        every=in_order([outline(case, policy) for case in opened.cases]),
        read=lambda refs: ([known[ref] for ref in refs], ()),
        unreadable=opened.unreadable,
    )
