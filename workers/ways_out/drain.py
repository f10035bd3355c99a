"""Draining the lanes of what leaves by other ways than Slack: the same outbox, leases and holds as for posts.

A page leaves by all ways of its role at once, and has left when one of them took it. Where none did, it is tried
again, at growing intervals, for some minutes; then the case says that it reached nobody.
"""

from collections.abc import Iterable, Sequence

import structlog
from msgspec import Struct

from bot.desk import Desk
from bot.domain.events import OutReason
from bot.domain.policy import Policy
from bot.ports.destination import Destination
from bot.ports.errors import StoreUnavailable, Unreadable
from bot.ports.notes import Metric
from bot.ports.outbox import Outgoing
from bot.ports.rosters import ROSTER
from bot.ports.stores import RateLimits, Stores
from bot.time import CaseClock, MachineClock
from bot.views.blocks import MARKING
from bot.views.message import Renderer
from bot.views.wording import delivery, words
from workers.delivery.claiming import back_off, claimed
from workers.delivery.outcomes import case_of
from workers.delivery.quarantine import to_quarantine
from workers.periodic import told
from workers.ways_out.leaving import Leaving, leaving
from workers.ways_out.ways import Sent, Ways

log = structlog.get_logger()

# What leaves by SMS or e-mail: the line that a locked phone would show for the page, and why it comes this
# way.

_ASLEEP = (OutReason.QUIET, OutReason.UNREACHABLE)
_NAMED = 40  # references in one message; the rest is counted


class Text(Struct, frozen=True, kw_only=True):
    title: str
    body: str


def of(pages: Sequence[Leaving], renderer: Renderer, policy: Policy) -> Text:
    """One message for all of them. `pages` are of one role."""
    first = pages[0]
    refs = list(dict.fromkeys(page.case.ref for page in pages))
    named = f"{words.grade(first.case.running_grade)} {refs[0]}" if len(refs) == 1 else f"{len(refs)} cases"
    if len(refs) > policy.digest_over:
        cases = {page.case.ref: page.case for page in pages}
        said = [renderer.digest(list(cases.values()), first.role).text, _listed(refs)]
    else:
        said = [renderer.page(page.case, page.entries, page.role, page.lines).text for page in pages]
    why = " ".join(f"{delivery.OUT_WORDS[each].asks}." for each in dict.fromkeys(page.why for page in pages))
    body = "\n".join([*dict.fromkeys(said), why, MARKING])
    return Text(title=f"{words.sentence(words.ROLES[first.role])}: act on {named}", body=body)


def _listed(refs: Sequence[str]) -> str:
    more = len(refs) - _NAMED
    return ", ".join(refs[:_NAMED]) + (f", and {more} more" if more > 0 else "") + "."


_LEASE = 40.0  # machine seconds: longer than all ways may take
_AT_ONCE = 1000  # rows in one message: a storm is one message
_TAKEN = 1.0  # machine seconds before a lane that somebody else drains is offered again
_SOONEST, _LATEST = 5.0, 60.0  # machine seconds between two tries


class OutLanes:
    def __init__(
        self,
        stores: Stores,
        desk: Desk,
        ways: Ways,
        renderer: Renderer,
        policy: Policy,
        rate_limits: RateLimits,
        clock: CaseClock,
        machine: MachineClock,
        *,
        give_up: float,
    ) -> None:
        """`give_up`: machine seconds after which a page that no way took is told to have reached nobody."""
        self._stores = stores
        self._desk = desk
        self._ways = ways
        self._renderer = renderer
        self._policy = policy
        self._rate_limits = rate_limits
        self._clock = clock
        self._machine = machine
        self._give_up = give_up

    def drain_all(self, lanes: Iterable[Destination]) -> None:
        for lane in lanes:
            self.drain(lane)

    def drain(self, lane: Destination) -> None:
        """Sends what waits, or puts the lane down; nothing where somebody else is at it."""
        outbox = self._stores.outbox
        with claimed(lane, outbox, self._rate_limits, self._machine, lease=_LEASE, again=_TAKEN) as token:
            if token is not None:
                self._drain(lane, token)

    def _drain(self, lane: Destination, token: int) -> None:
        outbox = self._stores.outbox
        try:
            rows = outbox.pending(lane, _AT_ONCE)
            pages, unread = self._pages(lane, token, rows)
            stay = self._send(lane, pages)
            outbox.sent(lane, token, [row.id for row in rows if row.id not in stay | unread], {})
        except StoreUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the other lanes are served
            self._stores.metrics.count(Metric.WAY_OUT_FAILED)
            log.error("way out failed", lane=lane, **told(error))
            self._hold(lane)

    def _pages(
        self, lane: Destination, token: int, rows: Sequence[Outgoing]
    ) -> tuple[list[Leaving], frozenset[str]]:
        """What still has to leave, and the ids of what was quarantined."""
        pages: list[Leaving] = []
        unread: list[str] = []
        for row in rows:
            try:
                pages += [page] if (page := self._page(row)) else []
            except Unreadable as why:
                to_quarantine(self._stores.outbox, self._stores.metrics, lane, token, [row], why)
                unread.append(row.id)
        return pages, frozenset(unread)

    def _page(self, row: Outgoing) -> Leaving | None:
        if row.ref == ROSTER or row.role is None:
            return None
        case = case_of(self._stores.cases, row.ref)
        page = leaving(row, case, self._stores.cases.entries(row.ref), self._policy)
        if page is None or self._can_leave(page):
            return page
        if page.why in _ASLEEP:
            self._note([page], (), reached=False)  # nobody hears it in Slack, and there is no other way
        return None

    def _can_leave(self, page: Leaving) -> bool:
        """A role that has merely not answered yet is called by its own ways alone: others are paged soon enough."""
        recipient = self._ways.of(page.role)
        return recipient is not None and (page.why is not OutReason.UNANSWERED or recipient == page.role)

    def _send(self, lane: Destination, pages: Sequence[Leaving]) -> frozenset[str]:
        """Ids of the rows that have to be tried again."""
        recipient = self._ways.of(pages[0].role) if pages else None
        if recipient is None:
            return frozenset()
        text = of(pages, self._renderer, self._policy)
        sent = self._ways.send(recipient, text.title, text.body)
        for way in sent.failed:
            log.error("way out refused", recipient=recipient, way=way)
        if sent.taken:
            self._rate_limits.recovered(lane)
            self._note(pages, sent.taken, reached=True)
            return frozenset()
        return self._not_taken(lane, pages, sent)

    def _not_taken(self, lane: Destination, pages: Sequence[Leaving], sent: Sent) -> frozenset[str]:
        over = [page for page in pages if self._clock.seconds_since(page.row.at) > self._give_up]
        self._note(over, sent.failed, reached=False)
        self._hold(lane)
        return frozenset(page.row.id for page in pages if page not in over)

    def _hold(self, lane: Destination) -> None:
        back_off(self._rate_limits, lane, self._machine.seconds(), soonest=_SOONEST, latest=_LATEST)

    def _note(self, pages: Sequence[Leaving], ways: Sequence[str], *, reached: bool) -> None:
        self._stores.metrics.count(Metric.WENT_OUT if reached else Metric.WENT_OUT_TO_NOBODY, len(pages))
        for page in pages:
            self._desk.remark(page.row.ref, page.went(", ".join(ways), reached=reached))
            log.warning(
                "page left another way", case=page.row.ref, role=page.role, reached=reached, why=page.why
            )
