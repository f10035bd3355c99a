"""What is wrong with time, under a name that every bot of the installation gives it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import structlog
from msgspec import Struct, field

from bot.ports.cases import Pulse
from bot.ports.errors import RecordTrouble
from workers.alarm.watchdog import Sign, WatchdogReading

log = structlog.get_logger()


class Known(Struct, frozen=True, kw_only=True):
    """What can be said of the cases when time has stopped."""

    high: tuple[str, ...] = ()  # references of the open HIGH cases
    as_of: datetime | None = None  # case time of that; None: the record was never read
    answers: bool = True  # the record does, now
    trouble: RecordTrouble | None = None  # that keeps it from being read, or from taking anything


class AlarmTrouble(Struct, frozen=True, kw_only=True):
    key: str
    since: datetime  # case time
    found: float  # machine seconds
    undecided: Mapping[str, datetime] = field(default_factory=dict)  # single cases, and since when each waits
    left: tuple[str, ...] = ()  # those of them that its newest banner names
    unreadable: tuple[str, ...] = ()  # those of them that cannot be read
    known: Known = Known()  # when it was found
    banners: tuple[str, ...] = ()  # `ts` of each, the newest last
    calls: tuple[str, ...] = ()  # what was done beside Slack

    def banner_key(self, machine_now: float, remind: float) -> str:
        """Another for each reminder."""
        times = int((machine_now - self.found) // remind)
        return f"{self.key}:{times}" if times else self.key


def new_troubles(
    pulse: Pulse, seen: WatchdogReading, known: Iterable[AlarmTrouble], machine_now: float
) -> Iterable[AlarmTrouble]:
    """Named by what stays the same while it lasts: the newest sign of any timer, or a case and since when it waits.

    A case that nobody decides hides neither another one, nor that all clocks stop.
    """
    told = list(known)
    if pulse.stopped_since is not None and all(trouble.undecided for trouble in told):
        yield AlarmTrouble(key=_stop(seen.beat), since=pulse.stopped_since, found=machine_now)
    named = {case for trouble in told for case in trouble.undecided.items()}
    stuck = {ref: since for ref, since in pulse.undecided.items() if (ref, since) not in named}
    if stuck:
        ref, since = next(iter(stuck.items()))
        yield AlarmTrouble(key=_stuck(ref, since), since=since, found=machine_now, undecided=stuck)


def left_of(trouble: AlarmTrouble, seen: WatchdogReading) -> tuple[str, ...]:
    """Those of its cases that still wait."""
    waiting = {ref: case.at for ref, case in seen.waiting.items()}
    return tuple(ref for ref, since in trouble.undecided.items() if waiting.get(ref) == since)


def still_stands(trouble: AlarmTrouble, seen: WatchdogReading, machine_now: float) -> bool:
    """Asked before it is said to be over: a bot that has just been started gives a while of grace to everybody."""
    return bool(left_of(trouble, seen)) if trouble.undecided else not _has_beaten(trouble, seen, machine_now)


def _has_beaten(stop: AlarmTrouble, seen: WatchdogReading, machine_now: float) -> bool:
    """Since then. Where no sign was known, an old one may have come to light: a timer's that is dead all the same."""
    if seen.beat is None or stop.key == _stop(seen.beat):
        return False
    was_set_back = stop.found > machine_now
    return stop.key != _stop(None) or seen.beat.at > stop.found or was_set_back


def _stop(beat: Sign | None) -> str:
    return f"stopped:{beat.at if beat else None!r}"


def _stuck(ref: str, since: datetime) -> str:
    return f"undecided:{ref}:{since.timestamp():.3f}"
