"""The lanes of one job do not wait for one another, nor for one that fails."""

from collections.abc import Iterable
from threading import Barrier

import pytest

from bot.pools import THREADS
from bot.ports.destination import Destination
from bot.ports.errors import StoreUnavailable
from workers.delivery.side_by_side import TOGETHER, side_by_side
from workers.rq.job_functions import Doer

LANES = [Destination(f"person:U{number}") for number in range(TOGETHER)]


def test_lanes_are_drained_at_the_same_time() -> None:
    met = Barrier(len(LANES), timeout=20)

    def drains(_: Iterable[Destination], __: Doer) -> None:
        met.wait()  # broken where one waits for another

    side_by_side(drains, THREADS)(LANES, Doer.WORKER)


def test_a_lane_that_fails_keeps_no_other_from_being_drained_and_is_told() -> None:
    drained: list[Destination] = []

    def drains(lanes: Iterable[Destination], _: Doer) -> None:
        (lane,) = lanes
        if lane == LANES[0]:
            raise StoreUnavailable("away")
        drained.append(lane)

    with pytest.raises(StoreUnavailable):
        side_by_side(drains, THREADS)(LANES, Doer.WORKER)
    assert sorted(drained) == LANES[1:]


def test_one_lane_alone_needs_no_thread_and_none_does_nothing() -> None:
    drained: list[tuple[list[Destination], Doer]] = []
    drain = side_by_side(lambda lanes, who: drained.append((list(lanes), who)), THREADS)
    drain(LANES[:1], Doer.TIMER)
    drain([], Doer.TIMER)
    assert drained == [(LANES[:1], Doer.TIMER), ([], Doer.TIMER)]
