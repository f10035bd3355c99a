"""Who else is connected to Slack with our tokens: from the record, and from Slack's count; no wolf is cried."""

import pytest
from redis import Redis

from bot.ports.errors import SecondInstallation
from bot.store.connection import for_store
from bot.store.redis_copies import Count, RedisCopies, Standing
from cli.compose.bot import app_of
from workers.alarm.second_copy import Lookout, judged, refuse_newcomer

TOLD = "Another copy of this bot is connected to Slack with the same tokens"
ONCE = Count(connections=2, too_many=1)
SEEN = Count(connections=2, too_many=2, is_another=True)


@pytest.mark.parametrize(
    ("connections", "alive", "recent", "before", "is_another", "is_sure"),
    [
        pytest.param(1, 1, 1, None, False, True, id="alone"),
        pytest.param(2, 2, 2, None, False, True, id="two bots of one installation"),
        pytest.param(1, 2, 2, None, False, True, id="the other one of ours is not connected yet"),
        pytest.param(2, 1, 1, None, False, True, id="one too many, for the first time"),
        pytest.param(2, 1, 1, ONCE, True, True, id="one too many, again"),
        pytest.param(3, 2, 2, ONCE, True, True, id="a stranger beside two of ours"),
        pytest.param(2, 1, 2, ONCE, False, False, id="a predecessor that was killed"),
        pytest.param(3, 1, 2, ONCE, True, True, id="a stranger beside a killed predecessor"),
        pytest.param(2, 1, 2, SEEN, True, False, id="a stranger, and one of ours is killed"),
        pytest.param(1, 1, 1, SEEN, False, True, id="the stranger is gone"),
    ],
)
def test_a_count_is_another_copy_only_where_nothing_of_ours_explains_it_twice(
    connections: int, alive: int, recent: int, before: Count | None, is_another: bool, is_sure: bool
) -> None:
    count = judged(connections, Standing(alive=alive, recent=recent, count=before))
    assert (count.is_another, count.is_sure) == (is_another, is_sure)


def test_a_newcomer_is_refused_and_who_comes_back_is_not() -> None:
    with pytest.raises(
        SecondInstallation, match=r"MISSING_PREFIX=old.*Stop it, or give this one a Slack app"
    ):
        refuse_newcomer(Standing(others=("old",)))
    refuse_newcomer(Standing(others=("old",), recent=1))
    refuse_newcomer(Standing(alive=1, recent=1))


class Machine:
    def __init__(self) -> None:
        self.now = 1_772_460_000.0

    def seconds(self) -> float:
        return self.now


class Copies(RedisCopies):
    """By the test's clock: on the server itself time passes as it does."""

    def __init__(self, redis: Redis, prefix: str, machine: Machine) -> None:
        super().__init__(redis, prefix)
        self._machine = machine

    def _now(self) -> float:
        return self._machine.now


class Server:
    """Bots of several installations on one record server, and how many connections Slack counts."""

    def __init__(self, url: str, app: str) -> None:
        self.redis, self.machine, self.app = for_store(url), Machine(), app
        self.connections, self.asked = 0, 0
        self.lookouts: list[Lookout] = []

    def copies(self, prefix: str) -> Copies:
        return Copies(self.redis, prefix, self.machine)

    def bot(self, prefix: str) -> Lookout:
        found = Lookout(self.copies(prefix), self.machine, self.count, every=300.0)
        found.enter(self.app)
        self.lookouts.append(found)
        self.connections += 1
        found.heard(None, {"type": "hello", "num_connections": self.connections}, None)
        return found

    def count(self) -> int:
        self.asked += 1
        return self.connections

    def goes_by(self, seconds: int) -> None:
        for _ in range(seconds):
            self.machine.now += 1
            for lookout in self.lookouts:
                lookout.look()
                lookout.count()


@pytest.fixture
def server(redis_url: str, prefix: str) -> Server:
    return Server(redis_url, app_of(f"https://slack.example/{prefix}/", "T1", "B1"))


def test_bots_of_one_installation_are_no_strangers_and_one_of_them_counts_every_five_minutes(
    server: Server,
) -> None:
    bots = [server.bot("ours") for _ in range(3)]
    server.goes_by(315)
    assert [bot.wrong for bot in bots] == ["", "", ""]
    assert server.asked in (2, 3), "soon after the start, and five minutes later"
    assert [(bot.counted, bot.is_sure) for bot in bots] == [(3, True)] * 3


def test_a_stranger_that_is_there_at_the_start_is_told_by_every_bot_within_half_a_minute(
    server: Server,
) -> None:
    server.connections = 1
    bots = [server.bot("ours"), server.bot("ours")]
    server.goes_by(30)
    assert all(TOLD in bot.wrong for bot in bots)


def test_a_stranger_that_comes_while_we_run_is_told_within_seven_minutes_and_taken_back_once_it_is_gone(
    server: Server,
) -> None:
    bots = [server.bot("ours"), server.bot("ours")]
    server.goes_by(30)
    server.connections += 1
    server.goes_by(7 * 60)
    assert all(TOLD in bot.wrong for bot in bots)
    server.connections -= 1
    server.goes_by(7 * 60)
    assert [bot.wrong for bot in bots] == ["", ""]


def test_a_bot_that_comes_just_as_is_counted_is_no_stranger(server: Server) -> None:
    """It is in Slack's count, and beats in the record a moment later."""
    bot = server.bot("ours")
    server.connections += 1
    server.goes_by(15)
    server.connections -= 1
    server.goes_by(600)
    assert bot.wrong == ""
    assert server.asked >= 3, "counted again soon, and not told"


def test_our_own_last_line_which_slack_still_counts_is_no_stranger(server: Server) -> None:
    bot = server.bot("ours")
    server.goes_by(300)
    server.connections = 2
    bot.heard(None, {"type": "hello", "num_connections": 2}, None)
    server.goes_by(60)
    assert server.asked >= 2
    assert (bot.counted, bot.wrong, bot.is_sure) == (2, "", False)
    server.connections = 1
    server.goes_by(310)
    assert (bot.wrong, bot.is_sure) == ("", True)


def test_it_is_not_counted_while_somebody_presses_but_for_a_minute(server: Server) -> None:
    bot = server.bot("ours")
    asked = []
    for _ in range(75):
        bot.heard(None, {"type": "interactive", "envelope_id": "E1"}, None)
        server.goes_by(1)
        asked.append(server.asked)
    assert (asked[50], asked[-1]) == (0, 1)


def test_another_installation_in_the_same_server_is_refused_and_told_where_both_run(server: Server) -> None:
    old = server.bot("old")
    with pytest.raises(SecondInstallation):
        server.bot("ours")
    assert server.connections == 1
    server.copies("ours").beat(server.app)  # both began at once
    ours = server.bot("ours")
    server.goes_by(3)
    assert "(MISSING_PREFIX=old on this record server)" in ours.wrong
    assert "(MISSING_PREFIX=ours on this record server)" in old.wrong


def test_who_left_politely_stands_in_nobodys_way(server: Server) -> None:
    server.bot("old").leave()
    server.bot("ours")


def test_another_app_is_another_matter(server: Server, redis_url: str) -> None:
    server.bot("old")
    Server(redis_url, f"{server.app}2").bot("ours")
