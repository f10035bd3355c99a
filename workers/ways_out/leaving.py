"""Which lanes leave by other ways, whether a page still has to, why, who notices it, and which ways have failed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import structlog
from msgspec import Struct

from bot.desk import Desk
from bot.domain.case import Case
from bot.domain.clocks import name_of
from bot.domain.events import (
    AnyEvent,
    CalledBeside,
    Delivered,
    Entry,
    OutReason,
    Paged,
    PageLine,
    SlackSilent,
    WentOut,
)
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.domain.remarks import is_remarked
from bot.duty_desk import DutyDesk
from bot.outgoing import out_reason
from bot.ports.destination import HELD, Destination, LaneKind
from bot.ports.errors import StoreUnavailable, Unreadable
from bot.ports.notes import Documents
from bot.ports.outbox import Outgoing
from bot.ports.rosters import ROSTER
from bot.ports.stores import Stores
from bot.ports.texts import TextedPage
from bot.ports.time_source import TimeSource
from bot.ports.ways_tried import Way, WaysTried, WayTried
from bot.time import CaseClock, MachineClock
from workers.delivery.outcomes import case_of, is_followed, silence
from workers.delivery.page_posts import is_waiting
from workers.rq.job_functions import Doer, Work
from workers.ways_out.channel import Attempt

log = structlog.get_logger()

# Which lanes lead where.

Lanes = Callable[[Iterable[Destination]], None]


def by_lane(
    slack: Callable[[Iterable[Destination], Doer], None],
    other_ways: Lanes,
    quarantine: Lanes,
    postponed: Lanes,
) -> Work:
    def deliver(lanes: Iterable[str], who: Doer) -> None:
        given = [Destination(lane) for lane in lanes]
        slack([lane for lane in given if lane.kind not in (LaneKind.FALLBACK, *HELD)], who)
        postponed(lane for lane in given if lane.kind is LaneKind.POSTPONED)
        other_ways(lane for lane in given if lane.kind is LaneKind.FALLBACK)
        quarantine(lane for lane in given if lane.kind is LaneKind.QUARANTINE)

    return deliver


# Which ways out did not take their last message. Another way may have, so that no page tells of it; the
# technician has to know, before it is the only one that is left.


class FailingWays:
    """Noted by whoever sends, read by whoever watches."""

    def __init__(self, documents: Documents, clock: TimeSource, *, was_test: bool = False) -> None:
        self._tried = WaysTried(documents)
        self._clock = clock
        self._was_test = was_test

    def note(self, way: Way, attempt: Attempt) -> None:
        """Where the record is away, nobody but the log is told: what is sent then is the alarm, which says itself what
        did not work."""
        tried = WayTried(
            at=self._clock.now(),
            answer=attempt.answer,
            said=attempt.said,
            was_test=self._was_test,
            receipt=attempt.receipt,
        )
        try:
            self._tried.note(way, tried)
        except StoreUnavailable as away:
            log.warning("what came of a way out is not noted", why=away.kind, way=way.name)

    def last(self, ways: Iterable[Way]) -> dict[Way, WayTried | None]:
        """What came of each, when it was last tried. Raises StoreUnavailable."""
        return self._tried.of_all(ways)


class Leaving(Struct, frozen=True, kw_only=True):
    """One page of one case, for one role."""

    row: Outgoing
    case: Case
    entries: Sequence[Entry]
    role: Role
    page: int  # number of the entry that paged
    why: OutReason
    lines: tuple[PageLine, ...]

    @property
    def texted(self) -> TextedPage:
        return TextedPage(self.case.ref, self.page, self.role)

    def went(self, ways: str, *, reached: bool) -> WentOut:
        return WentOut(way=ways, why=self.why, role=self.role, page=self.page, reached=reached)


def leaving(row: Outgoing, case: Case, entries: Sequence[Entry], policy: Policy) -> Leaving | None:
    """None where nobody needs it: answered, no longer due, or told already."""
    role, said = row.role, entries[row.version - 1].event
    assert role is not None, "a page is to a role"
    page = said.page if isinstance(said, SlackSilent | CalledBeside) else row.version
    paged = row.lines or _lines(entries[page - 1].event, role)
    if isinstance(said, CalledBeside):
        paged = tuple(line for line in paged if line.clock in said.clocks)
    why = out_reason(said, paged)
    found = Leaving(
        row=row,
        case=case,
        entries=entries,
        role=role,
        page=page,
        why=why,
        lines=tuple(line for line in paged if stands(case, line) and not _is_slow(line, why, policy)),
    )
    if not found.lines or is_remarked(found.went("", reached=True), entries):
        return None
    return None if why is OutReason.SLACK and _has_arrived(page, role, entries) else found


def _has_arrived(page: int, role: Role, entries: Sequence[Entry]) -> bool:
    """Slack took it after all."""
    return is_remarked(Delivered(page=page, role=role), entries)


def lines_of(page: TextedPage, entries: Sequence[Entry]) -> tuple[PageLine, ...]:
    """What that page was about."""
    return _lines(entries[page.page - 1].event, page.role)


def _lines(event: AnyEvent, role: Role) -> tuple[PageLine, ...]:
    return tuple(line for line in event.lines if line.role is role) if isinstance(event, Paged) else ()


def stands(case: Case, line: PageLine) -> bool:
    """Paged, and neither acknowledged nor ended since."""
    paging = case.paging.get(line.clock)
    return paging is not None and paging.started == line.started and paging.acknowledged is None


def _is_slow(line: PageLine, why: OutReason, policy: Policy) -> bool:
    """A clock of days, reminded of every few hours: its silent last step wakes nobody at night."""
    return why is OutReason.SILENT and policy.clocks[name_of(line.clock)].repeat is not None


# Pages and hand-overs that Slack has not taken in time, or refuses for good. Noticed by looking at what still
# waits, so that it does not matter whether Slack refuses, hangs, asks to wait, or nobody delivers at all.
# `bot.outgoing` has what then leaves another way.

_LOOKED_AT = 2000  # rows of one lane


class Unsent:
    def __init__(
        self,
        stores: Stores,
        desk: Desk,
        duty_desk: DutyDesk,
        clock: CaseClock,
        machine: MachineClock,
        refused: Callable[[], Mapping[str, str]],
        *,
        patience: float,
    ) -> None:
        """`patience` in machine seconds; none is had with lanes that Slack has refused for good."""
        self._stores = stores
        self._desk = desk
        self._duty_desk = duty_desk
        self._clock = clock
        self._machine = machine
        self._refused = refused
        self._patience = patience
        self._asked: frozenset[str] = frozenset()
        self._waits: dict[str, float] = {}  # row → machine second at which it was first seen here

    def look(self) -> None:
        """Each goes on its other way once, however many look and however often."""
        late = self._late(list(self._followed()))
        self._asked = frozenset(row.id for row in late if row.id in self._asked or self._is_seen_to(row))

    def _is_seen_to(self, row: Outgoing) -> bool:
        """False where its case cannot be read now: the watchdog names that one, and the others are looked at."""
        try:
            said = silence(row, self._refused().get(row.lane, ""))
            if row.ref == ROSTER:
                self._duty_desk.remark(said)
            elif is_waiting(case_of(self._stores.cases, row.ref), row):
                self._desk.remark(row.ref, said)
        except Unreadable as why:
            log.error("nobody knows whether a page has to go another way", why=str(why))
            return False
        return True

    def _followed(self) -> Iterator[tuple[Destination, Outgoing]]:
        for lane in self._stores.outbox.lanes():
            if lane.kind not in (LaneKind.CASES, LaneKind.FALLBACK, LaneKind.QUARANTINE):
                rows = self._stores.outbox.pending(lane, _LOOKED_AT)
                yield from ((lane, row) for row in rows if is_followed(row))

    def _late(self, waiting: Sequence[tuple[Destination, Outgoing]]) -> list[Outgoing]:
        refused, now = self._refused(), self._machine.seconds()
        self._waits = {row.id: min(self._waits.get(row.id, now), now) for _, row in waiting}
        return [row for lane, row in waiting if lane in refused or self._is_late(row, now)]

    def _is_late(self, row: Outgoing, now: float) -> bool:
        """By its own time; and where that is yet to come, since the clock was set back, by ours."""
        waits = max(self._clock.seconds_since(row.at), now - self._waits[row.id])
        return waits > self._patience
