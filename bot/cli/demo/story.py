"""A scenario played by people in the workspace, step by step, at the pace of the case clock."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.cli.demo.cast import People, described
from bot.cli.demo.gestures import GESTURES, Scene, caption_of
from bot.replay.scenario import Scenario
from bot.replay.steps import Step
from bot.replay.values import moment_from
from bot.time import CaseClock
from sandbox.client import Workspace


class Narrator(Protocol):
    def caption(self, text: str) -> None: ...


class Story:
    """Plays until its end, until `ended` is set, or until somebody takes over in the page."""

    def __init__(
        self,
        scenario: Scenario,
        workspace: Workspace,
        clock: CaseClock,
        zone: ZoneInfo,
        narrator: Narrator,
        yielded: Callable[[], bool] = lambda: False,
    ) -> None:
        self._scenario = scenario
        self._clock = clock
        self._narrator = narrator
        self._yielded = yielded
        self._scene = Scene(workspace, scenario, zone)
        self._people: People = scenario.said.people

    def play(self, ended: threading.Event) -> None:
        for step in self._scenario.said.steps:
            if not self._wait_until(moment_from(self._scenario.start, step.at), ended):
                return
            self._take(step)
        self._wait_until(self._scenario.until, ended)

    def _wait_until(self, at: datetime, ended: threading.Event) -> bool:
        """False where the story is not to go on."""
        while (left := self._clock.seconds_until(at)) > 0:
            if ended.wait(min(left, 0.5)):
                return False
            if self._yielded():
                return False
        return not ended.is_set() and not self._yielded()

    def _take(self, step: Step) -> None:
        gesture = GESTURES.get(step.verb)
        who = described(step.by or "", self._people)
        if gesture is None:
            self._narrator.caption(f"{who}: {caption_of(step)} (not yet possible in Slack)")
            return
        self._narrator.caption(f"{who} {caption_of(step)}")
        gesture(self._scene, step)
