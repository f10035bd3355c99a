"""The workspace: everything in it, found by id or by name."""

from collections.abc import Iterable
from typing import TypeVar

from sandbox.clock import Clock
from sandbox.errors import NotPossible
from sandbox.state.changes import Changes
from sandbox.state.channels import Channel, Kind, Message
from sandbox.state.ids import Ids
from sandbox.state.passes import Passes
from sandbox.state.people import App, Group, User, slackbot
from sandbox.state.views import Values, Views
from sandbox.wire import JSON

T = TypeVar("T", User, Channel, Group, App)


class Team:
    def __init__(self, clock: Clock, name: str = "Control Room", domain: str = "control-room") -> None:
        self.clock = clock
        self.name = name
        self.domain = domain
        self.ids = Ids()
        self.id = self.ids.next("T")
        self.users: dict[str, User] = {one.id: one for one in [slackbot()]}
        self.groups: dict[str, Group] = {}
        self.channels: dict[str, Channel] = {}
        self.apps: dict[str, App] = {}
        self.views = Views()
        self.passes = Passes()
        self.changes = Changes(clock)
        self.files: dict[str, JSON] = {}
        self.notifications: list[JSON] = []
        self.troubles: list[JSON] = []
        self.message_values: dict[tuple[str, str, str], Values] = {}
        self._last_ts = 0

    def next_ts(self) -> str:
        """Unique and increasing, as Slack's are, even within one microsecond."""
        self._last_ts = max(int(self.clock.now() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def user(self, who: str) -> User:
        return _found("person", who, self.users.get(who), self.users.values())

    def channel(self, where: str) -> Channel:
        return _found("channel", where.removeprefix("#"), self.channels.get(where), self.channels.values())

    def group(self, which: str) -> Group:
        named = next((group for group in self.groups.values() if group.handle == which), None)
        return _found("group", which, self.groups.get(which) or named, self.groups.values())

    def app(self, which: str | None = None) -> App:
        first = next(iter(self.apps.values()), None) if which is None else self.apps.get(which)
        return _found("app", which or "any", first, self.apps.values())

    def app_with_token(self, token: str) -> App | None:
        return next((app for app in self.apps.values() if token in (app.bot_token, app.app_token)), None)

    def direct(self, one: str, other: str) -> Channel:
        """The direct messages of two users, begun if need be."""
        pair = {one, other}
        ims = (channel for channel in self.channels.values() if channel.kind == "im")
        known = next((channel for channel in ims if set(channel.members) == pair), None)
        return known or self.new_channel(f"dm-{one}-{other}", "im", one, [one, other], self.ids.next("D"))

    def new_channel(
        self, name: str, kind: Kind, creator: str, members: list[str], channel_id: str | None = None
    ) -> Channel:
        channel_id = channel_id or self.ids.next("C")
        channel = Channel(channel_id, name, kind, int(self.clock.now()), creator, members)
        self.channels[channel.id] = channel
        self.changes.note("channel", channel=channel.id)
        return channel

    def trouble(self, user: str, error: str, about: str) -> None:
        """An error that Slack shows to a person."""
        self.troubles.append({"user": user, "error": error, "about": about, "at": self.clock.now()})
        self.changes.note("trouble", user=user, error=error)

    def find_message(self, channel_id: str, ts: str) -> Message | None:
        channel = self.channels.get(channel_id)
        return channel.any_message(ts) if channel else None


def _found(kind: str, key: str, by_id: T | None, everyone: Iterable[T]) -> T:
    found = by_id or next((one for one in everyone if one.name == key), None)
    if found is None:
        raise NotPossible(f"there is no {kind} {key!r}")
    return found
