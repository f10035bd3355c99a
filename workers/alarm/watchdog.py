"""Has time stopped? Silence must not look like calm (screens.md §12).

What was seen is kept here, so that the answer outlives the record: a server that is away is a reason to speak.
How long it lasts is measured by a clock that nobody sets: *steady* seconds, of this process alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from bot.ports.cases import Pulse
from bot.ports.errors import RecordTrouble, StoreUnavailable
from bot.ports.stores import Stores
from bot.time import CaseClock, MachineClock
from workers.delivery.quarantine import since_when
from workers.periodic import Failing

_WORKER_SILENT = 40.0  # steady seconds; an idle one shows life every five, a job may take thirty
_OURS = "watchdog"  # under which it tries whether the record takes anything
_LOOKED_AT = (
    1000  # due cases, rows quarantined; with more than these undecided, a name more or less helps nobody
)


class WatchdogPatience(Struct, frozen=True, kw_only=True):
    """Steady seconds."""

    silent: float = 10.0  # without a whole cycle of any timer: time stands still
    undecided: float = 15.0  # for which a case stayed due while timers ran


class Waiting(Struct, frozen=True, kw_only=True):
    """A case that is due, or that has rows in quarantine, as long as it waits since the same moment."""

    at: datetime
    since: float  # steady seconds at which it was first seen to wait


class Sign(Struct, frozen=True):
    """Of life. Nobody is judged by what another machine's clock shows."""

    at: float  # machine seconds there
    heard: float  # steady seconds at which it was first seen


class WatchdogReading(Struct, frozen=True, kw_only=True):
    """Everything that the answer follows from."""

    began: float  # steady seconds at which looking began: before that, silence is no news
    beat: Sign | None = None  # the newest cycle of any timer
    waiting: Mapping[str, Waiting] = field(default_factory=dict)
    workers: Mapping[str, Sign] = field(default_factory=dict)  # kind → newest sign of life

    def silence(self, sign: Sign | None, steady_now: float) -> float:
        """Steady seconds."""
        return steady_now - max(self.began, sign.heard if sign else self.began)


def pulse(
    seen: WatchdogReading, clock: CaseClock, machine_now: float, steady_now: float, patience: WatchdogPatience
) -> Pulse:
    """Pure but for the time of day. Timers that run while a case stays undecided help that child no more."""
    beat = seen.beat
    known_for = steady_now - (beat.heard if beat else seen.began)
    last_check = clock.after(-max(known_for, machine_now - beat.at if beat else 0.0))
    checked = None if beat is None else last_check
    if seen.silence(beat, steady_now) > patience.silent:
        return Pulse(last_check=checked, stopped_since=last_check)
    stuck = {
        ref: case.at for ref, case in seen.waiting.items() if steady_now - case.since > patience.undecided
    }
    return Pulse(last_check=checked, undecided=stuck)


class Watchdog:
    """A `Watch`. One thread looks; any may ask."""

    def __init__(
        self,
        stores: Stores,
        clock: CaseClock,
        machine: MachineClock,
        steady: Callable[[], float],
        timer: str,
        patience: WatchdogPatience,
    ) -> None:
        """`steady` gives seconds that never go back, and jump only where this process did not run."""
        self._stores = stores
        self._clock = clock
        self._machine = machine
        self._steady = steady
        self._timer = timer
        self._patience = patience
        self._record = Failing("the watchdog's look")
        self._looked_at = steady()
        self._seen = WatchdogReading(began=self._looked_at)
        self.trouble: RecordTrouble | None = None  # as of the last look: why it is not read, or written

    @property
    def seen(self) -> WatchdogReading:
        return self._seen

    def silent_workers(self, kinds: Iterable[str]) -> list[str]:
        """Kinds of which none has shown life for a while: the timer does their work, more slowly."""
        seen, now = self._seen, self._steady()
        return [kind for kind in kinds if seen.silence(seen.workers.get(kind), now) > _WORKER_SILENT]

    def pulse(self) -> Pulse:
        return pulse(self._seen, self._clock, self._machine.seconds(), self._steady(), self._patience)

    def ask_timers(self) -> None:
        """Has them look now, for whoever waits for it."""
        self._stores.bell.ring()

    def look(self) -> bool:
        """Reads the record, and tries to write. False where it could not be read: then the last look stands."""
        now = self._steady()
        # Whoever slept (a machine put to sleep) has to give the timers, which slept too, time to wake up.
        slept = now - self._looked_at > self._patience.silent
        self._looked_at = now
        self._seen = known = replace(self._seen, began=now) if slept else self._seen
        try:
            beats = self._stores.heartbeats.beats()
            due = self._stores.due.waiting(self._clock.now(), _LOOKED_AT)
            aside = since_when(self._stores.outbox, _LOOKED_AT)
        except StoreUnavailable as away:
            self._fails(away)
            return False
        self._try_to_write()
        is_silent = self.pulse().stopped_since is not None
        before = {} if is_silent else known.waiting
        beat = beats.pop(self._timer, None)
        self._seen = WatchdogReading(
            began=known.began,
            beat=None if beat is None else _sign(known.beat, beat, now),
            waiting=_still_waiting(before, (due, aside), now),
            workers={
                kind: _sign(known.workers.get(kind), at, now) for kind, at in beats.items() if kind != _OURS
            },
        )
        return True

    def _try_to_write(self) -> None:
        """A record may be read and take nothing: a full one, a copy. Then nobody else's writes get in either."""
        try:
            self._stores.heartbeats.beat_as_saved(_OURS, self._machine.seconds())
        except StoreUnavailable as no:
            self._fails(no)
        else:
            self.trouble = None
            self._record.worked()

    def _fails(self, away: StoreUnavailable) -> None:
        self.trouble = away.trouble
        self._record.failed(away)


def _sign(known: Sign | None, at: float, now: float) -> Sign:
    return known if known is not None and known.at == at else Sign(at, now)


def _still_waiting(
    before: Mapping[str, Waiting], waits: Sequence[Mapping[str, datetime]], now: float
) -> dict[str, Waiting]:
    """A case may wait in two ways: it goes on waiting for as long as one of them lasts that it was seen in."""

    def waiting(ref: str) -> Waiting:
        known, ats = before.get(ref), [each[ref] for each in waits if ref in each]
        return known if known is not None and known.at in ats else Waiting(at=min(ats), since=now)

    return {ref: waiting(ref) for ref in dict.fromkeys(ref for each in waits for ref in each)}
