"""Every file of scenarios/, on both stores."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.audit.assurance import Lapse, lapses
from bot.audit.unfolding import history
from bot.ports.stores import Stores
from bot.replay.engine import replay
from bot.replay.judge import judge
from bot.replay.scenario import Scenario, load
from bot.store.memory import MemoryStores

FILES = sorted(Path(__file__).parents[2].glob("scenarios/*.yaml"))


def not_held(file: Path, stores: Stores) -> list[str]:
    scenario = load(file)
    judged = judge(scenario, replay(scenario, stores))
    assert judged, "a scenario that expects nothing proves nothing"
    return [f"{each.entry}: saw {each.saw}" for each in judged if not each.held]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_in_memory(file: Path) -> None:
    stores = MemoryStores()
    assert not_held(file, stores) == []
    assert (lapsed(load(file), stores) != []) is (file.stem == TIMER_WAS_DOWN)


TIMER_WAS_DOWN = "s32-the-timer-was-down"


def lapsed(scenario: Scenario, stores: Stores) -> list[Lapse]:
    """What an audit of the bot itself finds in the log of those cases (`missing-bot audit --assure`)."""
    return [
        lapse
        for ref in stores.cases.refs()
        for lapse in lapses(history(stores.cases.entries(ref)), scenario.policy, scenario.until)
    ]


# Forty thousand round trips say nothing that the others do not; `missing-bot replay --redis` tells it too.
SHORT = [file for file in FILES if file.stem != "x21-a-month-alone"]


@pytest.mark.redis
@pytest.mark.parametrize("file", SHORT, ids=lambda file: file.stem)
def test_on_redis(file: Path, redis_stores: Stores) -> None:
    assert not_held(file, redis_stores) == []


@pytest.mark.redis
def test_both_stores_tell_the_same_story(redis_stores: Stores) -> None:
    scenario = load(FILES[0].with_name("s29-i-know-is-not-i-did.yaml"))
    assert list(replay(scenario, MemoryStores())) == list(replay(scenario, redis_stores))


def test_a_month_costs_four_weeks_and_not_the_square_of_a_week() -> None:
    """A ratio in one run: how fast the machine is, and what else runs on it, is in both."""
    month = load(FILES[0].with_name("x21-a-month-alone.yaml"))
    week = replace(month, said=month.said.model_copy(update={"until": timedelta(days=7)}))

    def took(scenario: Scenario) -> float:
        began = time.process_time()
        replay(scenario, MemoryStores())
        return time.process_time() - began

    turns = [(took(month), took(week)) for _ in range(3)]
    assert min(a for a, _ in turns) < 8 * min(b for _, b in turns), f"a month and a week, in seconds: {turns}"
