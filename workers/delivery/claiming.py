"""A lane of the outbox, held by one worker at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.ports.destination import Destination
from bot.ports.outbox import Outbox
from bot.ports.rate_limits import RateLimits
from bot.time import MachineClock

# A lane that Slack, or a way out, does not take is put down for longer each time.


def back_off(
    rate_limits: RateLimits, lane: Destination, machine_now: float, *, soonest: float, latest: float
) -> None:
    """Puts the lane down: twice as long each time in a row."""
    doublings = min(rate_limits.fell(lane) - 1, 10)
    rate_limits.hold(lane, machine_now + min(soonest * 2**doublings, latest))


@contextmanager
def claimed(
    lane: Destination,
    outbox: Outbox,
    rate_limits: RateLimits,
    machine: MachineClock,
    *,
    lease: float,
    again: float,
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
