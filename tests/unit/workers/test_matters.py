"""What only the technician can mend: told once however many bots see it, again each half hour, until it is taken."""

import pytest

from bot.cli.watching import skewed
from bot.store.memory import MemoryStores
from workers.alarm.matters import Matters
from workers.ways_out.ways import Sent

WRONG = "This machine's clock is 600 s ahead of Slack's. Set it by a time server."


class Machine:
    def __init__(self) -> None:
        self.now = 1_772_460_000.0  # a whole half hour

    def seconds(self) -> float:
        return self.now


class Post:
    def __init__(self) -> None:
        self.machine, self.stores = Machine(), MemoryStores()
        self.told: list[str] = []
        self.is_up = True
        self.bots = [
            Matters(lambda: {"skew": WRONG}, self.stores.requests, self.send, self.machine, remind=1800)
            for _ in range(2)
        ]

    def send(self, _: str, __: str, said: str) -> Sent:
        if not self.is_up:
            return Sent(failed=("e-mail",))
        self.told.append(said)
        return Sent(taken=("e-mail",))

    def goes_by(self, seconds: int) -> None:
        for _ in range(seconds):
            for bot in self.bots:
                bot.look()
            self.machine.now += 1


def test_it_is_told_once_and_again_each_half_hour() -> None:
    post = Post()
    post.goes_by(1800)
    assert post.told == [WRONG]
    post.goes_by(61)
    assert post.told == [WRONG, WRONG]


def test_a_call_that_nobody_took_is_made_again() -> None:
    post = Post()
    post.is_up = False
    post.goes_by(30)
    post.is_up = True
    post.goes_by(61)
    assert post.told == [WRONG]


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (None, ""),
        (2.0, ""),
        (-29.0, ""),
        (600.0, WRONG),
        (-600.0, "This machine's clock is 600 s behind Slack's. Set it by a time server."),
    ],
)
def test_a_clock_that_is_not_slacks_is_named_from_half_a_minute_on(ahead: float | None, said: str) -> None:
    assert skewed(ahead) == said
