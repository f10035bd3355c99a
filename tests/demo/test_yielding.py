"""The story never fights whoever took over: where its next step no longer fits, it stops and says so."""

import threading
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import config
from bot.cli.demo import cast
from bot.cli.demo.command import STORY
from bot.cli.demo.scene import Scene
from bot.cli.demo.story import ENDED, YIELDED, Story
from bot.replay import scenario
from bot.time import CaseClock, HostClock
from sandbox.runner import running_workspace

MANIFEST = Path(config.__file__).with_name("slack-manifest.yaml")


class Watching:
    """Hears the captions; took over once, where `hands` are on the page."""

    def __init__(self, *, hands: bool) -> None:
        self.hands = hands
        self.captions: list[str] = []

    def caption(self, text: str, _person: str, _channel: str) -> None:
        self.captions.append(text)

    def end(self, text: str) -> None:
        self.captions.append(text)

    def taken_over(self) -> bool:
        was, self.hands = self.hands, False
        return was


def played(watching: Watching) -> str:
    """The story in a workspace with nobody behind its buttons: no step finds what it needs."""
    told = scenario.load(STORY)
    clock = CaseClock(HostClock(), speed=1.0, origin=told.until + timedelta(minutes=1), started=0.0)
    with running_workspace(MANIFEST, cast.seed(told.said.people)) as workspace:
        scene = Scene(workspace, told, ZoneInfo("Europe/London"), patience=0.05)
        return Story(scene, clock, watching).play(threading.Event())


def test_after_a_takeover_a_step_that_no_longer_fits_ends_the_story() -> None:
    watching = Watching(hands=True)
    assert played(watching) == YIELDED
    assert watching.captions == ["Cal Reeve (call handler) types /missing and reports the child"]


def test_without_one_it_says_who_could_not_and_goes_on() -> None:
    watching = Watching(hands=False)
    assert played(watching) == ENDED
    assert [each for each in watching.captions if "Fay Marsh (FIM) could not: " in each]
