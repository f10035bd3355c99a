"""A scenario played by people in the workspace, step by step, at the pace of the case clock."""

import threading
from datetime import datetime
from typing import Protocol

from msgspec.structs import replace

from bot.cli.demo import cast
from bot.cli.demo.cast import People, described
from bot.cli.demo.clock import StoryClock
from bot.cli.demo.gestures import GESTURES, caption_of, place_of
from bot.cli.demo.scene import Ended, Refusal, Scene
from bot.replay.expectations import RefusedStep
from bot.replay.scenario import Scenario
from bot.replay.steps import Step
from bot.replay.values import moment_from
from bot.time import CaseClock
from sandbox.errors import NotPossible, StillWaiting

_LOOK = 0.5  # seconds between looks at whether somebody took over
_SHORT = 2.0  # seconds, for a button that is not to come
_YOURS = "The clocks run on, and the page is yours; Ctrl-C stops the demo."
ENDED = f"The story has ended. {_YOURS}"
YIELDED = f"You took over: the story stops here. {_YOURS}"


class Narrator(Protocol):
    def caption(self, text: str, person: str, channel: str) -> None:
        """Who does what, and where to look."""

    def end(self, text: str) -> None:
        """The last caption: nothing is left to take over."""

    def taken_over(self) -> bool:
        """Somebody clicked in the page: the story waits until it is resumed."""


class Story:
    """Plays until its end, or until `ended` is set. It never fights the hands of whoever watches."""

    def __init__(self, scene: Scene, clock: CaseClock | StoryClock, narrator: Narrator) -> None:
        self._scene = scene
        self._scenario = scene.scenario
        self._people: People = scene.scenario.said.people
        self._clock = clock
        self._narrator = narrator
        self._refused = _refused(scene.scenario)
        self._touched = False  # somebody took over since it began

    def play(self, ended: threading.Event) -> str:
        """The last caption: how it came to its end."""
        for number, step in enumerate(self._scenario.said.steps, 1):
            if not self._wait_until(moment_from(self._scenario.start, step.at), ended):
                return ENDED
            try:
                self._take(step, self._scene_for(number, step))
            except Ended:
                return ENDED
            except _Overtaken:
                return YIELDED
        self._wait_until(self._scenario.until, ended)
        return ENDED

    def _wait_until(self, at: datetime, ended: threading.Event) -> bool:
        """False where the story is not to go on."""
        while not ended.is_set():
            left = self._clock.seconds_until(at)
            taken = self._is_taken_over()
            if left <= 0 and not taken:
                return True
            ended.wait(_LOOK if taken else min(left, _LOOK))
        return False

    def _scene_for(self, number: int, step: Step) -> Scene:
        """What the story says will be refused is not waited for: meanwhile its clocks would run on."""
        case = step.case if len(self._scenario.refs) > 1 and step.case else ""
        patience = min(_SHORT, self._scene.patience) if number in self._refused else self._scene.patience
        return replace(self._scene, case=case, patience=patience)

    def _take(self, step: Step, scene: Scene) -> None:
        gesture = GESTURES.get(step.verb)
        person = step.by or ""
        who = described(person, self._people)
        if gesture is None:
            self._say(f"{who}: {caption_of(step)} (not told in Slack yet)", person, cast.CASES)
            return
        self._say(f"{who} {caption_of(step)}", person, place_of(step, self._people))
        try:
            gesture(scene, step)
        except (Refusal, NotPossible, StillWaiting) as trouble:
            if self._touched or self._is_taken_over():
                raise _Overtaken from trouble
            self._say(f"{who} could not: {trouble}", person, cast.CASES)
        finally:
            self._scene.close_views(person)

    def _is_taken_over(self) -> bool:
        taken = self._narrator.taken_over()
        self._touched = self._touched or taken
        return taken

    def _say(self, text: str, person: str, channel: str) -> None:
        self._narrator.caption(text, person, channel)


def _refused(told: Scenario) -> frozenset[int]:
    """The numbers of the steps that will be refused, from 1."""
    wanted = [entry.wanted for entry in told.said.expect]
    return frozenset(each.step for each in wanted if isinstance(each, RefusedStep))


class _Overtaken(Exception):
    """What the next step needs is no longer there: somebody's hands were quicker."""
