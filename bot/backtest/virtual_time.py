"""A past incident in virtual time: its entries happen when they happened, and between them the timer pages whom it
would have paged. Clocks, ladders and pages are the domain's own; nobody reacts to a page, since nobody got one.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import groupby, takewhile

from msgspec import Struct
from msgspec.structs import replace

from bot.digest import WITHIN
from bot.domain.case import Case
from bot.domain.clocks import Clock, name_of
from bot.domain.escalation import ComingPage, Watched, paged_before, unanswered, watched
from bot.domain.events import DowngradeAsked, Entry, PageLine
from bot.domain.facts import Grade
from bot.domain.fold import advance
from bot.domain.people import Role
from bot.domain.policy import ClockName, Policy
from bot.steps import settled


class PageKind(StrEnum):
    FIRST = "first"  # of a clock that was not paged before, in this run of it
    UP = "up"  # one rung higher, since nobody answered
    AGAIN = "again"  # the same rung again


class VirtualPage(Struct, frozen=True, kw_only=True):
    """One page to one role at one moment."""

    at: datetime
    role: Role
    rung: int  # the highest of its clocks', from 1
    clocks: tuple[str, ...]  # keys
    kind: PageKind  # the first of these that holds for any of its clocks
    grade: Grade
    rings: bool  # False: it joins a card less than a minute old, by edit


class PagedRun(Struct, frozen=True, kw_only=True):
    """What became of one run of a clock after it was paged for the first time."""

    clock: ClockName
    paged_at: datetime
    done_at: datetime | None  # None: it was never done while this incident is played
    over_at: datetime | None  # not done, and no longer wanted: the child was found, or the incident ended


class Played(Struct, frozen=True, kw_only=True):
    case: Case  # as it stood at the end
    pages: tuple[VirtualPage, ...]
    runs: tuple[PagedRun, ...]


_STRONGEST = tuple(PageKind)


def everybody_is_there(_: Role) -> bool:
    """A log of incidents does not say who was on duty: no rung is empty."""
    return True


def played(entries: Iterable[Entry], policy: Policy, until: datetime) -> Played:
    """`entries`: of one case, in their order. `until`: pages before that moment are told."""
    play = _Play(policy)
    for at, together in groupby(entries, key=lambda entry: entry.at):
        play.wait(at)
        play.happen(list(together), at)
    play.wait(until)
    return play.told()


class _Play:
    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._case: Case | None = None
        self._subject: Watched | None = None
        self._now: datetime | None = None
        self._pages: list[VirtualPage] = []
        self._open: dict[
            str, tuple[datetime, int]
        ] = {}  # key of a clock → its first page in this run, newest rung
        self._runs: list[PagedRun] = []
        self._rang: dict[Role, datetime] = {}

    def wait(self, until: datetime) -> None:
        """The timer alone: done at the due second is met, so what is due at `until` waits for what happens then."""
        if self._case is None or self._subject is None or self._now is None:
            return
        subject = paged_before(self._subject, until)
        coming = unanswered(subject, self._policy, everybody_is_there, self._now, number=self._case.version)
        paging = self._case.paging
        for page in takewhile(lambda page: page.at < until, coming):
            self._send(page, subject.grade)
            paging = page.leaves
        self._case = replace(self._case, paging=paging)

    def happen(self, entries: list[Entry], at: datetime) -> None:
        case = self._case
        for entry in entries:
            case = advance(case, _as_shown(entry, case))
        assert case is not None, "a record begins with its report"
        self._now = at
        self._case, self._subject = settled(
            case, [], at, lambda stands: watched(stands, self._policy), advance
        )
        self._end(case.paging.keys() - self._case.paging.keys(), at)

    def _send(self, page: ComingPage, grade: Grade) -> None:
        by_role: dict[Role, list[PageLine]] = {}
        for line in page.lines:
            by_role.setdefault(line.role, []).append(line)
        for role, lines in by_role.items():
            kinds = [self._kind(line, page.at) for line in lines]
            self._pages.append(
                VirtualPage(
                    at=page.at,
                    role=role,
                    rung=max(line.rung for line in lines) + 1,
                    clocks=tuple(line.clock for line in lines),
                    kind=min(kinds, key=_STRONGEST.index),
                    grade=grade,
                    rings=self._rings(role, page.at),
                )
            )

    def _kind(self, line: PageLine, at: datetime) -> PageKind:
        known = self._open.get(line.clock)
        since, rung = known or (at, line.rung)
        self._open[line.clock] = since, line.rung
        if known is None:
            return PageKind.FIRST
        return PageKind.UP if line.rung > rung else PageKind.AGAIN

    def _rings(self, role: Role, at: datetime) -> bool:
        rang = self._rang.get(role)
        if rang is not None and at - rang < WITHIN:
            return False
        self._rang[role] = at
        return True

    def _end(self, keys: Collection[str], at: datetime) -> None:
        if not keys:
            return
        assert self._subject is not None
        clocks = {clock.key: clock for clock in self._subject.clocks}
        for key in sorted(keys):
            paged_at, _ = self._open.pop(key)
            done_at = _done_at(clocks.get(key), paged_at, at)
            self._runs.append(
                PagedRun(
                    clock=name_of(key),
                    paged_at=paged_at,
                    done_at=done_at,
                    over_at=at if done_at is None else None,
                )
            )

    def told(self) -> Played:
        assert self._case is not None, "a record begins with its report"
        return Played(
            case=self._case,
            pages=tuple(self._pages),
            runs=(*self._runs, *self._never_done()),
        )

    def _never_done(self) -> Iterator[PagedRun]:
        for key, (paged_at, _) in self._open.items():
            yield PagedRun(clock=name_of(key), paged_at=paged_at, done_at=None, over_at=None)


def _as_shown(entry: Entry, case: Case | None) -> Entry:
    """A downgrade answers every reason that stood then."""
    if case is None or not isinstance(entry.event, DowngradeAsked):
        return entry
    shown = replace(entry.event, reasons=tuple(case.risk.raised))
    return replace(entry, event=shown)


def _done_at(clock: Clock | None, paged_at: datetime, at: datetime) -> datetime | None:
    """A new run says that the one before it was done (`bot.audit.runs`): the silence, the review, the signature."""
    if clock is None:
        return None
    if clock.done is not None:
        return clock.done
    return at if clock.started > paged_at else None
