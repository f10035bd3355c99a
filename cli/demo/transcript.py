"""What happens in the workspace, told in the terminal channel by channel, as it happens."""

import re
import textwrap
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from bot.ports.time_source import TimeSource
from cli.demo.looks import Gaze
from sandbox.client import Workspace
from sandbox.client.things import Message
from workers.periodic import Stop

_WIDTH = 108
_INDENT = " " * 9
_LOOK = 0.2  # seconds between looks
_QUIET = 2.5  # seconds without news, in which a channel's one post a second would have come
_AGE = re.compile(r" \(<!date\^[^>]*>\)")  # "5 minutes ago" goes stale on paper
_CALLED = re.compile(r"<(?:!subteam\^|@)(\w+)>")
_BARE = re.compile(r"<https?:[^>]+>")  # a place to click on, which a terminal has not
_LINK = re.compile(r"<[^|>]+\|([^>]+)>")


class Transcript:
    """Reads along in a thread of its own until it is closed; what was posted before closing is told."""

    def __init__(
        self, workspace: Workspace, clock: TimeSource, zone: ZoneInfo, say: Callable[[str], None]
    ) -> None:
        self._workspace = workspace
        self._clock = clock
        self._zone = zone
        self._say = say
        self._told: dict[tuple[str, str], str] = {}
        self._places: dict[str, str] = {}
        self._called: dict[str, str] = {}  # groups and people, by id
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._read_along, name="transcript", daemon=True)

    def __enter__(self) -> "Transcript":
        info = self._workspace.info
        self._called = {each["id"]: each["handle"] for each in info["groups"]}
        self._called |= {each["id"]: each["real_name"] for each in info["people"]}
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._tell_news()

    def caption(self, text: str, _look: Gaze, _told: float = 0.0) -> None:
        """Who does what next; between what the bot says."""
        self._say(f"\n{self._time()}  ▸ {text}")

    def look(self, look: Gaze) -> None:
        """All of it is on one screen."""

    def end(self, text: str, look: Gaze) -> None:
        """The last caption."""
        self.caption(text, look)

    def wait_until_quiet(self, ended: Stop) -> None:
        """Until the bot has had its say: what a step calls for is shown a moment after the step."""
        seen: dict[tuple[str, str], str] = {}
        quiet = 0.0
        while quiet < _QUIET and not ended.is_set():
            news = dict(self._told)
            quiet = quiet + _LOOK if news == seen else 0.0
            seen = news
            ended.wait(_LOOK)

    def _read_along(self) -> None:
        while not self._ended.wait(_LOOK):
            self._tell_news()

    def _tell_news(self) -> None:
        for message in self._workspace.posts():
            words = _plain(_told(message), self._called)
            place = (message.channel, message.ts)
            before = self._told.get(place)
            if before == words:
                continue
            self._told[place] = words
            self._say(self._told_as(message, words, before))

    def _told_as(self, message: Message, words: str, before: str | None) -> str:
        """Of a message that was changed, its first line and the first that is new."""
        lines = [line for line in words.splitlines() if line.strip() and line != "OFFICIAL-SENSITIVE"]
        shown, how = lines, ""
        if before is not None:
            new = [line for line in lines[1:] if line not in before.splitlines()]
            shown, how = lines[:1] + new[:1], " (changed)"
        head = f"{self._time()}  {self._where(message)}{how}"
        return "\n".join([head, *(_indented(line) for line in shown)])

    def _where(self, message: Message) -> str:
        if message.channel not in self._places:
            self._places |= _places(self._workspace.info)
        place = self._places.get(message.channel, message.channel)
        in_thread = message.thread_ts not in (None, message.ts)
        return f"{place} ↳" if in_thread else place

    def _time(self) -> str:
        return self._clock.now().astimezone(self._zone).strftime("%H:%M")


def _places(info: Mapping[str, Any]) -> dict[str, str]:
    """Of each channel's id, what to call it: a direct message by the person whom the bot tells."""
    names = {each["id"]: each["real_name"] for each in info["people"]}
    bots = {each["bot_user"] for each in info["apps"]}
    return {
        each["id"]: ", ".join(
            f"to {names[who]}" for who in each["members"] if who in names and who not in bots
        )
        if each["kind"] == "im"
        else f"#{each['name']}"
        for each in info["channels"]
    }


def _told(message: Message) -> str:
    """What it says, then what can be pressed, on a line of its own."""
    said = [
        {part: of for part, of in block.items() if part != "accessory"}
        for block in message.blocks
        if block["type"] != "actions"
    ]
    words = replace(message, blocks=said).words
    pressed = [each for block in message.blocks if block["type"] == "actions" for each in block["elements"]]
    labels = " ".join(f"[{each['text']['text'] if 'text' in each else '…'}]" for each in pressed)
    return f"{words}\n{labels}"


def _indented(line: str) -> str:
    return textwrap.fill(line, _WIDTH, initial_indent=_INDENT, subsequent_indent=f"{_INDENT}  ")


def _plain(words: str, called: Mapping[str, str]) -> str:
    """Slack's markup as a reader of plain text needs it."""
    named = _CALLED.sub(lambda found: f"@{called.get(found[1], found[1])}", _AGE.sub("", words))
    read = _BARE.sub("the newest", _LINK.sub(lambda found: found[1], named)).replace("*", "")
    return unescape(read)
