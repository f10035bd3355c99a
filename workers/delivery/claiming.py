"""A lane of the outbox, held by one worker at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.ports.outbox import Outbox
from bot.ports.rate_limits import RateLimits
from bot.time import MachineClock


@contextmanager
def claimed(
    lane: str, outbox: Outbox, rate_limits: RateLimits, machine: MachineClock, *, lease: float, again: float
) -> Iterator[int | None]:
    """The lane's token, given back at the end. None where somebody else is at it: the lane is put down for `again`.

    Both in machine seconds.
    """
    now = machine.seconds()
    token = outbox.claim(lane, now, lease)
    if token is None:
        rate_limits.hold(lane, now + again)
        yield None
        return
    try:
        yield token
    finally:
        outbox.release(lane, token)
