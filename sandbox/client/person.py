"""One of the workspace's people: what they do and what they see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.client.things import Message, Modal, message, modal
from sandbox.client.wires import Wires
from sandbox.errors import NotPossible
from sandbox.wire import JSON


@dataclass(frozen=True)
class Outcome:
    """What came of an act: did the app acknowledge it, and what error does the person see?"""

    acked: bool
    error: str | None
    raw: JSON

    @property
    def ts(self) -> str:
        return str(self.raw["ts"])


class Person:
    def __init__(self, wires: Wires, name: str) -> None:
        self._wires = wires
        self.name = name

    @property
    def id(self) -> str:
        return str(self._see("person")["id"])

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    # what they do

    def type(
        self,
        text: str,
        channel: str,
        thread: str | None = None,
        *,
        files: Sequence[str] = (),
        broadcast: bool = False,
    ) -> Outcome:
        """A message, a reply in a thread (`broadcast`: sent to the channel, too), or a slash command.

        `files`: the names of what is attached.
        """
        more = {"files": list(files) or None, "broadcast": broadcast or None}
        return self._act("type", text=text, channel=channel, thread=thread, **more)

    def edit(self, channel: str, ts: str, text: str) -> Outcome:
        return self._act("edit", channel=channel, ts=ts, text=text)

    def lock(self, channel: str, ts: str) -> Outcome:
        """As an admin: nobody answers in this thread any more."""
        return self._act("lock", channel=channel, ts=ts)

    def delete(self, channel: str, ts: str) -> Outcome:
        return self._act("delete", channel=channel, ts=ts)

    def click(
        self,
        action_id: str,
        on: Message | None = None,
        *,
        home: bool = False,
        block_id: str | None = None,
        confirm: bool | None = None,
    ) -> Outcome:
        """Presses a button of a message, of the home page, or of the modal in front."""
        return self.choose(action_id, None, on, home=home, block_id=block_id, confirm=confirm)

    def choose(
        self,
        action_id: str,
        choice: Any,
        on: Message | None = None,
        *,
        home: bool = False,
        block_id: str | None = None,
        confirm: bool | None = None,
        typed: str = "",
    ) -> Outcome:
        """Chooses in a menu, a list, boxes or a picker; presses Enter in an input that asks for it."""
        return self._act(
            "use",
            action_id=action_id,
            choice=choice,
            block_id=block_id,
            confirm=confirm,
            typed=typed,
            **_where(on, home),
        )

    def fill(self, values: JSON) -> Outcome:
        """Fills in the modal in front: by action id, or by block id and action id."""
        return self._act("fill", values=values)

    def submit(self, values: JSON | None = None) -> Outcome:
        return self._act("submit", values=values)

    def close(self, everything: bool = False) -> Outcome:
        return self._act("close", everything=everything)

    def options(self, action_id: str, typed: str, on: Message | None = None) -> list[str]:
        answer = self._act("options", action_id=action_id, typed=typed, **_where(on, False))
        return [option["text"]["text"] for option in answer.raw["options"]]

    def open_home(self) -> Outcome:
        return self._act("open_home")

    def shortcut(self, callback_id: str, on: Message | None = None) -> Outcome:
        return self._act("shortcut", callback_id=callback_id, **_where(on, False))

    def join(self, channel: str, invite: str | None = None) -> Outcome:
        return self._act("join", channel=channel, invite=invite)

    def leave(self, channel: str, remove: str | None = None) -> Outcome:
        """With `remove`, puts somebody else, or a bot, out of it."""
        return self._act("leave", channel=channel, remove=remove)

    def convert(self, channel: str, kind: str) -> Outcome:
        """As an admin: it is "public" or "private" from now on."""
        return self._act("convert", channel=channel, kind=kind)

    def share(self, channel: str, team: str, *, pending: bool = False, org: bool = False) -> Outcome:
        """With another organisation, which may have yet to accept; `org`: with a workspace of the same one."""
        return self._act("share", channel=channel, team=team, pending=pending or None, org=org or None)

    def unshare(self, channel: str) -> Outcome:
        return self._act("unshare", channel=channel)

    def deactivate(self, whose: str, *, back: bool = False) -> Outcome:
        """As an admin: an account; or `back`."""
        return self._act("deactivate", whose=whose, back=back or None)

    def regroup(self, group: str, users: Sequence[str]) -> Outcome:
        """As an admin: who is in a user group from now on."""
        return self._act("regroup", group=group, users=list(users))

    def archive(self, channel: str) -> Outcome:
        return self._act("archive", channel=channel)

    def unarchive(self, channel: str) -> Outcome:
        return self._act("archive", channel=channel, back=True)

    def do_not_disturb(self, seconds: int, *, after: int = 0) -> Outcome:
        """Not disturbed for so long; 0 ends it."""
        return self._act("do_not_disturb", seconds=seconds, after=after)

    # what they see

    def sees(self, channel: str) -> list[Message]:
        """What a channel shows: no replies; ephemeral messages only to their reader."""
        return [each for each in self._messages(channel) if each.thread_ts in (None, each.ts)]

    def thread(self, channel: str, ts: str) -> list[Message]:
        return [each for each in self._messages(channel) if ts in (each.ts, each.thread_ts)]

    @property
    def modals(self) -> list[Modal]:
        return [modal(raw) for raw in self._see("modals")]

    @property
    def modal(self) -> Modal | None:
        return next(reversed(self.modals), None)

    @property
    def home(self) -> Modal | None:
        return next((modal(raw) for raw in self._see("homes").values()), None)

    @property
    def notifications(self) -> list[str]:
        """What their phone showed."""
        return [each["text"] for each in self._see("notifications")]

    @property
    def troubles(self) -> list[str]:
        """The errors that Slack showed them."""
        return [each["error"] for each in self._see("troubles")]

    def _messages(self, channel: str) -> list[Message]:
        for each in self._see("channels"):
            if channel.lstrip("#@") in (each["name"], each["id"], each["title"], *each["handles"]):
                return [message(raw) for raw in each["messages"]]
        raise NotPossible(f"{self.name} is not in {channel}")

    def _see(self, part: str) -> Any:
        return self._wires.get("see", person=self.name, part=part)[part]

    def _act(self, deed: str, **ask: Any) -> Outcome:
        given = {key: value for key, value in ask.items() if value is not None}
        raw = self._wires.post("act", {"person": self.name, "do": deed, **given})
        return Outcome(raw["acked"], raw["error"], raw)


def _where(on: Message | None, home: bool) -> JSON:
    if on is not None:
        return {"channel": on.channel, "ts": on.ts}
    return {"home": True} if home else {}
