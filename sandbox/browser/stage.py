"""The stage of a told story: its opening, its captions, where to look, and what whoever watches wishes.

A story that is told by a script must never fight the hands of whoever watches it, so the first click or key of a human
in the page stops it, as the button *Pause* does: the script reads `playing` and waits. The other buttons are wishes,
too, which the script reads; the page shows those that it offers.
"""

from dataclasses import dataclass, field

from sandbox.slack import Slack
from sandbox.wire import JSON

LOOK_AT = frozenset({"person", "channel", "thread", "home", "tab", "message", "action", "block", "typed"})
OFFERS = frozenset({"next", "again", "run"})


@dataclass
class Stage:
    slack: Slack
    began: float
    opening: JSON | None = None
    caption: str = ""
    look: JSON = field(default_factory=dict)
    told: float = 0.0
    playing: bool = True
    over: bool = False
    watched: bool = False
    offers: list[str] = field(default_factory=list)
    speeds: list[float] = field(default_factory=list)
    speed: float = 1.0
    wished: dict[str, int] = field(default_factory=lambda: {"next": 0, "again": 0})
    times: list[JSON] = field(default_factory=list)
    version: int = 0

    def open(self, title: str, sentences: list[str], ready: bool, begins_after: float = 0.0) -> None:
        """What this is, before the first caption; `ready` where the story only waits for its reader, and `begins_after`
        so many seconds all the same, where that is known."""
        self.opening = {"title": title, "sentences": sentences, "ready": ready, "begins_after": begins_after}
        self._note()

    def say(self, caption: str, look: JSON, over: bool = False, told: float = 0.0) -> None:
        """An empty caption takes the bar away; `look` says whose screen and which place to show; `told` how much of
        the story is told by then, of 1.

        A story that is over is no longer taken from anybody: there is nothing to resume.
        """
        if unknown := look.keys() - LOOK_AT:
            raise ValueError(f"one looks at {', '.join(sorted(LOOK_AT))}: no {', '.join(sorted(unknown))}")
        self.opening = None
        self.caption, self.look, self.told = caption, look, told
        self.playing = self.playing and not over
        self.over = over
        self._note()

    def offer(self, offers: list[str], speeds: list[float], speed: float) -> None:
        """What whoever watches may wish: the next caption, the whole again, to let time run after the end; a speed."""
        if unknown := set(offers) - OFFERS:
            raise ValueError(f"a story offers {', '.join(sorted(OFFERS))}: no {', '.join(sorted(unknown))}")
        self.offers, self.speeds, self.speed = offers, speeds, speed
        self._note()

    def play(self, playing: bool) -> None:
        if playing != self.playing:
            self.playing = playing
            self._note()

    def wish(self, what: str) -> None:
        self.wished[what] += 1
        self._note()

    def pace(self, speed: float) -> None:
        if speed <= 0:
            raise ValueError("a story goes on at a speed above 0")
        self.speed = speed
        self._note()

    def watch(self) -> None:
        """A page shows it."""
        if not self.watched:
            self.watched = True
            self._note()

    def tell_time(self, shows: float, began: float, speed: float) -> None:
        """Messages are dated by the story's clock: from the workspace's second `began` it goes on from `shows`.

        Told again, it goes on otherwise from then on: it stands where `speed` is 0.
        """
        before = [each for each in self.times if each["began"] < began]
        self.times = [*before, {"shows": shows, "began": began, "speed": speed}]
        self._note()

    async def news(self, since: int, seconds: float) -> None:
        """Waits up to `seconds` for a version after `since`."""
        changes, clock = self.slack.team.changes, self.slack.clock
        deadline = clock.now() + seconds
        while self.version <= since and (left := deadline - clock.now()) > 0:
            await changes.since(changes.last, left)

    def as_json(self) -> JSON:
        return {
            "began": self.began,
            "version": self.version,
            "opening": self.opening,
            "caption": self.caption,
            "look": self.look,
            "told": self.told,
            "playing": self.playing,
            "taken_over": not self.playing and not self.over,
            "over": self.over,
            "watched": self.watched,
            "offers": self.offers,
            "speeds": self.speeds,
            "speed": self.speed,
            "wished": self.wished,
            "times": self.times,
        }

    def _note(self) -> None:
        self.version += 1
        self.slack.noted("stage", version=self.version)
