"""What one policy would have done over many incidents: counts that add up, so that it costs the same however many."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.backtest.virtual_time import PagedRun, PageKind, Played, VirtualPage
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.policy import ClockName, Policy

_MINUTE = timedelta(minutes=1)


class ClockTally(Struct, kw_only=True):
    """Of one clock: runs that came to be paged."""

    runs: int = 0
    done: Counter[int] = field(
        default_factory=Counter
    )  # minutes from its first page until it was done → runs
    over: int = 0  # the child was found, or the incident ended, and nobody had done it
    never: int = 0  # nobody had done it when the incident was no longer played

    def add(self, other: "ClockTally") -> None:
        self.runs += other.runs
        self.done += other.done
        self.over += other.over
        self.never += other.never


class Load(Struct, kw_only=True):
    """Pages that ring, by the hour and by the shift from then."""

    an_hour: Counter[tuple[Role, datetime]] = field(default_factory=Counter)
    a_shift: Counter[tuple[Role, datetime]] = field(default_factory=Counter)

    def add(self, other: "Load") -> None:
        self.an_hour.update(other.an_hour)
        self.a_shift.update(other.a_shift)


class PolicyTally(Struct, kw_only=True):
    incidents: int = 0
    grades: Counter[Grade] = field(default_factory=Counter)  # the running grade at the end
    paged_incidents: int = 0
    pages: Counter[tuple[Role, int, PageKind]] = field(default_factory=Counter)  # role, rung from 1, kind
    at_least: Load = field(default_factory=Load)  # first pages alone: had each been answered
    at_most: Load = field(default_factory=Load)  # nobody answers any
    clocks: dict[ClockName, ClockTally] = field(default_factory=dict)

    def add(self, other: "PolicyTally") -> None:
        self.incidents += other.incidents
        self.grades.update(other.grades)
        self.paged_incidents += other.paged_incidents
        self.pages.update(other.pages)
        self.at_least.add(other.at_least)
        self.at_most.add(other.at_most)
        for name, clock in other.clocks.items():
            self.clocks.setdefault(name, ClockTally()).add(clock)

    def count(self, told: Played, policy: Policy, zone: ZoneInfo) -> None:
        self.incidents += 1
        self.grades[told.case.running_grade] += 1
        self.paged_incidents += bool(told.pages)
        for page in told.pages:
            self.pages[page.role, page.rung, page.kind] += 1
            if page.rings:
                self._load(page, policy, zone)
        for run in told.runs:
            self._count_run(run)

    def _load(self, page: VirtualPage, policy: Policy, zone: ZoneInfo) -> None:
        hour = page.role, page.at.replace(minute=0, second=0, microsecond=0)
        shift = page.role, shift_of(page.at, policy.shifts, zone)
        for load in (self.at_least, self.at_most) if page.kind is PageKind.FIRST else (self.at_most,):
            load.an_hour[hour] += 1
            load.a_shift[shift] += 1

    def _count_run(self, run: PagedRun) -> None:
        clock = self.clocks.setdefault(run.clock, ClockTally())
        clock.runs += 1
        clock.over += run.over_at is not None
        clock.never += run.done_at is None and run.over_at is None
        if run.done_at is not None:
            clock.done[(run.done_at - run.paged_at) // _MINUTE] += 1


_MIDNIGHT = (time(),)


def shift_of(at: datetime, shifts: Sequence[time], zone: ZoneInfo) -> datetime:
    """When that shift began, by the force's clock; a force that names no shifts has days."""
    local, starts = at.astimezone(zone), shifts or _MIDNIGHT
    begun = [start for start in starts if start <= local.time()]
    day = local.date() if begun else local.date() - timedelta(days=1)
    return datetime.combine(day, max(begun or starts), zone)
