"""Every run of every clock of a case that was met, late or missed, found by walking its entries.

Due times are the clocks' own (`bot.domain.clocks`): what an audit says of a clock, pages and screens said of it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.audit.unfolding import History
from bot.domain.clocks import Clock, ClockName, clocks
from bot.domain.clocks.clock import key_of
from bot.domain.events import OF_PAGES, Corrected, Entry
from bot.domain.policy import Policy


class ClockOutcome(StrEnum):
    MET = "met"
    LATE = "late"
    MISSED = "missed"  # it was overdue when it ended, or is overdue now, and was never done


class Run(Struct, frozen=True, kw_only=True):
    """One run of a clock. What ended before it was due, or is not yet due, is none: nothing was owed."""

    name: ClockName
    item: str = ""
    started: datetime
    due: datetime
    done: datetime | None = None

    @property
    def key(self) -> str:
        return key_of(self.name, self.item)

    @property
    def outcome(self) -> ClockOutcome:
        """Done at the due second is met."""
        if self.done is None:
            return ClockOutcome.MISSED
        return ClockOutcome.LATE if self.done > self.due else ClockOutcome.MET


def runs(told: History, policy: Policy, at: datetime) -> tuple[Run, ...]:
    """In the order in which they began. `at`: the moment of the audit; what is still running counts if overdue then."""
    ledger = _Ledger()
    for moment in told:
        if isinstance(moment.entry.event, OF_PAGES):
            continue  # what becomes of a page ends no clock
        if moment.before is not None and moment.before.told_at != moment.case.told_at:
            ledger.move(moment.before.told_at, moment.case.told_at)
        ledger.turn(clocks(moment.case, policy), moment.entry)
    return ledger.at_last(at)


# Of these a new run says that the one before it was done: each step by a person ends a silence, each decision about the
# grade is the review that was owed, and a signature is what a concern for safety asked for.
_DONE_BY_THE_NEXT = frozenset({ClockName.SILENT_CASE, ClockName.REVIEW, ClockName.CONCERN_FOR_SAFETY})


class _Over(Struct, frozen=True, kw_only=True):
    """A run that was not done when it ended."""

    run: Run
    at: datetime
    goes_on: bool  # its debt went over to the next run of that clock

    @property
    def was_overdue(self) -> bool:
        """What is done, or needed no more, at the due second was in time."""
        return self.at > self.run.due


class _Ledger:
    def __init__(self) -> None:
        self._running: dict[str, Run] = {}
        self._done: list[Run] = []
        self._over: list[_Over] = []

    def turn(self, now: Iterable[Clock], entry: Entry) -> None:
        """What this entry ended, began, or put to another time."""
        owed = {clock.key: clock for clock in now if clock.due is not None}
        for key in [key for key in self._running if key not in owed]:
            self._went_off(self._running.pop(key), entry)
        for key, clock in owed.items():
            self._follow(key, _run_of(clock), entry)

    def move(self, before: datetime, after: datetime) -> None:
        """The time police were told was mended: what counted from it counts from the right one."""
        by = after - before
        self._done = [_moved(run, before, by) for run in self._done]
        self._over = [replace(over, run=_moved(over.run, before, by)) for over in self._over]

    def at_last(self, at: datetime) -> tuple[Run, ...]:
        overdue = [run for run in self._running.values() if at >= run.due]
        undone = [self._settled(over) for over in self._over if over.was_overdue]
        return tuple(
            sorted([*self._done, *overdue, *undone], key=lambda run: (run.started, run.due, run.key))
        )

    def _went_off(self, run: Run, entry: Entry) -> None:
        if run.name is ClockName.SILENT_CASE:  # by a step, which is what it asks for
            if run.started < entry.at:  # two steps at one moment have no silence between them
                self._done.append(replace(run, done=entry.at))
        elif not isinstance(entry.event, Corrected):  # what a correction takes away was never owed
            self._over.append(_Over(run=run, at=entry.at, goes_on=False))

    def _follow(self, key: str, run: Run, entry: Entry) -> None:
        standing = self._running.get(key)
        if standing is not None and standing.started != run.started:
            self._began_anew(standing, run, entry)
        if run.done is None:
            self._running[key] = run
            return
        self._running.pop(key, None)
        if not any(known.key == key and known.done == run.done for known in self._done):
            self._done.append(run)

    def _began_anew(self, standing: Run, run: Run, entry: Entry) -> None:
        is_due_at_once = run.due <= run.started  # such a run demands what the one before it did, and sooner
        is_mended = isinstance(entry.event, Corrected) and standing.name is not ClockName.SILENT_CASE
        if is_mended:
            return
        if standing.name in _DONE_BY_THE_NEXT and not is_due_at_once:
            self._done.append(replace(standing, done=entry.at))
        else:
            self._over.append(_Over(run=standing, at=entry.at, goes_on=True))

    def _settled(self, over: _Over) -> Run:
        """Late where the next run of that clock was done after all."""
        if not over.goes_on:
            return over.run
        later = (
            run.done for run in self._done if run.key == over.run.key and run.done and run.done >= over.at
        )
        return replace(over.run, done=min(later, default=None))


def _run_of(clock: Clock) -> Run:
    assert clock.due is not None, "what has no deadline owes nothing"
    return Run(name=clock.name, item=clock.item, started=clock.started, due=clock.due, done=clock.done)


def _moved(run: Run, before: datetime, by: timedelta) -> Run:
    """An item's clock that began at the same second is the item's own."""
    if run.started != before or run.item:
        return run
    return replace(run, started=run.started + by, due=run.due + by)


def worst(found: Iterable[Run]) -> ClockOutcome | None:
    """None where nothing was owed."""
    outcomes = {run.outcome for run in found}
    return next(
        (
            outcome
            for outcome in (ClockOutcome.MISSED, ClockOutcome.LATE, ClockOutcome.MET)
            if outcome in outcomes
        ),
        None,
    )


def by_name(found: Iterable[Run]) -> Mapping[ClockName, tuple[Run, ...]]:
    named: dict[ClockName, tuple[Run, ...]] = {}
    for run in found:
        named[run.name] = (*named.get(run.name, ()), run)
    return named
