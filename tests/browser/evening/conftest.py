"""The control room in the page: our bot on real parts, and its people in Chromium."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Protocol
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from bot.domain.facts import Category
from bot.domain.people import Role
from bot.replay import scenario
from bot.replay.scenario_steps import ScenarioStep
from cli.demo.cast import People
from cli.demo.demo_command import STORY
from cli.demo.gestures import GESTURES, Scene
from cli.demo.stage import set_up
from sandbox.client import Message, Workspace
from tests.browser.conftest import Opening, pages_of
from tests.browser.screen import Screen
from tests.waiting import BUSY

_SPEED = 0.1  # case time stands nearly still: the children of earlier tests would be paged for otherwise
_UNLIMITED = 100_000
_UP = 60.0  # seconds for real processes to say something
_numbers = count(2001)

Entering = Callable[[str, str], Screen]
Reported = Callable[[], Message]


class Reporting(Protocol):
    def __call__(self, *, concern: bool = False, graded: bool = False, incident: str = "") -> Message:
        """The card of a new case about the story's child."""


@pytest.fixture(scope="session")
def story() -> scenario.Scenario:
    return scenario.load(STORY)


@pytest.fixture(scope="session")
def workspace(story: scenario.Scenario) -> Iterator[Workspace]:
    with an_evening(story) as running:
        yield running


@contextmanager
def an_evening(story: scenario.Scenario) -> Iterator[Workspace]:
    """Nothing comes due while somebody types, and nothing that they do waits for Slack's limits, for they are quick."""
    at = story.start + timedelta(minutes=1)
    with set_up(everybody(story), at, _SPEED, edits_a_minute=_UNLIMITED) as stage:
        stage.workspace.settings(rate_limits=False, **BUSY)
        yield stage.workspace


def everybody(story: scenario.Scenario) -> People:
    """The story's people, a second FIM and a second supervisor, and one who holds no role."""
    return {**story.said.people, "kim": (Role.FIM,), "sid": (Role.SUPERVISOR,), "pat": ()}


@pytest.fixture
def enters(workspace: Workspace, opened: Opening) -> Entering:
    """Somebody opens the page at one of the channels; what an earlier test left in front is put away."""

    def enter(person: str, channel: str) -> Screen:
        put_away(workspace, person)
        return opened(person, channel=channel)

    return enter


class Cast:
    """A page for each person, kept open from case to case: the cases keep the stories apart."""

    def __init__(self, workspace: Workspace, opened: Opening) -> None:
        self._workspace, self._opened = workspace, opened
        self._screens: dict[str, Screen] = {}

    def enters(self, person: str, card: Message) -> Screen:
        """In the cases channel, with that case's thread beside it and nothing in front."""
        put_away(self._workspace, person)
        place = {"channel": card.channel, "thread": card.ts}
        screen = self._screens.get(person)
        if screen is None:
            screen = self._screens[person] = self._opened(person, **place)
        else:
            screen.go(person=person, **place)
        expect(screen.modal).to_have_count(0)
        expect(screen.message(ref_of(card))).to_be_visible()
        return screen


@pytest.fixture(scope="module")
def cast(workspace: Workspace, browser: Browser) -> Iterator[Cast]:
    with pages_of(browser, workspace) as opened:
        yield Cast(workspace, opened)


def put_away(workspace: Workspace, person: str) -> None:
    if workspace.person(person).modals:
        workspace.person(person).close(everything=True)


@pytest.fixture(scope="session")
def reporting(workspace: Workspace, story: scenario.Scenario) -> Reporting:
    return reporting_in(workspace, story)


def reporting_in(workspace: Workspace, story: scenario.Scenario) -> Reporting:
    """The story's child, each time under a new incident number."""

    def report(*, concern: bool = False, graded: bool = False, incident: str = "") -> Message:
        step = story.said.steps[0]
        said = step.report
        assert said is not None, "the story begins with a report"
        category = Category.CONCERN_FOR_SAFETY if concern else Category.MISSING
        changed = {"ref": incident or f"LOG-{next(_numbers)}", "category": category.value}
        changed |= {} if graded else {"grade": None}
        return _carried_out(step.model_copy(update={"report": said.model_copy(update=changed)}))

    def _carried_out(step: ScenarioStep) -> Message:
        workspace.mark()
        GESTURES["report"](Scene(workspace, story, ZoneInfo("Europe/London")), step)
        card = workspace.expect("Outstanding", "missing-cases", within=_UP)
        # A card that is drawn anew under somebody's hand closes the menu that they have open.
        workspace.wait_for(lambda: _now(card).says("FIM paged"), "the card says that its page left", _UP)
        return card

    def _now(card: Message) -> Message:
        return next(each for each in workspace.person("cal").sees("missing-cases") if each.ts == card.ts)

    return report


@pytest.fixture
def reported(reporting: Reporting) -> Reported:
    """The card of a new case: a concern for safety, as the demo tells it."""
    return lambda: reporting(concern=True, graded=True)


def ref_of(card: Message) -> str:
    """The case that a card is about."""
    found = re.search(r"MC-\d\d-\d{4,}", card.words)
    assert found, f"no reference on {card.text!r}"
    return found[0]
