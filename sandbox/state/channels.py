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
    locked: bool = False  # an admin lets nobody answer it any more

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def lasts(self) -> bool:
        return not self.deleted and self.seen_by is None

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
    shared_with: list[str] = field(default_factory=list)  # other organisations' workspaces
    invited: list[str] = field(default_factory=list)  # of those, who have not accepted yet
    org_shared: list[str] = field(default_factory=list)  # other workspaces of the same organisation
    topic: str = ""
    _by_ts: dict[str, Message] = field(default_factory=dict)
    _threads: dict[str, list[Message]] = field(default_factory=dict)

    @property
    def is_shared(self) -> bool:
        return bool(self.org_shared or self.shared_with)

    def add(self, message: Message) -> None:
        self.messages.append(message)
        self._by_ts[message.ts] = message
        if message.is_reply and message.thread_ts:
            self._threads.setdefault(message.thread_ts, []).append(message)

    def any_message(self, ts: str) -> Message | None:
        """A message for everyone or for one reader, unless it was deleted."""
        message = self._by_ts.get(ts)
        return message if message and not message.deleted else None

    def lasting(self) -> list[Message]:
        """What the channel keeps: neither deleted nor meant for one reader."""
        return [message for message in self.messages if message.lasts]

    def message(self, ts: str) -> Message | None:
        message = self.any_message(ts)
        return message if message and message.lasts else None

    def replies_to(self, ts: str) -> list[Message]:
        return [message for message in self._threads.get(ts, []) if message.lasts]
