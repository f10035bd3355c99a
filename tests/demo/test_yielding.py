"""The story never fights whoever took over: where its next step no longer fits, it stops and says so."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import config
from bot.replay import scenario
from bot.time import HostClock
from cli.demo import cast
from cli.demo.demo_command import STORY
from cli.demo.looks import Gaze
from cli.demo.pace import Pace, StoryClock
from cli.demo.scene import Scene
from cli.demo.story import ENDED, YIELDED, PlayedStory
from sandbox.client.stage import Wishes
from sandbox.runner import running_workspace
from workers.periodic import Stop

MANIFEST = Path(config.__file__).with_name("slack-manifest.yaml")
HASTY = 1e6  # a story at this speed has nobody to wait for


class Watching:
    """Hears the captions; took over once, where `hands` are on the page."""

    def __init__(self, *, hands: bool) -> None:
        self.hands = hands
        self.captions: list[str] = []

    def caption(self, text: str, _look: Gaze, _told: float) -> None:
        self.captions.append(text)

    def look(self, look: Gaze) -> None:
        pass

    def end(self, text: str, _look: Gaze) -> None:
        self.captions.append(text)

    def wishes(self, after: int = -1, seconds: float = 0.0) -> Wishes:  # noqa: ARG002  # nobody changes their mind
        was, self.hands = self.hands, False
        return Wishes(version=0, watched=True, playing=not was, speed=HASTY, next=0, again=0)


def played(watching: Watching, home: Path) -> str:
    """The story in a workspace with nobody behind its buttons: no step finds what it needs."""
    told = scenario.load(STORY)
    clock = StoryClock(home / "time", HostClock(), told.until + timedelta(minutes=1), lambda *_: None)
    with running_workspace(MANIFEST, cast.seed(told.said.people)) as workspace:
        scene = Scene(workspace, told, ZoneInfo("Europe/London"), patience=0.05)
        pace = Pace(clock, watching, Stop())
        return PlayedStory(scene, pace, watching).play()


def test_after_a_takeover_a_step_that_no_longer_fits_ends_the_story(tmp_path: Path) -> None:
    watching = Watching(hands=True)
    assert played(watching, tmp_path) == YIELDED
    assert watching.captions == ["Cal Reeve (call handler) types /missing and reports the child"]


def test_without_one_it_says_who_could_not_and_goes_on(tmp_path: Path) -> None:
    watching = Watching(hands=False)
    assert played(watching, tmp_path) == ENDED
    assert [each for each in watching.captions if "Fay Marsh (FIM) could not: " in each]
