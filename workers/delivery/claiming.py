"""A lane of the outbox, held by one worker at a time, put down for longer each time; and a row that is put by."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from msgspec.structs import replace

from bot.ports.destination import Destination, LaneKind
from bot.ports.outbox import Outbox, Outgoing
from bot.ports.stores import RateLimits
from bot.time import MachineClock, is_ahead

# A lane that Slack, or a way out, does not take is put down for longer each time.


def back_off(
    rate_limits: RateLimits, lane: Destination, machine_now: float, *, soonest: float, latest: float
) -> None:
    """Puts the lane down: twice as long each time in a row."""
    fallen = rate_limits.fell(lane)
    rate_limits.hold(lane, machine_now + _rests(fallen, soonest, latest))


def tries_in(seconds: float, *, soonest: float, latest: float) -> int:
    """How often a lane has fallen when so much time has passed since its first try."""
    fallen, passed = 1, 0.0
    while (passed := passed + _rests(fallen, soonest, latest)) <= seconds:
        fallen += 1
    return fallen


def _rests(fallen: int, soonest: float, latest: float) -> float:
    """Seconds until it is tried again."""
    return min(soonest * 2.0 ** min(fallen - 1, 10), latest)


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


# Rows that Slack refuses while it takes the others of their lane, and redrawings of a card that cannot be reached now:
# put by for half a minute.

AGAIN = 30.0  # machine seconds
TRIES = round(12 * 3600 / AGAIN)
"""A card that cannot be redrawn for half a day is left as it is: pressing it says what became of it. Tries are counted,
since a host's clock may be a day off."""
_PUT_BY_FOR = 10.0
_ROWS_AT_ONCE = 2000  # rows


def put_by(
    outbox: Outbox,
    rate_limits: RateLimits,
    lane: Destination,
    token: int,
    rows: Sequence[Outgoing],
    machine_now: float,
    *,
    is_tried: bool = False,
) -> bool:
    """False where the token is stale. What waits there already comes back at its time, and these with it. `is_tried`:
    Slack did not take them, which is counted."""
    if not rows:
        return True
    tried = [replace(row, tries=row.tries + 1) for row in rows] if is_tried else []
    if tried and not outbox.amend(lane, token, tried):
        return False
    held = Destination.of(LaneKind.POSTPONED, lane)
    if not is_ahead(rate_limits.holds().get(held, 0.0), machine_now):
        rate_limits.hold(held, machine_now + AGAIN)
    return outbox.move(lane, token, [row.id for row in rows], held)


def is_over(row: Outgoing) -> bool:
    """An edit that has been tried for so long that it is left."""
    return row.is_edit and row.tries >= TRIES


class Postponed:
    def __init__(self, outbox: Outbox, rate_limits: RateLimits, machine: MachineClock) -> None:
        self._outbox = outbox
        self._rate_limits = rate_limits
        self._machine = machine

    def drain_all(self, lanes: Iterable[Destination]) -> None:
        """Gives them back to their lanes."""
        for lane in lanes:
            with claimed(
                lane, self._outbox, self._rate_limits, self._machine, lease=_PUT_BY_FOR, again=AGAIN
            ) as token:
                if token is not None:
                    ids = [row.id for row in self._outbox.pending(lane, _ROWS_AT_ONCE)]
                    self._outbox.move(lane, token, ids, lane.before)
