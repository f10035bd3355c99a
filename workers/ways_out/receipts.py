"""What became of texts that their service took: that one arrived is kept with its way; that one did not is said on its
case, since then it has reached nobody by that way."""

from collections.abc import Collection, Iterator

import structlog

from bot.desk import Desk, NoSuchCase
from bot.domain.events import TextFailed, WentOut
from bot.ports.errors import Unreadable
from bot.ports.metrics import Metric
from bot.ports.stores import Stores
from bot.ports.texts import SentText, TextedPage
from bot.ports.ways_tried import Way, WayAnswer, WaysTried, WayTried
from bot.time import MachineClock, has_passed
from bot.views.wording import delivery
from workers.ways_out.notify_api import NotifyApi

log = structlog.get_logger()

_FAILURES = frozenset({"permanent-failure", "temporary-failure", "technical-failure"})
_SOONEST, _LATEST = 5.0, 600.0  # machine seconds between two questions about one text
_SHARE = 4  # of its age, that is waited before it is asked for again
_UNKNOWN_FOR = 600.0  # seconds after which a text that its service does not know is left
_UNTOLD_FOR = 600.0  # seconds after which nobody will say any more that it left
_FOR = 8 * 86_400.0  # seconds: nothing is known of older ones


class Receipts:
    def __init__(
        self, api: NotifyApi, ways: Collection[Way], stores: Stores, desk: Desk, machine: MachineClock
    ) -> None:
        self._api = api
        self._ways = ways
        self._stores = stores
        self._desk = desk
        self._tried = WaysTried(stores.documents)
        self._machine = machine
        self._first_seen: dict[str, float] = {}
        self._asked: dict[str, tuple[float, float]] = {}  # when, and for how long it is not asked again

    def look(self) -> None:
        """Raises NotifyRefused, NotifyAway and StoreUnavailable."""
        pages = self._stores.texts.on_their_way()
        now, waiting = self._machine.seconds(), [*pages, *self._of_no_page({page.receipt for page in pages})]
        for text in waiting:
            asked_at, wait = self._asked.get(text.receipt, (now, 0.0))
            if has_passed(wait, asked_at, now):
                age = now - self._first_seen.setdefault(text.receipt, now)
                self._asked[text.receipt] = now, min(max(age / _SHARE, _SOONEST), _LATEST)
                self._ask(text, age)
        known = {text.receipt for text in waiting}
        for receipt in self._asked.keys() - known:
            del self._asked[receipt], self._first_seen[receipt]

    def _of_no_page(self, known: Collection[str]) -> Iterator[SentText]:
        """The last that went by each way, where it was an alarm or a test."""
        for way, last in self._tried.of_all(self._ways).items():
            if last and last.answer is WayAnswer.TAKEN and last.receipt and last.receipt not in known:
                yield SentText(receipt=last.receipt, way=way, label="", pages=(), at=last.at)

    def _ask(self, text: SentText, age: float) -> None:
        status = self._api.status(text.receipt)
        if status == "delivered":
            self._note(text, WayAnswer.DELIVERED, "")
        elif status in _FAILURES:
            if age < _UNTOLD_FOR and not all(self._is_told(page) for page in text.pages):
                return
            self._lost(text, status)
        elif not (status == "sent" or age > _FOR or (status is None and age > _UNKNOWN_FOR)):
            return
        self._stores.texts.settle(text.receipt)

    def _is_told(self, page: TextedPage) -> bool:
        """Whether its case says already that the page left: before that, nothing is known there that could be lost."""
        try:
            entries = self._stores.cases.entries(page.ref)
        except Unreadable:
            return True
        left = (entry.event for entry in entries if isinstance(entry.event, WentOut))
        return any((event.page, event.role) == (page.page, page.role) for event in left)

    def _lost(self, text: SentText, status: str) -> None:
        for page in text.pages:
            said = TextFailed(page=page.page, role=page.role, way=text.label, why=status)
            try:
                self._desk.remark(page.ref, said)
            except (Unreadable, NoSuchCase) as why:
                log.error("it is not on its case that a text did not arrive", why=str(why))
        self._stores.metrics.count(Metric.TEXTS_LOST)
        log.error("a text did not arrive", recipient=text.way.recipient, way=text.way.name, why=status)
        self._note(text, WayAnswer.UNDELIVERED, delivery.NOT_BROUGHT[status])

    def _note(self, text: SentText, answer: WayAnswer, said: str) -> None:
        """Where another was tried since, that is what counts."""
        last = self._tried.of(text.way)
        if last is None or text.receipt == last.receipt or last.at <= text.at:
            tried = WayTried(at=text.at, answer=answer, said=said, receipt=text.receipt)
            self._tried.note(text.way, tried)
