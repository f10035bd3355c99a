"""Channels and the messages in them."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.wire import JSON

Kind = Literal["public", "private", "im"]


@dataclass
class Message:
    ts: str
    channel: str
    user: str
    text: str
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    metadata: JSON | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    app_id: str | None = None
    bot_id: str | None = None
    subtype: str | None = None
    edited: JSON | None = None
    seen_by: str | None = None  # an ephemeral message's only reader
    files: list[JSON] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    deleted: bool = False

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    def is_for(self, user: str) -> bool:
        return not self.deleted and self.seen_by in (None, user)


@dataclass
class Channel:
    id: str
    name: str
    kind: Kind
    created: int
    creator: str
    members: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    archived: bool = False
    topic: str = ""

    def lasting(self) -> list[Message]:
        """What the channel keeps: neither deleted nor meant for one reader."""
        return [message for message in self.messages if not message.deleted and message.seen_by is None]

    def message(self, ts: str) -> Message | None:
        return next((message for message in self.lasting() if message.ts == ts), None)

    def replies_to(self, ts: str) -> list[Message]:
        return [message for message in self.lasting() if message.is_reply and message.thread_ts == ts]
