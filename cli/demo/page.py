"""The story in the workspace's page: captions, where to look, and what whoever watches wishes."""

import os
import sys
import webbrowser
from collections.abc import Sequence
from typing import Any

from cli.demo import cast
from cli.demo.looks import Gaze
from cli.demo.pace import SPEED
from cli.demo.transcript import Transcript
from sandbox.client import Workspace
from sandbox.client.stage import Stage

_SPEEDS = (0.5, 1.0, 2.0, 4.0)


def open_stage(
    workspace: Workspace,
    title: str,
    sentences: Sequence[str],
    speed: float,
    *,
    ready: bool,
    begins_after: float = 0.0,
) -> Stage:
    """The page with its opening and its buttons, before the first caption."""
    stage = Stage(workspace.address)
    stage.open(title, sentences, ready=ready, begins_after=begins_after)
    stage.offer("next", "again", "run", speeds=_SPEEDS, speed=speed / SPEED)
    return stage


class PageNarrator:
    """Tells it in the page and in the terminal."""

    def __init__(self, workspace: Workspace, stage: Stage, transcript: Transcript) -> None:
        self._workspace = workspace
        self._stage = stage
        self._transcript = transcript
        self._caption, self._told = "", 0.0

    def caption(self, text: str, look: Gaze, told: float) -> None:
        self._transcript.caption(text, look, told)
        self._caption, self._told = text, told
        self.look(look)

    def look(self, look: Gaze) -> None:
        self._stage.say(self._caption, told=self._told, **self._place(look))

    def end(self, text: str, look: Gaze) -> None:
        self._transcript.end(text, look)
        self._stage.end(text, **self._place(look))

    def _place(self, look: Gaze) -> dict[str, Any]:
        """A direct message with the bot is one of the pages of the app."""
        is_direct = look.place == cast.DIRECT or look.place in self._direct_messages()
        where = {"home": True, "tab": "messages"} if is_direct else {"channel": look.place}
        names = ("thread", "message", "action", "block", "typed")
        pointed = {name: at for name in names if (at := getattr(look, name))}
        return {"person": look.person, **where, **pointed}

    def _direct_messages(self) -> list[str]:
        return [each["id"] for each in self._workspace.info["channels"] if each["kind"] == "im"]


def open_browser(url: str) -> bool:
    """False where this machine has no screen to open one on."""
    has_screen = (
        sys.platform in ("darwin", "win32") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    )
    return has_screen and webbrowser.open(url)
