"""The story in the workspace's page: captions, where to look, and the hands that take over."""

import os
import sys
import webbrowser

from bot.cli.demo import cast
from bot.cli.demo.transcript import Transcript
from sandbox.client import Workspace
from sandbox.client.stage import Stage


class PageNarrator:
    """Tells it in the page and in the terminal."""

    def __init__(self, workspace: Workspace, transcript: Transcript) -> None:
        self._workspace = workspace
        self._stage = Stage(workspace.url)
        self._transcript = transcript

    def caption(self, text: str, person: str, channel: str) -> None:
        self._transcript.caption(text)
        look = {"person": person, "channel": self._place(person, channel)} if person else {}
        self._stage.say(text, **look)

    def end(self, text: str) -> None:
        self._transcript.end(text)
        self._stage.end(text)

    def _place(self, person: str, channel: str) -> str:
        """A direct message has no name; the page knows it by its id."""
        if channel != cast.DIRECT:
            return channel
        them = {self._workspace.person(person).id, self._workspace.app().bot_user}
        places = self._workspace.info["channels"]
        return next((each["id"] for each in places if set(each["members"]) == them), cast.CASES)

    def taken_over(self) -> bool:
        return self._stage.taken_over


def open_browser(url: str) -> bool:
    """False where this machine has no screen to open one on."""
    has_screen = (
        sys.platform in ("darwin", "win32") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    )
    return has_screen and webbrowser.open(url)
