"""An installation in which nothing happens asks the record little: that is a count, and no time of a busy machine."""

import time

import pytest

from tests.chaos.conftest import Force
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.redis]

SETTLES, WATCHED = 15.0, 10.0  # seconds
COMMANDS = 75  # a second, with what scripts call; 230 when the timer looked twenty times a second
TICKS = 2  # a second


def test_where_nothing_happens_the_record_is_left_alone(force: Force) -> None:
    force.start_unseen("run")
    until("the bot is connected", lambda: force.workspace.sockets_opened > 0, 60)
    force.wait_for_page(force.report())
    force.wait_until_told()
    pass_by(force, SETTLES)
    commands, ticks, began = commands_of(force), force.counted("ticks"), time.monotonic()
    pass_by(force, WATCHED)
    commands, ticks = commands_of(force) - commands, force.counted("ticks") - ticks
    watched = time.monotonic() - began
    assert commands / watched < COMMANDS
    assert 0 < ticks / watched < TICKS


def pass_by(force: Force, seconds: float) -> None:
    over = force.bot.machine.seconds() + seconds
    until(f"{seconds} s have gone by", lambda: force.bot.machine.seconds() >= over, seconds + 60)


def commands_of(force: Force) -> int:
    """The asking for it counts, too, and is little."""
    return sum(each["calls"] for each in force.bot.redis.info("commandstats").values())
