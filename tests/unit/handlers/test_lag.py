"""How late events come is by Slack's clock alone: this machine's may be minutes off."""

import pytest

from bot.slack.slack_client import Client
from cli.listening import Lag

SLACK_NOW = 1_772_460_000.0
EVENT = {"event_time": int(SLACK_NOW) - 3}


class Machine:
    def __init__(self, now: float) -> None:
        self._now = now

    def seconds(self) -> float:
        return self._now


@pytest.mark.parametrize("ahead", [0.0, 600.0, -600.0])
def test_a_machine_whose_clock_is_off_sees_the_same_lag(ahead: float) -> None:
    client = Client()
    client.machine, client.ahead = Machine(SLACK_NOW + ahead), ahead
    lag = Lag(lambda: client.now)
    lag.note(EVENT, None)
    assert lag.seconds == 3.0


def test_before_slack_has_said_what_time_it_is_nothing_is_said() -> None:
    client = Client()
    lag = Lag(lambda: client.now)
    lag.note(EVENT, None)
    assert lag.seconds is None
