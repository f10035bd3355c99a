"""What is counted of pages, where what became of them is written: sent after how long, acknowledged after how long."""

from collections.abc import Sequence
from datetime import datetime

import structlog

from bot.domain.case import Case
from bot.domain.clocks import name_of
from bot.domain.events import Acknowledged, Delivered, Entry
from bot.domain.people import Role
from bot.domain.training import is_training
from bot.ports.metrics import Metric, Metrics, Timed

log = structlog.get_logger()


class PageCounts:
    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def note(self, before: Case | None, case: Case, written: Sequence[Entry]) -> None:
        """What was just written, and how the case stood before. It is saved: no failure here may look otherwise."""
        if is_training(case.ref):
            return
        try:
            for entry in written:
                match entry.event:
                    case Delivered() as said:
                        self._sent(case, said, entry.at)
                    case Acknowledged() as said:
                        self._acknowledged(before or case, said, entry.at)
        except Exception as error:  # noqa: BLE001 - see above
            log.warning("a page was not counted", why=type(error).__name__)

    def _sent(self, case: Case, said: Delivered, at: datetime) -> None:
        for clock in said.clocks:
            self._metrics.count(Metric.PAGES, 1, name_of(clock), said.role)
        due = _due(case, said)
        if due is None:
            return
        took = (at - due).total_seconds()
        log.info("page sent", case=case.ref, role=said.role.value, page=said.page, seconds=round(took, 3))
        self._metrics.took(Timed.DUE_TO_SENT, took, said.role)

    def _acknowledged(self, case: Case, said: Acknowledged, at: datetime) -> None:
        for role in _roles(case, said):
            page = case.pages.get(role)
            if page is not None and page.taken_at is not None:
                after = (at - page.taken_at).total_seconds()
                self._metrics.took(Timed.ACKNOWLEDGED, after, role)


def _roles(case: Case, said: Acknowledged) -> set[Role]:
    return {case.paging[key].role for key in said.clocks if key in case.paging}


def _due(case: Case, said: Delivered) -> datetime | None:
    """When the page had come due; of what was told late, when it was told. A page of an older release does not say:
    it was due when it was written. None where the case does not say that either, since a newer page stands."""
    if said.due is not None:
        return max(said.due, case.typed_at)
    page = case.pages.get(said.role)
    return page.at if page is not None and page.number == said.page else None
