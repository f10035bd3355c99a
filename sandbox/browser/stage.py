"""The stage of a told story: the caption under the page, where to look, and whether a human took over.

A story that is told by a script must never fight the hands of whoever watches it, so the first click or
key of a human in the page stops it: the script reads `taken_over` and waits.
"""

from dataclasses import dataclass, field

from sandbox.slack import Slack
from sandbox.wire import JSON

LOOK_AT = frozenset({"person", "channel", "thread", "home"})


@dataclass
class Stage:
    slack: Slack
    caption: str = ""
    look: JSON = field(default_factory=dict)
    taken_over: bool = False
    over: bool = False
    times: list[JSON] = field(default_factory=list)

    def say(self, caption: str, look: JSON, over: bool = False) -> None:
        """An empty caption takes the bar away; `look` says whose screen and which place to show.

        A story that is over is no longer taken from anybody: there is nothing to resume.
        """
        if unknown := look.keys() - LOOK_AT:
            raise ValueError(f"one looks at {', '.join(sorted(LOOK_AT))}: no {', '.join(sorted(unknown))}")
        self.caption, self.look, self.over = caption, look, over
        self.taken_over = self.taken_over and not over
        self._note()

    def take_over(self, taken: bool) -> None:
        if taken != self.taken_over:
            self.taken_over = taken
            self._note()

    def tell_time(self, shows: float, began: float, speed: float) -> None:
        """Messages are dated by the story's clock: from the workspace's second `began` it goes on from `shows`.

        Told again, it goes on otherwise from then on: it stands where `speed` is 0.
        """
        before = [each for each in self.times if each["began"] < began]
        self.times = [*before, {"shows": shows, "began": began, "speed": speed}]
        self._note()

    def as_json(self) -> JSON:
        return {
            "caption": self.caption,
            "look": self.look,
            "taken_over": self.taken_over,
            "over": self.over,
            "times": self.times,
        }

    def _note(self) -> None:
        self.slack.noted("stage", taken_over=self.taken_over)
