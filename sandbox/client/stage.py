"""The stage of the browser page, as the script of a story holds it."""

from typing import Any

from sandbox.client.wires import Wires
from sandbox.wire import JSON


class Stage:
    def __init__(self, url: str) -> None:
        self._wires = Wires(url)

    def say(self, caption: str, **look: Any) -> None:
        """Shows the caption; `person`, `channel`, `thread` or `home` says what the page turns to."""
        self._wires.post("caption", {"caption": caption, "look": look})

    def end(self, caption: str) -> None:
        """The last caption: from now on whoever touches the page takes nothing over."""
        self._wires.post("caption", {"caption": caption, "over": True})

    def tell_time(self, shows: float, began: float, speed: float) -> None:
        """The page dates messages by the story's clock: from the second `began` on, `shows` plus `speed` a second.

        Told again, it goes on otherwise from then on.
        """
        self._wires.post("told_time", {"shows": shows, "began": began, "speed": speed})

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
