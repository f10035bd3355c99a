"""What happens if nobody does anything: escalation run forward. The promise on every page card."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.case import Case
from bot.domain.escalation import due_pages, next_steps, watched
from bot.domain.events import Entry, Paged, PageLine
from bot.domain.fold import advance
from bot.domain.ladder import OnDuty
from bot.domain.people import TIMER
from bot.domain.policy import Policy


def forecast(
    case: Case, policy: Policy, on_duty: OnDuty, now: datetime
) -> Iterator[tuple[datetime, tuple[PageLine, ...]]]:
    """Each coming moment with the clocks paged then, soonest first. Endless while a clock runs: take what is shown."""
    while True:
        subject = watched(case, policy)
        coming = min((step.at for step in next_steps(subject, policy, on_duty)), default=None)
        if coming is None:
            return
        now = max(now, coming)
        lines = due_pages(subject, policy, on_duty, now)
        yield now, lines
        case = advance(case, Entry(at=now, by=TIMER.id, event=Paged(lines=lines)))
