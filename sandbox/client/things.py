"""What a person sees, as values."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.blocks import places, shown
from sandbox.wire import JSON


@dataclass(frozen=True)
class AppInfo:
    id: str
    name: str
    bot_user: str
    bot_token: str
    app_token: str
    signing_secret: str
    sockets: int


@dataclass(frozen=True)
class Message:
    ts: str
    channel: str
    author: str
    text: str
    blocks: list[JSON]
    thread_ts: str | None
    metadata: JSON | None
    seen_by: str | None
    raw: JSON = field(repr=False)

    @property
    def words(self) -> str:
        """Everything that is shown: the blocks' texts where there are blocks, else the text."""
        return shown(self.blocks) if self.blocks else self.text

    @property
    def action_ids(self) -> list[str]:
        return [place.action_id for place in places(self.blocks)]

    def says(self, words: str) -> bool:
        return words in self.words or words in self.text


@dataclass(frozen=True)
class Modal:
    id: str
    title: str
    blocks: list[JSON]
    values: dict[str, dict[str, JSON]]
    errors: dict[str, str]
    hash: str
    raw: JSON = field(repr=False)

    @property
    def words(self) -> str:
        return shown(self.blocks)

    @property
    def action_ids(self) -> list[str]:
        return [place.action_id for place in places(self.blocks)]

    def says(self, words: str) -> bool:
        return words in self.words


def app_info(raw: JSON) -> AppInfo:
    return AppInfo(**{name: raw[name] for name in AppInfo.__dataclass_fields__})


def message(raw: JSON) -> Message:
    return Message(
        ts=raw["ts"],
        channel=raw["channel"],
        author=raw["author"],
        text=raw["text"],
        blocks=raw.get("blocks", []),
        thread_ts=raw.get("thread_ts"),
        metadata=raw.get("metadata"),
        seen_by=raw.get("seen_by"),
        raw=raw,
    )


def modal(raw: JSON) -> Modal:
    title: Any = raw.get("title") or {}
    return Modal(
        id=raw["id"],
        title=title.get("text", ""),
        blocks=raw["blocks"],
        values=raw["state"]["values"],
        errors=raw["errors"],
        hash=raw["hash"],
        raw=raw,
    )
