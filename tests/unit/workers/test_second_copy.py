"""Who else is connected to Slack with our tokens: from the record, and from Slack's count; no wolf is cried."""

import pytest

from bot.store.connection import for_store
from bot.store.redis_copies import RedisCopies, Standing
from cli.alone import app_of
from workers.second_copy import Hello, Lookout, SecondInstallation, Verdict, judged, refuse_newcomer

NONE, UNSURE, ANOTHER = Verdict.NONE, Verdict.UNSURE, Verdict.ANOTHER
TOLD = "Another copy of this bot is connected to Slack with the same tokens"


@pytest.mark.parametrize(
    ("connections", "lingers", "alive", "recent", "verdict"),
    [
        pytest.param(1, False, 1, 1, NONE, id="alone"),
        pytest.param(2, False, 2, 2, NONE, id="two bots of one installation"),
        pytest.param(1, False, 2, 2, NONE, id="the other one of ours is not connected yet"),
        pytest.param(2, False, 1, 1, ANOTHER, id="a stranger at start"),
        pytest.param(3, False, 2, 2, ANOTHER, id="a stranger beside two of ours"),
        pytest.param(2, False, 1, 2, UNSURE, id="a predecessor that was killed"),
        pytest.param(3, False, 1, 2, ANOTHER, id="a stranger beside a killed predecessor"),
        pytest.param(2, True, 1, 1, UNSURE, id="our own old line, or a stranger"),
        pytest.param(3, True, 1, 1, ANOTHER, id="a stranger beside our own old line"),
        pytest.param(1, True, 1, 1, NONE, id="the old line is gone, and so is the stranger"),
    ],
)
def test_a_count_is_another_copy_only_where_nothing_of_ours_explains_it(
    connections: int, lingers: bool, alive: int, recent: int, verdict: Verdict
) -> None:
    assert judged(Hello(connections, lingers), Standing(alive=alive, recent=recent)) is verdict


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


class Server:
    """Bots of several installations on one record server, and how many connections Slack counts."""

    def __init__(self, url: str, app: str) -> None:
        self.redis, self.machine, self.app = for_store(url), Machine(), app
        self.connections, self.asked = 0, 0
        self.lookouts: list[Lookout] = []

    def bot(self, prefix: str) -> Lookout:
        found = Lookout(RedisCopies(self.redis, prefix), self.machine, lambda: self.opens(found, asked=True))
        found.enter(self.app)
        self.lookouts.append(found)
        self.connections += 1
        self.opens(found)
        return found

    def opens(self, lookout: Lookout, *, asked: bool = False) -> None:
        self.asked += asked
        lookout.heard(None, {"type": "hello", "num_connections": self.connections}, None)

    def goes_by(self, seconds: int) -> None:
        for _ in range(seconds):
            self.machine.now += 1
            for lookout in self.lookouts:
                lookout.look()


@pytest.fixture
def server(redis_url: str, prefix: str) -> Server:
    return Server(redis_url, app_of(f"https://slack.example/{prefix}/", "T1", "B1"))


def test_bots_of_one_installation_are_no_strangers(server: Server) -> None:
    bots = [server.bot("ours") for _ in range(3)]
    server.goes_by(400)
    server.opens(bots[0])
    server.goes_by(400)
    assert [bot.wrong for bot in bots] == ["", "", ""]
    assert server.asked == 0


def test_a_stranger_is_told_by_every_bot_and_taken_back_once_it_is_gone(server: Server) -> None:
    first = server.bot("ours")
    server.goes_by(15)
    server.connections += 1
    second = server.bot("ours")
    server.goes_by(15)
    assert TOLD in second.wrong
    assert first.is_seen, "the other one saw it"
    server.connections -= 1
    server.goes_by(320)
    assert not second.is_seen
    assert not first.is_seen
    assert server.asked == 1


def test_a_stranger_that_came_while_we_ran_is_known_by_a_second_count(server: Server) -> None:
    """The first one might have counted our own last line."""
    bot = server.bot("ours")
    server.goes_by(15)
    server.connections += 1
    server.opens(bot)
    server.goes_by(15)
    assert not bot.is_seen
    server.goes_by(320)
    assert bot.is_seen


def test_our_own_last_line_which_slack_still_counts_is_no_stranger(server: Server) -> None:
    bot = server.bot("ours")
    server.goes_by(15)
    server.connections = 2
    server.opens(bot)
    server.connections = 1
    server.goes_by(700)
    assert not bot.is_seen
    assert server.asked == 1


def test_another_installation_in_the_same_server_is_refused_and_told_where_both_run(server: Server) -> None:
    old = server.bot("old")
    with pytest.raises(SecondInstallation):
        server.bot("ours")
    assert server.connections == 1
    RedisCopies(server.redis, "ours").beat(server.app, sees_another=False)  # both began at once
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
