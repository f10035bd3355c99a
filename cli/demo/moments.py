"""When something happens in a story that is worth telling: its steps, and the pages that a replay says will come."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.people import Role
from bot.replay.engine import replay
from bot.replay.scenario import Scenario
from bot.replay.scenario_steps import ScenarioStep
from bot.replay.values import moment_from
from bot.store.memory import MemoryStores
from bot.views.wording import clock_words, words


class StoryPage(Struct, frozen=True):
    role: Role
    clocks: tuple[str, ...]

    @property
    def caption(self) -> str:
        why = "; ".join(dict.fromkeys(_why(clock, self.role) for clock in self.clocks))
        return f"The bot pages the {words.ROLES[self.role]}: {why}"


class Moment(Struct, frozen=True):
    at: datetime
    what: ScenarioStep | StoryPage
    number: int = 0  # of a step, from 1


def moments_of(scenario: Scenario) -> list[Moment]:
    """In the order of their times; at one time, steps before pages."""
    return sorted([*_steps(scenario), *_pages(scenario)], key=lambda each: each.at)


def _steps(scenario: Scenario) -> Iterator[Moment]:
    for number, step in enumerate(scenario.said.steps, 1):
        yield Moment(moment_from(scenario.start, step.at), step, number)


def _pages(scenario: Scenario) -> Iterator[Moment]:
    for posted in replay(scenario, MemoryStores()).of("posted"):
        at = scenario.start + timedelta(seconds=posted.at)
        yield Moment(at, StoryPage(Role(posted.told["role"]), tuple(posted.told["clocks"])))


def _why(clock: str, role: Role) -> str:
    return clock_words.of(clock, role).missing
