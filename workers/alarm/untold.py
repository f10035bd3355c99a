"""Is anything overdue that nobody was told? Asked of the cases themselves: so it holds whatever failed on the way."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.escalation import next_steps, watched
from bot.domain.grades import Grade
from bot.domain.ladder import OnDuty
from bot.domain.policy import Policy
from bot.ports.destination import LaneKind, kind_of
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.outbox_kind import OutboxKind
from bot.ports.rosters import ROSTER
from bot.ports.stores import Stores
from workers.delivery.page_posts import is_waiting
from workers.delivery.quarantine import since_when

_TOGETHER = 500  # cases read at once
_LOOKED_AT = 2000  # rows of one lane


class Found(Struct, frozen=True, kw_only=True):
    high: tuple[str, ...] = ()  # references of the open HIGH cases
    open: int = 0
    unpaged: tuple[str, ...] = ()  # a page was due, and the record has none
    unreadable: tuple[str, ...] = ()  # nobody can say whether one was, or what waits cannot be shown
    oldest_unsent: datetime | None = None  # since when the oldest page waits for Slack


def overdue(
    cases: Iterable[Case], policy: Policy, on_duty: OnDuty, now: datetime, grace: timedelta
) -> list[str]:
    """References of cases with a page that has been due for longer than `grace` and was not written. Pure."""
    latest = now - grace
    return [
        case.ref
        for case in cases
        if any(step.at < latest for step in next_steps(watched(case, policy), policy, on_duty))
    ]


def is_told(lane: str) -> bool:
    """Somebody is written to in it, and something would be held up there."""
    return kind_of(lane) not in (LaneKind.CASES, LaneKind.QUARANTINE)


def oldest_page(outbox: Outbox) -> datetime | None:
    """Among what waits to be posted to a role or an owner."""
    waiting = [row for lane in outbox.lanes() if is_told(lane) for row in outbox.pending(lane, 1)]
    return min((row.at for row in waiting if not row.is_edit), default=None)


def stuck(stores: Stores, late: Callable[[Outgoing], bool]) -> list[str]:
    """References of HIGH cases with a page that waits for Slack and was refused, or is `late`."""
    waiting = [row for lane in stores.outbox.lanes() if is_told(lane) for row in _pages(stores.outbox, lane)]
    found, _ = stores.cases.readable(sorted({row.ref for row in waiting}))
    high = {case.ref: case for case in found if case.running_grade is Grade.HIGH}
    return sorted({row.ref for row in waiting if row.ref in high and _is_stuck(high[row.ref], row, late)})


def _pages(outbox: Outbox, lane: str) -> Iterable[Outgoing]:
    rows = outbox.pending(lane, _LOOKED_AT)
    return (row for row in rows if row.kind == OutboxKind.PAGE and row.ref != ROSTER)


def _is_stuck(case: Case, row: Outgoing, late: Callable[[Outgoing], bool]) -> bool:
    page = case.pages.get(row.role) if row.role else None
    return is_waiting(case, row) and (late(row) or (page is not None and page.is_undelivered))


def audit(stores: Stores, policy: Policy, on_duty: OnDuty, now: datetime, grace: timedelta) -> Found:
    """Reads every open case that can be read."""
    refs = stores.cases.open_refs()
    high: list[str] = []
    unpaged: list[str] = []
    unreadable = set(since_when(stores.outbox, _TOGETHER))
    for first in range(0, len(refs), _TOGETHER):
        cases, lost = stores.cases.readable(refs[first : first + _TOGETHER])
        unreadable.update(lost)
        high += [case.ref for case in cases if case.running_grade is Grade.HIGH]
        unpaged += overdue(cases, policy, on_duty, now, grace)
    return Found(
        high=tuple(high),
        open=len(refs),
        unpaged=tuple(unpaged),
        unreadable=tuple(sorted(unreadable)),
        oldest_unsent=oldest_page(stores.outbox),
    )
