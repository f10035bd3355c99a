"""The round through all open cases, every half minute: is anything overdue and untold? Which are HIGH?

What it found is kept for when the record is away. The heartbeat URL of a monitoring service is asked for only while
all is well, so that its silence is the alarm of last resort: this machine gone, or a fault that nobody thought of.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from http.client import HTTPException
from urllib.request import urlopen

import structlog
from msgspec import Struct

from bot.domain.case import Case
from bot.domain.escalation import next_steps, watched
from bot.domain.facts import Grade
from bot.domain.ladder import OnDuty
from bot.domain.policy import Policy
from bot.domain.training import is_training
from bot.ports.cases import Watch
from bot.ports.destination import Destination, LaneKind, OutboxKind
from bot.ports.errors import StoreUnavailable, Unreadable
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.rosters import ROSTER
from bot.ports.stores import Stores
from bot.slack.slack_client import why
from bot.time import CaseClock
from workers.alarm.matters import Known
from workers.delivery.page_posts import is_waiting
from workers.delivery.quarantine import since_when
from workers.periodic import Failing

log = structlog.get_logger()

# Is anything overdue that nobody was told? Asked of the cases themselves: so it holds whatever failed on the
# way.

_TOGETHER = 500  # cases read at once
_LOOKED_AT = 2000  # rows of one lane


class Found(Struct, frozen=True, kw_only=True):
    high: tuple[str, ...] = ()  # references of the open HIGH cases
    grades: Mapping[Grade, int] = {}  # how many open cases of each can be read
    open: int = 0
    unpaged: tuple[str, ...] = ()  # a page was due, and the record has none
    unreadable: tuple[str, ...] = ()  # nobody can say whether one was, or what waits cannot be shown
    oldest_unsent: datetime | None = None  # since when the oldest page waits for Slack

    @property
    def unreadable_cases(self) -> tuple[str, ...]:
        return tuple(ref for ref in self.unreadable if ref != ROSTER)


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


def is_told(lane: Destination) -> bool:
    """Somebody is written to in it, and something would be held up there."""
    return lane.kind not in (LaneKind.CASES, LaneKind.QUARANTINE)


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


def _pages(outbox: Outbox, lane: Destination) -> Iterable[Outgoing]:
    rows = outbox.pending(lane, _LOOKED_AT)
    return (row for row in rows if row.kind == OutboxKind.PAGE and row.ref != ROSTER)


def _is_stuck(case: Case, row: Outgoing, late: Callable[[Outgoing], bool]) -> bool:
    page = case.pages.get(row.role) if row.role else None
    return is_waiting(case, row) and (late(row) or (page is not None and page.is_undelivered))


def audit(
    stores: Stores,
    policy: Policy,
    on_duty: OnDuty,
    now: datetime,
    grace: timedelta,
    look_at: Callable[[Sequence[Case]], None] = lambda _: None,
) -> Found:
    """Reads every open case that can be read, and shows it to `look_at`."""
    refs = stores.cases.open_refs()
    high: list[str] = []
    grades = Counter(dict.fromkeys(Grade, 0))
    unpaged: list[str] = []
    unreadable = {*since_when(stores.outbox, _TOGETHER), *_lost_hand_overs(stores)}
    for first in range(0, len(refs), _TOGETHER):
        cases, lost = stores.cases.readable(refs[first : first + _TOGETHER])
        unreadable.update(lost)
        grades.update(case.running_grade for case in cases if not is_training(case.ref))
        high += [case.ref for case in cases if case.running_grade is Grade.HIGH]
        unpaged += overdue(cases, policy, on_duty, now, grace)
        look_at(cases)
    return Found(
        high=tuple(high),
        grades=grades,
        open=len(refs),
        unpaged=tuple(unpaged),
        unreadable=tuple(sorted(unreadable)),
        oldest_unsent=oldest_page(stores.outbox),
    )


def _lost_hand_overs(stores: Stores) -> Iterable[str]:
    try:
        stores.rosters.load()
    except Unreadable:
        yield ROSTER


EVERY = 30.0  # machine seconds
_GRACE = 30.0  # machine seconds that a page may be due before the audit misses it
_TIMEOUT = 5.0  # seconds
_MEND = "Look with `missing-bot damaged`, which says how to mend it."


class Reconciler:
    def __init__(
        self,
        stores: Stores,
        policy: Policy,
        on_duty: OnDuty,
        clock: CaseClock,
        watch: Watch,
        shut_places: Callable[[], list[str]] = list,
        lost_pages: Callable[[Sequence[Case]], None] = lambda _: None,
        *,
        patience: float,
        heartbeat_url: str | None,
    ) -> None:
        """`shut_places`: a sentence for each place that Slack lets nothing into; raises StoreUnavailable. `lost_pages`:
        is shown every open case. `patience`: machine seconds that a page may wait for Slack."""
        self._stores = stores
        self._policy = policy
        self._on_duty = on_duty
        self._clock = clock
        self._watch = watch
        self._ask_shut_places = shut_places
        self._shut_places: list[str] = []
        self._lost_pages = lost_pages
        self._patience = patience
        self._heartbeat_url = heartbeat_url
        self._record = Failing("the reconciler's look")
        self.found = Found()
        self._stuck: Sequence[str] = ()
        self._looked_at: datetime | None = None

    def newest(self) -> Found | None:
        """None where the last round was too long ago to say how it is."""
        if self._looked_at is None or self._clock.seconds_since(self._looked_at) > 3 * EVERY:
            return None
        return self.found

    def known(self) -> Known:
        """Of the open HIGH cases: now, or where the record is away, on the last round."""
        try:
            self._look()
        except StoreUnavailable as away:
            self._record.failed(away)
            return Known(high=self.found.high, as_of=self._looked_at, answers=False)
        return Known(high=self.found.high, as_of=self._looked_at)

    def stuck(self) -> Sequence[str]:
        """References of HIGH cases whose page waits for Slack in vain: now, or where the record is away, as it was."""
        try:
            self._stuck = stuck(self._stores, self._is_late)
        except StoreUnavailable as away:
            self._record.failed(away)
        else:
            self._record.worked()
        return self._stuck

    def _is_late(self, row: Outgoing) -> bool:
        return self._clock.seconds_since(row.at) > self._patience

    def walk(self) -> None:
        """Raises StoreUnavailable; then there is no heartbeat either."""
        self._look()
        wrong = self.wrong()
        for sentence in wrong:
            log.error(sentence)
        if not wrong and self._heartbeat_url:
            self._beat(self._heartbeat_url)

    def wrong(self) -> list[str]:
        """A sentence for each thing that somebody should have been told and was not."""
        found, pulse = self.found, self._watch.pulse()
        said = self.shut_places() + (
            [f"{len(found.unpaged)} cases have a page overdue that was never written."]
            if found.unpaged
            else []
        )
        if (
            found.oldest_unsent is not None
            and self._clock.seconds_since(found.oldest_unsent) > self._patience
        ):
            said.append("A page waits for Slack for too long.")
        if cases := found.unreadable_cases:
            said.append(f"Cases that cannot be read: {len(cases)}. {_MEND}")
        if len(cases) < len(found.unreadable):
            said.append(f"Hand-overs cannot be read: who took a role over is not known for sure. {_MEND}")
        if pulse.stopped_since is not None or not pulse.undecided.keys() <= set(found.unreadable):
            said.append("Time has stopped.")
        return said

    def shut_places(self) -> list[str]:
        """Now, or where the record is away, as it was: no page gets in there."""
        try:
            self._shut_places = self._ask_shut_places()
        except StoreUnavailable as away:
            self._record.failed(away)
        return self._shut_places

    def _look(self) -> None:
        now = self._clock.now()
        grace = now - self._clock.after(-_GRACE)
        self.found = audit(self._stores, self._policy, self._on_duty, now, grace, self._lost_pages)
        self._looked_at = now
        for ref in (*self.found.unreadable, *self.found.unpaged):
            # Due at once: the timers try it every few seconds, and as long as they cannot, the watchdog names it. One
            # that is merely overdue has fallen out of the due index.
            self._stores.due.wake(ref, now)

    def _beat(self, url: str) -> None:
        """The URL may hold a key: no more of it than its host is logged."""
        try:
            with urlopen(url, timeout=_TIMEOUT):  # nosec B310 # the settings take http(s) only
                pass
        except (OSError, ValueError, HTTPException) as away:
            log.warning("the heartbeat URL does not answer", why=why(away, url))
