"""The story in the workspace's page: captions, where to look, and the hands that take over."""

import os
import sys
import webbrowser

from bot.cli.demo.transcript import Transcript
from sandbox.client.stage import Stage


class PageNarrator:
    """Tells it in the page and in the terminal."""

    def __init__(self, url: str, transcript: Transcript) -> None:
        self._stage = Stage(url)
        self._transcript = transcript

    def caption(self, text: str, person: str, channel: str) -> None:
        self._transcript.caption(text)
        self._stage.say(text, person=person, channel=channel)

    def taken_over(self) -> bool:
        return self._stage.taken_over


def open_browser(url: str) -> bool:
    """False where this machine has no screen to open one on."""
    has_screen = (
        sys.platform in ("darwin", "win32") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    )
    return has_screen and webbrowser.open(url)
