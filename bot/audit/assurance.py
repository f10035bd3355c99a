"""The log audits the bot: what came due without a page, what was paged late, what was paged and reached nobody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.audit.paged import posts
from bot.audit.unfolding import AfterEntry, History
from bot.domain.clocks import Clock, clocks
from bot.domain.events import OF_PAGES, Paged
from bot.domain.policy import Policy

PAGED_WITHIN = timedelta(seconds=5)  # of coming due, as scenarios expect it (scenarios/README.md)
ARRIVED_WITHIN = timedelta(seconds=60)  # of being decided: then the bot itself calls Slack silent


class LapseKind(StrEnum):
    NEVER_PAGED = "never_paged"
    PAGED_LATE = "paged_late"
    NEVER_ARRIVED = "never_arrived"
    ARRIVED_LATE = "arrived_late"


class Lapse(Struct, frozen=True, kw_only=True):
    kind: LapseKind
    clocks: tuple[str, ...]  # keys
    role: str = ""  # of a page that was decided
    due: datetime  # when the page was owed; of one that was decided, when that was
    at: datetime | None  # when it was paged, or arrived; None: never


def lapses(told: History, policy: Policy, at: datetime) -> tuple[Lapse, ...]:
    """Of one case, up to that moment, in the order of when they were owed. Due times are the policy's of now."""
    found = [*_unpaged(told, policy, at), *_not_arrived(told, at)]
    return tuple(sorted(found, key=lambda lapse: (lapse.due, lapse.clocks)))


class _OwedPage(Struct, frozen=True):
    started: datetime
    page_from: datetime
    at: datetime  # what was typed late is owed from when it was recorded


def _unpaged(told: History, policy: Policy, at: datetime) -> Iterator[Lapse]:
    """First pages alone: whatever follows one has its time from it."""
    waiting: dict[str, _OwedPage] = {}
    standing: list[Clock] = []
    for moment in told:
        now, event = moment.entry.at, moment.entry.event
        if not isinstance(event, OF_PAGES):
            standing = [clock for clock in clocks(moment.case, policy) if clock.page_from is not None]
        paged = {line.clock for line in event.lines} if isinstance(event, Paged) else set()
        after = _still_waiting(standing, moment, waiting)
        for key, owed in waiting.items():
            if after.get(key) != owed and now - owed.at > PAGED_WITHIN:
                yield _lapse(key, owed, now if key in paged else None)
        waiting = after
    for key, owed in waiting.items():
        if at - owed.at > PAGED_WITHIN:
            yield _lapse(key, owed, None)


def _still_waiting(
    standing: list[Clock], moment: AfterEntry, before: dict[str, _OwedPage]
) -> dict[str, _OwedPage]:
    waiting = {}
    for clock in standing:
        paging = moment.case.paging.get(clock.key)
        if clock.page_from is None or (paging is not None and paging.started == clock.started):
            continue
        known = before.get(clock.key)
        if known is not None and (known.started, known.page_from) == (clock.started, clock.page_from):
            waiting[clock.key] = known
        else:
            owed = max(clock.page_from, moment.entry.at)
            waiting[clock.key] = _OwedPage(clock.started, clock.page_from, owed)
    return waiting


def _lapse(key: str, owed: _OwedPage, at: datetime | None) -> Lapse:
    kind = LapseKind.NEVER_PAGED if at is None else LapseKind.PAGED_LATE
    return Lapse(kind=kind, clocks=(key,), due=owed.at, at=at)


def _not_arrived(told: History, at: datetime) -> Iterator[Lapse]:
    """A page that was still on its way when the next one to that role went out left with it."""
    pages = posts([moment.entry for moment in told], ())
    for place, page in enumerate(pages):
        later = [other.arrived_at for other in pages[place:] if other.role is page.role and other.arrived_at]
        arrived = min(later, default=None)
        if (arrived or at) - page.at <= ARRIVED_WITHIN:
            continue
        kind = LapseKind.ARRIVED_LATE if arrived else LapseKind.NEVER_ARRIVED
        yield Lapse(kind=kind, clocks=page.clocks, role=page.role.value, due=page.at, at=arrived)
