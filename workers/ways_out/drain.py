"""Draining the lanes of what leaves by other ways than Slack: the same outbox, leases and holds as for posts.

A page leaves by all ways of whoever holds its role at once, and has left when one of them took it. Where none did, it
is tried again, at growing intervals, for some minutes; then the case says that it reached nobody.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import partial

import structlog

from bot.desk import Desk
from bot.domain.case import Case
from bot.domain.case_parts import WAYS_BETWEEN
from bot.domain.events import OutReason
from bot.domain.people import Role
from bot.ports.destination import Destination
from bot.ports.errors import StoreUnavailable, Unreadable
from bot.ports.metrics import Metric
from bot.ports.outbox import Outgoing
from bot.ports.rosters import ROSTER
from bot.ports.stores import RateLimits, Stores
from bot.ports.texts import SentText
from bot.ports.ways_tried import Way
from bot.time import CaseClock, MachineClock
from bot.views.message import Renderer
from bot.views.screen import Screen, Setting
from workers.delivery.claiming import back_off, claimed, tries_in
from workers.delivery.disclosures import Disclosures
from workers.delivery.outcomes import case_of
from workers.delivery.quarantine import to_quarantine
from workers.periodic import told
from workers.ways_out.channel import Attempt
from workers.ways_out.leaving import Leaving, leaving
from workers.ways_out.letters import Letters
from workers.ways_out.ways import Ways, is_person

log = structlog.get_logger()

_ASLEEP = (OutReason.QUIET, OutReason.UNREACHABLE)
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
        setting: Setting,
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
        self._letters = Letters(renderer, stores.texts)
        self._setting = setting
        self._rate_limits = rate_limits
        self._clock = clock
        self._machine = machine
        self._give_up = give_up
        self._tries = tries_in(give_up, soonest=_SOONEST, latest=_LATEST)
        on_duty = setting.directory.on_duty
        self._disclosures = Disclosures(stores.processing_log, stores.documents, on_duty, clock)

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
            in_doubt = outbox.doubtful(lane)
            rows = outbox.pending(lane, _AT_ONCE)
            pages, unread = self._pages(lane, token, rows)
            stay = self._send_all(lane, token, pages, in_doubt)
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
        page = leaving(row, case, self._stores.cases.entries(row.ref), self._setting.policy)
        if page is None or self._can_leave(page):
            return page
        if page.why in _ASLEEP:
            self._note([page], (), reached=False)  # nobody hears it in Slack, and there is no other way
        return None

    def _can_leave(self, page: Leaving) -> bool:
        """A role that has merely not answered yet is called by its own ways alone: others are paged soon enough."""
        if page.why is OutReason.UNANSWERED:
            return self._ways.has_own(page.role, partial(self._holders, page.case))
        return bool(self._ways.all)

    def _send_all(
        self, lane: Destination, token: int, pages: Sequence[Leaving], in_doubt: Container[str]
    ) -> frozenset[str]:
        """Ids of the rows that have to be tried again, or that somebody else is at by now. Who is written to may
        differ, since each case has an owner of its own; the lane is held anew for each of them. `in_doubt`: a slow
        service may have taken them."""
        by_ways: dict[tuple[Way, ...], list[Leaving]] = {}
        for page in pages:
            whom = self._ways.whom(page.role, partial(self._holders, page.case))
            by_ways.setdefault(self._ways.ways(whom), []).append(page)
        falls = self._rate_limits.falls(lane)
        stay: list[frozenset[str]] = []
        for ways, some in by_ways.items():
            leaving_now = [page.row.id for page in some]
            if not self._stores.outbox.sending(lane, token, leaving_now, self._machine.seconds()):
                return frozenset(page.row.id for page in pages)
            stay.append(self._send(ways, some, in_doubt, falls))
        if any(stay):
            self._hold(lane)
        elif pages:
            self._rate_limits.recovered(lane)
        return frozenset().union(*stay)

    def _holders(self, case: Case, role: Role) -> Collection[str]:
        if role is Role.OWNER:
            return [case.owner] if case.owner else []
        return self._setting.directory.on_duty(role)

    def _send(
        self, ways: Sequence[Way], pages: Sequence[Leaving], in_doubt: Container[str], falls: int
    ) -> frozenset[str]:
        """By all of them at once; one is enough."""
        screen, known = self._setting.at(self._clock.now()), self._ways.all
        doubt = any(page.row.id in in_doubt for page in pages)
        attempts = self._ways.deliver(
            {way: self._letters.to(way, known[way], pages, screen, in_doubt=doubt) for way in ways}
        )
        taken = [way for way, attempt in attempts.items() if attempt.was_taken]
        for way in attempts.keys() - set(taken):
            log.error("way out refused", recipient=way.recipient, way=way.name, why=attempts[way].said)
        for way in taken:
            self._follow(way, attempts[way], pages, screen)
        if taken:
            self._note(pages, taken, reached=True)
            self._disclosures.left(taken, [page.row.ref for page in pages])
            return frozenset()
        return self._not_taken(pages, attempts, falls)

    def _follow(self, way: Way, attempt: Attempt, pages: Sequence[Leaving], screen: Screen) -> None:
        if attempt.receipt:
            text = SentText(
                receipt=attempt.receipt,
                way=way,
                label=self._label(way),
                pages=tuple(page.texted for page in pages),
                at=screen.now,
            )
            self._stores.texts.sent(text)

    def _not_taken(
        self, pages: Sequence[Leaving], attempts: Mapping[Way, Attempt], falls: int
    ) -> frozenset[str]:
        """Where no way will ever take it there is nothing to wait for."""
        hopeless = all(attempt.is_final for attempt in attempts.values())
        over = [page for page in pages if hopeless or self._is_over(page, falls)]
        self._note(over, list(attempts), reached=False)
        return frozenset(page.row.id for page in pages if page not in over)

    def _is_over(self, page: Leaving, falls: int) -> bool:
        """`falls`: how often in a row nothing was taken before. A clock that jumps ahead ends nothing at one stroke;
        after one that was set back the tries alone say how long it has been."""
        waits = self._clock.seconds_since(page.row.at)
        return falls + 1 >= self._tries and not 0 <= waits <= self._give_up

    def _hold(self, lane: Destination) -> None:
        back_off(self._rate_limits, lane, self._machine.seconds(), soonest=_SOONEST, latest=_LATEST)

    def _label(self, way: Way) -> str:
        """As the case's record names it: whose phone it is where it is somebody's."""
        whose = f" ({self._setting.directory.name(way.recipient)})" if is_person(way.recipient) else ""
        return f"{way.name}{whose}".replace(WAYS_BETWEEN, " ")

    def _note(self, pages: Sequence[Leaving], ways: Sequence[Way], *, reached: bool) -> None:
        said = WAYS_BETWEEN.join(dict.fromkeys(self._label(way) for way in ways))
        self._stores.metrics.count(Metric.WENT_OUT if reached else Metric.WENT_OUT_TO_NOBODY, len(pages))
        for page in pages:
            self._desk.remark(page.row.ref, page.went(said, reached=reached))
            log.warning(
                "page left another way", case=page.row.ref, role=page.role, reached=reached, why=page.why
            )
