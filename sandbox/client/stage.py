"""The stage of the browser page, as the script of a story holds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.client.wires import Wires
from sandbox.wire import JSON


@dataclass(frozen=True)
class Wishes:
    """What whoever watches the story has asked for so far."""

    version: int
    watched: bool  # a page shows it
    playing: bool  # nobody holds it, by a click, a key or the button
    speed: float
    next: int  # how often
    again: int


class Stage:
    def __init__(self, address: str) -> None:
        """Of the workspace, with its token."""
        self._wires = Wires(address)

    def open(
        self, title: str, sentences: Sequence[str], *, ready: bool = True, begins_after: float = 0.0
    ) -> None:
        """What this is, before the first caption; and after how many seconds that comes, where it does by itself."""
        opening = {"title": title, "sentences": list(sentences), "ready": ready, "begins_after": begins_after}
        self._wires.post("opening", opening)

    def say(self, caption: str, *, told: float = 0.0, **look: Any) -> None:
        """Shows the caption, and how much of the story is told, of 1. The rest says what the page turns to: `person`;
        `channel`, `thread`, or `home` and its `tab`; `message` and the `action` on it, or a `block` of the open form,
        are pointed at; `typed` stands where this person writes."""
        self._wires.post("caption", {"caption": caption, "look": look, "told": told})

    def end(self, caption: str, **look: Any) -> None:
        """The last caption: from now on whoever touches the page takes nothing over."""
        self._wires.post("caption", {"caption": caption, "look": look, "over": True, "told": 1.0})

    def offer(self, *offers: str, speeds: Sequence[float] = (), speed: float = 1.0) -> None:
        """Buttons beside the caption: `next`, `again`; `run` after the end. And speeds to choose from."""
        self._wires.post("offers", {"offers": offers, "speeds": list(speeds), "speed": speed})

    def tell_time(self, shows: float, began: float, speed: float) -> None:
        """The page dates messages by the story's clock: from the second `began` on, `shows` plus `speed` a second.

        Told again, it goes on otherwise from then on.
        """
        self._wires.post("told_time", {"shows": shows, "began": began, "speed": speed})

    def wishes(self, after: int = -1, seconds: float = 0.0) -> Wishes:
        """The newest; waits up to `seconds` for some that are newer than version `after`."""
        found = self._wires.get("stage", since=after, seconds=seconds)
        return Wishes(
            version=found["version"],
            watched=found["watched"],
            playing=found["playing"],
            speed=found["speed"],
            **found["wished"],
        )

    @property
    def caption(self) -> str:
        return str(self._stage["caption"])

    @property
    def taken_over(self) -> bool:
        """Has a human clicked or typed in the page since the story was begun or resumed?"""
        return bool(self._stage["taken_over"])

    def resume(self) -> None:
        self._wires.post("resume", {})

    @property
    def _stage(self) -> JSON:
        return self._wires.get("stage")
