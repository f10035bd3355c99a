"""What one policy would have done over many incidents: counts that add up, so that it costs the same however many."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.backtest.virtual_time import PagedRun, PageKind, Played, VirtualPage
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.policy import ClockName

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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

    of_hours: Counter[tuple[Role, int]] = field(default_factory=Counter)  # from the first one of `_EPOCH`
    a_shift: Counter[tuple[Role, datetime]] = field(default_factory=Counter)

    @property
    def an_hour(self) -> Counter[tuple[Role, datetime]]:
        return Counter({(role, _begins(hour)): pages for (role, hour), pages in self.of_hours.items()})

    def count(self, pages: Sequence[VirtualPage], shifts: "HourlyShifts") -> None:
        hours = [(page.role, (page.at - _EPOCH) // _HOUR) for page in pages]
        self.of_hours.update(hours)
        self.a_shift.update(
            [(role, shifts.of(page.at, hour)) for page, (role, hour) in zip(pages, hours, strict=True)]
        )

    def add(self, other: "Load") -> None:
        self.of_hours.update(other.of_hours)
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

    def count(self, told: Played, shifts: "HourlyShifts") -> None:
        self.incidents += 1
        self.grades[told.case.running_grade] += 1
        self.paged_incidents += bool(told.pages)
        self.pages.update([(page.role, page.rung, page.kind) for page in told.pages])
        rings = [page for page in told.pages if page.rings]
        self.at_least.count([page for page in rings if page.kind is PageKind.FIRST], shifts)
        self.at_most.count(rings, shifts)
        for run in told.runs:
            self._count_run(run)

    def _count_run(self, run: PagedRun) -> None:
        clock = self.clocks.setdefault(run.clock, ClockTally())
        clock.runs += 1
        clock.over += run.over_at is not None
        clock.never += run.done_at is None and run.over_at is None
        if run.done_at is not None:
            clock.done[(run.done_at - run.paged_at) // _MINUTE] += 1


class HourlyShifts:
    """Which shift a moment is of. Nearly every hour lies whole in one, which is worked out once for all its pages."""

    def __init__(self, starts: Sequence[time], zone: ZoneInfo) -> None:
        self._starts = starts
        self._zone = zone
        self._of_hours: dict[int, datetime | None] = {}

    def of(self, at: datetime, hour: int) -> datetime:
        """When it began. `hour`: in which that moment lies."""
        if hour not in self._of_hours:
            self._of_hours[hour] = self._of_whole(_begins(hour), _begins(hour + 1) - timedelta.resolution)
        return self._of_hours[hour] or shift_of(at, self._starts, self._zone)

    def _of_whole(self, first: datetime, last: datetime) -> datetime | None:
        """None where a shift begins, or the clock is changed, between the two."""
        offsets = {at.astimezone(self._zone).utcoffset() for at in (first, last)}
        begun = {shift_of(at, self._starts, self._zone) for at in (first, last)}
        return begun.pop() if len(offsets) == len(begun) == 1 else None


def _begins(hour: int) -> datetime:
    return _EPOCH + hour * _HOUR


_MIDNIGHT = (time(),)


def shift_of(at: datetime, shifts: Sequence[time], zone: ZoneInfo) -> datetime:
    """When that shift began, by the force's clock; a force that names no shifts has days."""
    local, starts = at.astimezone(zone), shifts or _MIDNIGHT
    begun = [start for start in starts if start <= local.time()]
    day = local.date() if begun else local.date() - timedelta(days=1)
    return datetime.combine(day, max(begun or starts), zone)
