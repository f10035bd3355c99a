"""Every open case in outline, as one process knows it: so that a list reads what it shows, and what has changed.

It is a cache of what the cases' clocks say, and is believed of nothing that has gone on: each look asks the record
which cases are open and how far each of them has come, and reads anew what is elsewhere by now. Every release's append
writes that mark with the step itself, so an older one beside us, a record that was put back and a key that was changed
are noticed as any step is. What has no mark, and what could not be read, is read at each look. Nothing of it is stored.
"""

from collections.abc import Collection, Mapping, Sequence
from threading import Lock
from typing import NamedTuple

import structlog

from bot.domain.case import Case
from bot.domain.policy import Policy
from bot.ports.cases import CaseStore, Mark, entries_at
from bot.views.lists.in_order import InOrder, Outlined
from bot.views.lists.outlines import Outline, outline

log = structlog.get_logger()

_PROVED = 10
_TOGETHER = 500  # cases in memory at once


class _InBook(NamedTuple):
    mark: Mark | None  # None: nothing says whether it has gone on
    outline: Outline


class _Known(NamedTuple):
    """Another one after each change: whoever was handed one goes on with it."""

    held: Mapping[str, _InBook]
    marks: Mapping[str, Mark | None]  # of what is held, where there is one
    every: InOrder

    def is_as(self, marks: Mapping[str, Mark | None]) -> bool:
        """As mostly: then thousands are not looked at one by one."""
        return self.marks == marks and len(self.held) == len(marks)


class OpenBook:
    def __init__(self, cases: CaseStore, policy: Policy) -> None:
        self._cases = cases
        self._policy = policy
        self._putting = Lock()  # never held while the record is asked
        self._known = _Known({}, {}, InOrder())
        self._asked = 0  # how often it was to read anew

    def look(self, cases: CaseStore | None = None) -> Outlined:
        """As the record stands now. `cases`: the record, over another line. Raises StoreUnavailable."""
        cases = cases or self._cases
        marks, known = cases.open_marks(), self._known
        unread: list[str] = []
        if not known.is_as(marks):
            known, unread = self._caught_up(cases, marks)
        return Outlined(every=known.every, read=cases.readable, unreadable=tuple(sorted(unread)))

    def _caught_up(self, cases: CaseStore, marks: Mapping[str, Mark | None]) -> tuple[_Known, list[str]]:
        """And what cannot be read."""
        known = self._known.held
        changed = [ref for ref, mark in marks.items() if not _is_known(known.get(ref), mark)]
        fresh: dict[str, _InBook] = {}
        unread: list[str] = []
        for start in range(0, len(changed), _TOGETHER):
            found, lost = cases.readable(changed[start : start + _TOGETHER])
            fresh |= self._fresh(marks, found)
            unread += lost
        with self._putting:
            self._put(fresh, {*unread, *(self._known.held.keys() - marks.keys())})
            return self._known, unread

    def read_anew(self, refs: Sequence[str], cases: CaseStore) -> tuple[list[Case], tuple[str, ...]]:
        """Those of these that can be read, and the others; what was known of them is put right. `cases`: the record,
        over whichever line. Raises StoreUnavailable.

        What has gone on is put into outline, and of the rest each case once in so many rounds: to find a fault of
        ours."""
        marks, known = cases.marks(refs), self._known.held
        found, unread = cases.readable(refs)
        self._asked += 1
        proved = range(self._asked % _PROVED, len(found), _PROVED)
        is_same = [_is_of(known.get(case.ref), case, marks) for case in found]
        fresh = self._fresh(
            marks, [case for number, case in enumerate(found) if number in proved or not is_same[number]]
        )
        with self._putting:
            for ref, held in fresh.items():
                _tell_of_wrong(self._known.held.get(ref), held)
            self._put(fresh, unread)
        return found, unread

    def _fresh(self, marks: Mapping[str, Mark | None], found: Sequence[Case]) -> dict[str, _InBook]:
        """Marks are read before the cases: what goes on in between is read once more by the next look; and so is a
        case whose snapshot is from before its mark."""
        return {case.ref: _InBook(_mark_of(case, marks), outline(case, self._policy)) for case in found}

    def _put(self, fresh: Mapping[str, _InBook], gone: Collection[str]) -> None:
        before = self._known.held
        gone = [ref for ref in gone if ref in before]
        fresh = {ref: held for ref, held in fresh.items() if before.get(ref) != held}
        if not gone and not fresh:
            return
        out = [before[ref].outline for ref in (*gone, *fresh) if ref in before]
        held = {**before, **fresh}
        for ref in gone:
            del held[ref]
        marks = {ref: each.mark for ref, each in held.items() if each.mark is not None}
        every = self._known.every.changed(out, [each.outline for each in fresh.values()])
        self._known = _Known(held, marks, every)


def _mark_of(case: Case, marks: Mapping[str, Mark | None]) -> Mark | None:
    mark = marks[case.ref]
    return mark if mark is not None and entries_at(mark) <= case.version else None


def _is_of(held: _InBook | None, case: Case, marks: Mapping[str, Mark | None]) -> bool:
    return _is_known(held, marks[case.ref]) and held is not None and held.outline.version == case.version


def _is_known(held: _InBook | None, mark: Mark | None) -> bool:
    return held is not None and mark is not None and held.mark == mark


def _tell_of_wrong(held: _InBook | None, fresh: _InBook) -> None:
    if held is None or held.outline.version != fresh.outline.version or held.outline == fresh.outline:
        return
    log.error("lists went by an outline that was not the case's", ref=fresh.outline.ref)
