"""What is counted of pages, where what became of them is written: sent after how long, acknowledged after how long."""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from bot.domain.case import Case
from bot.domain.clocks import name_of
from bot.domain.escalation import next_steps, watched
from bot.domain.events import Acknowledged, Delivered, Entry, Paged
from bot.domain.fold import fold
from bot.domain.ladder import OnDuty
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.domain.training import is_training
from bot.ports.metrics import Metric, Metrics, Timed

log = structlog.get_logger()


def due_at(history: Sequence[Entry], page: int, policy: Policy, mans: OnDuty) -> datetime:
    """When the page that entry number `page` wrote had come due; of what was told late, when it was told."""
    *before, paged = history[:page]
    if not before:
        return paged.at
    assert isinstance(paged.event, Paged), "the entry of that number paged"
    lines = {line.clock for line in paged.event.lines}
    steps = next_steps(watched(fold(before), policy), policy, mans)
    due = [max(step.at, history[0].at) for step in steps if step.clock.key in lines]
    return min([paged.at, *due])


class PageCounts:
    def __init__(
        self, metrics: Metrics, entries: Callable[[str], Sequence[Entry]], policy: Policy, mans: OnDuty
    ) -> None:
        self._metrics = metrics
        self._entries = entries
        self._policy = policy
        self._mans = mans

    def note(self, before: Case | None, case: Case, written: Sequence[Entry]) -> None:
        """What was just written, and how the case stood before. It is saved: no failure here may look otherwise."""
        if is_training(case.ref):
            return
        try:
            for entry in written:
                match entry.event:
                    case Delivered() as said:
                        self._sent(case.ref, said, entry.at)
                    case Acknowledged() as said:
                        self._acknowledged(before or case, said, entry.at)
        except Exception as error:  # noqa: BLE001 - see above
            log.warning("a page was not counted", why=type(error).__name__)

    def _sent(self, ref: str, said: Delivered, at: datetime) -> None:
        history = self._entries(ref)
        paged = history[said.page - 1].event
        assert isinstance(paged, Paged), "the entry of that number paged"
        for line in paged.lines:
            if line.role is said.role:
                self._metrics.count(Metric.PAGES, 1, name_of(line.clock), line.role)
        took = (at - due_at(history, said.page, self._policy, self._mans)).total_seconds()
        log.info("page sent", case=ref, role=said.role.value, page=said.page, seconds=round(took, 3))
        self._metrics.took(Timed.DUE_TO_SENT, took, said.role)

    def _acknowledged(self, case: Case, said: Acknowledged, at: datetime) -> None:
        for role in _roles(case, said):
            page = case.pages.get(role)
            if page is not None and page.taken_at is not None:
                after = (at - page.taken_at).total_seconds()
                self._metrics.took(Timed.ACKNOWLEDGED, after, role)


def _roles(case: Case, said: Acknowledged) -> set[Role]:
    return {case.paging[key].role for key in said.clocks if key in case.paging}
