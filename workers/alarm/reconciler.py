"""The round through all open cases, a slice at a time: is anything overdue and untold? Which are HIGH?

What it found is kept for when the record is away. The heartbeat URL of a monitoring service is asked for only while
all is well, so that its silence is the alarm of last resort: this machine gone, or a fault that nobody thought of.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from http.client import HTTPException
from urllib.request import urlopen

import structlog
from msgspec import Struct
from msgspec.structs import replace

from bot.domain.case import Case
from bot.domain.escalation import next_steps, watched
from bot.domain.facts import Grade
from bot.domain.ladder import OnDuty
from bot.domain.policy import Policy
from bot.ports.cases import Watch
from bot.ports.destination import Destination, LaneKind, OutboxKind
from bot.ports.errors import StoreUnavailable, Unreadable
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.rosters import ROSTER
from bot.ports.stores import Stores
from bot.slack.slack_client import why
from bot.time import CaseClock, is_ahead
from workers.alarm.open_round import OpenRound, Read, Slice
from workers.alarm.troubles import Known
from workers.delivery.page_posts import is_waiting
from workers.delivery.quarantine import since_when
from workers.periodic import Failing

log = structlog.get_logger()

# Is anything overdue that nobody was told? Asked of the cases themselves: so it holds whatever failed on the
# way.

_TOGETHER = 500  # rows looked at
_LOOKED_AT = 2000  # rows of one lane


class Found(Struct, frozen=True, kw_only=True):
    high: tuple[str, ...] = ()  # references of the open HIGH cases
    grades: Mapping[Grade, int] = {}  # how many open cases of each can be read
    open: int = 0
    unpaged: tuple[str, ...] = ()  # a page was due, and the record has none
    unread: tuple[str, ...] = ()  # nobody can say whether one was
    beside: tuple[str, ...] = ()  # what waits for these cannot be shown, or who took a role over
    oldest_unsent: datetime | None = None  # since when the oldest page waits for Slack

    @property
    def unreadable(self) -> tuple[str, ...]:
        return tuple(sorted({*self.unread, *self.beside}))

    @property
    def unreadable_cases(self) -> tuple[str, ...]:
        return tuple(ref for ref in self.unreadable if ref != ROSTER)

    def with_slice(self, looked: Slice) -> "Found":
        """What is wrong with a case is known at once, and that it is so no more."""
        looked_at = {*looked.refs}
        return replace(
            self,
            unpaged=_still(self.unpaged, looked_at, looked.unpaged),
            unread=_still(self.unread, looked_at, looked.unreadable),
        )

    def with_round(self, over: OpenRound) -> "Found":
        """A case that was in none of its slices is open no more."""
        return replace(
            self,
            high=tuple(sorted(over.high)),
            grades=dict(over.grades),
            open=len(over.seen),
            unpaged=tuple(ref for ref in self.unpaged if ref in over.seen),
            unread=tuple(ref for ref in self.unread if ref in over.seen),
        )


def _still(before: Iterable[str], looked_at: Collection[str], found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*(ref for ref in before if ref not in looked_at), *found}))


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


def _lost_hand_overs(stores: Stores) -> Iterable[str]:
    try:
        stores.rosters.load()
    except Unreadable:
        yield ROSTER


EVERY = 30.0  # machine seconds
_GRACE = 30.0  # machine seconds that a page may be due before the audit misses it
_AGAIN = 5.0  # machine seconds until the next try, where the record does not answer
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
        read: Read | None = None,
        *,
        patience: float,
        heartbeat_url: str | None,
    ) -> None:
        """`shut_places`: a sentence for each place that Slack lets nothing into; raises StoreUnavailable. `lost_pages`:
        is shown every open case. `read`: those of these references that can be read, and the others; the record's own
        where it is not said. `patience`: machine seconds that a page may wait for Slack."""
        self._stores = stores
        self._policy = policy
        self._on_duty = on_duty
        self._clock = clock
        self._watch = watch
        self._ask_shut_places = shut_places
        self._shut_places: list[str] = []
        self._lost_pages = lost_pages
        self._read = read or stores.cases.readable
        self._patience = patience
        self._heartbeat_url = heartbeat_url
        self._record = Failing("the reconciler's look")
        self.found = Found()
        self._stuck: Sequence[str] = ()
        self._looked_at: datetime | None = None  # when the last whole round was over
        self._lasts = EVERY  # machine seconds of a round
        self._round: OpenRound | None = None  # the one that is under way
        self._next_slice = 0.0  # machine seconds
        self._next_word = 0.0  # machine seconds
        self._goes_on = False  # the last slice was looked at
        self._words = 0  # half minutes since a round was whole

    def newest(self) -> Found | None:
        """None where the last round was too long ago to say how it is."""
        if self._looked_at is None or self._clock.seconds_since(self._looked_at) > 3 * self._lasts:
            return None
        return self.found

    def known(self) -> Known:
        """Of the open HIGH cases: now, or where the record is away, when they were all read last."""
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

    def turn(self, now: float) -> None:
        """Some times a second, at `now` in machine seconds: looks at one slice where it is time for it, and says each
        half minute what is wrong. The first round is walked at once. Raises StoreUnavailable; then there is no
        heartbeat either."""
        if not is_ahead(self._next_slice, now):
            in_step = self._next_slice if is_ahead(self._next_slice + EVERY, now) else now
            self._goes_on, self._next_slice = False, now + _AGAIN
            pause = self._look() if self._looked_at is None else self._look_further()
            self._goes_on, self._next_slice = True, in_step + pause
        if not is_ahead(self._next_word, now):
            self._next_word = now + EVERY
            self._say()

    def walk(self) -> None:
        """All of it at once, and what is wrong. Raises as `turn`."""
        self._look()
        self._goes_on = True
        self._say()

    def _say(self) -> None:
        self._words += 1
        self._look_beside()
        wrong = self.wrong()
        for sentence in wrong:
            log.error(sentence)
        if not wrong and self._goes_on and self._heartbeat_url:
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
        if self._words * EVERY > 3 * self._lasts:
            said.append("The open cases were not all looked at for too long.")
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

    def _look(self) -> float:
        """At every open case; how long to wait for the next slice."""
        going, pause = self._begun(), 0.0
        while not going.is_over:
            pause = self._look_on(going)
        self._look_beside()
        return pause

    def _look_further(self) -> float:
        """One slice of the round that is under way. One that failed begins anew: which case it missed is not known."""
        going, self._round = self._round or self._begun(), None
        pause = self._look_on(going)
        self._round = None if going.is_over else going
        return pause

    def _begun(self) -> OpenRound:
        return OpenRound(self._stores.cases, self._read, self._overdue)

    def _look_on(self, going: OpenRound) -> float:
        looked_at = going.look_on()
        self._lost_pages(looked_at.cases)
        self.found = self.found.with_slice(looked_at)
        for ref in (*looked_at.unreadable, *looked_at.unpaged):
            self._wake(ref)
        if going.is_over:
            self.found = self.found.with_round(going)
            self._looked_at, self._lasts, self._words = self._clock.now(), going.lasts, 0
        return going.pause

    def _overdue(self, cases: Sequence[Case]) -> list[str]:
        now = self._clock.now()
        grace = now - self._clock.after(-_GRACE)
        return overdue(cases, self._policy, self._on_duty, now, grace)

    def _look_beside(self) -> None:
        """At what waits, and at hand-overs."""
        beside = {*since_when(self._stores.outbox, _TOGETHER), *_lost_hand_overs(self._stores)}
        self.found = replace(
            self.found, beside=tuple(sorted(beside)), oldest_unsent=oldest_page(self._stores.outbox)
        )
        for ref in beside:
            self._wake(ref)

    def _wake(self, ref: str) -> None:
        """Due at once: the timers try it every few seconds, and as long as they cannot, the watchdog names it. One that
        is merely overdue has fallen out of the due index."""
        self._stores.due.wake(ref, self._clock.now())

    def _beat(self, url: str) -> None:
        """The URL may hold a key: no more of it than its host is logged."""
        try:
            with urlopen(url, timeout=_TIMEOUT):  # nosec B310 # the settings take http(s) only
                pass
        except (OSError, ValueError, HTTPException) as away:
            log.warning("the heartbeat URL does not answer", why=why(away, url))
