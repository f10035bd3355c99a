"""What is wrong with time, under a name that every bot of the installation gives it."""

from datetime import datetime

from msgspec import Struct

from bot.ports import Pulse


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


def trouble_in(pulse: Pulse, beat: float | None, machine_now: float) -> Trouble | None:
    """`beat`: the newest sign of any timer, in machine seconds; it stays the same during a stop, and so names it."""
    if pulse.stopped_since is not None:
        return Trouble(key=f"stopped:{beat!r}", since=pulse.stopped_since, found=machine_now)
    if not pulse.undecided:
        return None
    ref, since = next(iter(pulse.undecided.items()))
    key = f"undecided:{ref}:{since.timestamp():.3f}"
    return Trouble(key=key, since=since, found=machine_now, undecided=tuple(pulse.undecided))
