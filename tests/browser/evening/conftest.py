"""The control room in the page: our bot on real parts, and its people in Chromium."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from bot.cli.demo.command import STORY
from bot.cli.demo.gestures import GESTURES, Scene
from bot.cli.demo.stage import set_up
from bot.replay import scenario
from sandbox.client import Message, Workspace
from tests.browser.conftest import Opening
from tests.browser.screen import Screen

_UP = 20.0  # seconds for real processes to say something
_numbers = count(2001)

Entering = Callable[[str, str], Screen]
Reported = Callable[[], Message]


@pytest.fixture(scope="session")
def story() -> scenario.Scenario:
    return scenario.load(STORY)


@pytest.fixture(scope="session")
def workspace(story: scenario.Scenario) -> Iterator[Workspace]:
    """The case clock runs as fast as any other, so nothing comes due while somebody types."""
    with set_up(story.said.people, story.start + timedelta(minutes=1), 1.0) as stage:
        stage.workspace.settings(rate_limits=False, ack_seconds=10, trigger_seconds=10)  # for a busy machine
        yield stage.workspace


@pytest.fixture
def enters(workspace: Workspace, opened: Opening) -> Entering:
    """Somebody opens the page at one of the channels; what an earlier test left in front is put away."""

    def enter(person: str, channel: str) -> Screen:
        if workspace.person(person).modals:
            workspace.person(person).close(everything=True)
        return opened(person, channel=channel)

    return enter


@pytest.fixture
def reported(workspace: Workspace, story: scenario.Scenario) -> Reported:
    """Reports the story's child under a new incident number; hands back the card of the case."""

    def report() -> Message:
        workspace.mark()
        step = story.said.steps[0]
        assert step.report is not None, "the story begins with a report"
        numbered = step.report.model_copy(update={"ref": f"LOG-{next(_numbers)}"})
        again = step.model_copy(update={"report": numbered})
        GESTURES["report"](Scene(workspace, story, ZoneInfo("Europe/London")), again)
        return workspace.expect("Outstanding", "missing-cases", within=_UP)

    return report


def ref_of(card: Message) -> str:
    """The case that a card is about."""
    found = re.search(r"MC-\d\d-\d{4,}", card.words)
    assert found, f"no reference on {card.text!r}"
    return found[0]
