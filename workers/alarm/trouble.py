"""What is wrong with time, under a name that every bot of the installation gives it."""

from datetime import datetime

from msgspec import Struct

from bot.ports import Pulse
from workers.watchdog import Seen


class Trouble(Struct, frozen=True, kw_only=True):
    key: str
    since: datetime  # case time
    found: float  # machine seconds
    undecided: tuple[str, ...] = ()
    high: tuple[str, ...] = ()  # the HIGH cases open when it was found
    banners: tuple[str, ...] = ()  # `ts` of each, the newest last
    calls: tuple[str, ...] = ()  # what was done beside Slack

    def banner_key(self, machine_now: float, remind: float) -> str:
        """Another for each reminder."""
        times = int((machine_now - self.found) // remind)
        return f"{self.key}:{times}" if times else self.key


def trouble_in(pulse: Pulse, seen: Seen, machine_now: float) -> Trouble | None:
    """Named by what stays the same while it lasts: the newest sign of any timer, or the case and when it was due."""
    if pulse.stopped_since is not None:
        return Trouble(key=_stop(seen), since=pulse.stopped_since, found=machine_now)
    if not pulse.undecided:
        return None
    ref, since = next(iter(pulse.undecided.items()))
    return Trouble(key=_stuck(ref, since), since=since, found=machine_now, undecided=tuple(pulse.undecided))


def still_stands(trouble: Trouble, seen: Seen) -> bool:
    """Asked before it is said to be over: a bot that has just been started gives a while of grace to everybody."""
    stuck = {_stuck(ref, waiting.at) for ref, waiting in seen.waiting.items()}
    return trouble.key in {_stop(seen), *stuck}


def _stop(seen: Seen) -> str:
    return f"stopped:{seen.beat!r}"


def _stuck(ref: str, since: datetime) -> str:
    return f"undecided:{ref}:{since.timestamp():.3f}"
