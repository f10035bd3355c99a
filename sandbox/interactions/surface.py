"""A place with elements in it, as one person has it before them: a message, a modal or a home page."""

from dataclasses import dataclass

from sandbox import shapes
from sandbox.blocks import Place, places
from sandbox.errors import NotPossible
from sandbox.inputs import first_values
from sandbox.interactions import payloads
from sandbox.slack import Slack
from sandbox.state import App, Message, View
from sandbox.state.views import Values
from sandbox.wire import JSON


@dataclass
class Surface:
    slack: Slack
    app: App
    user: str
    blocks: list[JSON]
    values: Values
    message: Message | None = None
    view: View | None = None

    def find(self, action_id: str, block_id: str | None = None) -> Place:
        found = [place for place in places(self.blocks) if _fits(place, action_id, block_id)]
        if not found and self.message is not None:
            # Edited since the page drew it: the same button stands in a block of another name.
            found = [place for place in places(self.blocks) if _fits(place, action_id, None)]
        if not found and self.view is not None and self.view.definition["type"] == "home":
            # Drawn anew since the page drew it: pressed is what the person saw.
            found = [place for place in places(self.view.before) if _fits(place, action_id, block_id)]
        if len(found) == 1:
            return found[0]
        there = [(place.block_id, place.action_id) for place in places(self.blocks)]
        if found:
            raise NotPossible(f"{action_id!r} is there {len(found)} times, say which block: {there}")
        raise NotPossible(f"there is no {action_id!r} to use here, only {there}")

    def payload(self, kind: str) -> JSON:
        """What an interaction here tells the app."""
        base = payloads.base(self.slack, self.app, self.user, kind)
        if self.message is not None:
            where = payloads.of_message(self.slack, self.message)
            return base | where | {"state": {"values": self.values}}
        assert self.view is not None
        container = {"type": "view", "view_id": self.view.id}
        return base | {"container": container, "view": shapes.view(self.slack, self.view)}

    def pass_on(self) -> JSON:
        """The short-lived passes that come with an interaction here."""
        from_view = self.view.id if self.view else None
        passes = {"trigger_id": payloads.trigger(self.slack, self.app, self.user, from_view)}
        if self.message is None:
            return passes
        channel = self.slack.team.channels[self.message.channel]
        url = payloads.response_url(self.slack, self.app, self.user, channel, self.message)
        return passes | {"response_url": url}


def on_message(slack: Slack, user: str, message: Message) -> Surface:
    if message.app_id is None:
        raise NotPossible("people's messages have nothing to press")
    key = (user, message.channel, message.ts)
    fresh = first_values(message.blocks)
    held = slack.team.message_values.setdefault(key, fresh)
    values = {block: {**fresh[block], **_same(held.get(block, {}), fresh[block])} for block in fresh}
    slack.team.message_values[key] = values
    return Surface(slack, slack.team.apps[message.app_id], user, message.blocks, values, message=message)


def on_view(slack: Slack, view: View) -> Surface:
    return Surface(slack, slack.team.apps[view.app_id], view.user, view.blocks, view.values, view=view)


def _fits(place: Place, action_id: str, block_id: str | None) -> bool:
    return place.action_id == action_id and block_id in (None, place.block_id)


def _same(held: dict[str, JSON], fresh: dict[str, JSON]) -> dict[str, JSON]:
    return {action: value for action, value in held.items() if action in fresh}
