"""Slack as the bot meets it by its Web API: channels, direct messages, open views. It takes or refuses a call, and
never fails: what happens on the way there and back is `simulation.network`'s.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from sandbox.blocks import with_ids
from sandbox.state.ids import Ids

JSON = dict[str, Any]

TRIGGER = 3.0  # seconds for which a trigger opens a view


class Refusal(Exception):
    """`ok: false`, with Slack's own word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Post(Struct, kw_only=True):
    channel: str
    ts: str
    text: str
    blocks: list[JSON]
    metadata: JSON | None = None
    thread_ts: str | None = None
    seen_by: str | None = None
    hidden_until: float = 0.0
    was_hidden_until: float = 0.0
    touched: float = 0.0  # when it was last drawn, by Slack's count: no two at once
    read_then: tuple[float, ...] = ()  # what the clock had shown whoever drew it last
    named_at_first: str = ""  # everything that it said as it left

    @property
    def at(self) -> float:
        return float(self.ts)

    @property
    def key(self) -> str:
        return str(((self.metadata or {}).get("event_payload") or {}).get("id", ""))


class View(Struct, kw_only=True):
    id: str
    hash: str
    content: JSON
    person: str
    values: dict[str, dict[str, JSON]] = {}


class Slack:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._ids = Ids()
        self._last = 0
        self.posts: defaultdict[str, list[Post]] = defaultdict(list)
        self.views: defaultdict[str, list[View]] = defaultdict(
            list
        )  # person → what is open, the topmost last
        self.triggers: dict[str, tuple[str, float]] = {}
        self.shut: dict[str, str] = {}  # channel, or "" for the token → Slack's word
        self._methods: dict[str, Callable[[JSON], JSON]] = {
            "auth.test": lambda _: {"team_id": "T0", "user_id": "U0BOT", "bot_id": "B0", "url": ""},
            "api.test": lambda _: {},
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._whisper,
            "chat.update": self._update,
            "chat.getPermalink": lambda asked: {
                "permalink": f"https://slack/{asked['channel']}/p{asked['message_ts']}"
            },
            "conversations.open": self._open,
            "conversations.invite": lambda _: {},
            "conversations.history": self._history,
            "conversations.replies": self._history,
            "views.open": self._view_opened,
            "views.push": self._view_opened,
            "views.update": self._view_updated,
            "views.publish": lambda _: {"view": {}},
        }

    def call(self, method: str, asked: JSON) -> JSON:
        """Slack's answer. Raises Refusal."""
        if code := self.shut.get(""):
            raise Refusal(code)
        if (channel := str(asked.get("channel", ""))) and (code := self.shut.get(self._place(channel))):
            raise Refusal(code)
        if method not in self._methods:
            raise Refusal("unknown_method")
        return {"ok": True, **self._methods[method](asked)}

    def all_posts(self) -> Iterator[Post]:
        for posts in self.posts.values():
            yield from posts

    def trigger(self, person: str) -> str:
        made = f"trigger-{len(self.triggers) + 1}"
        self.triggers[made] = (person, self._now() + TRIGGER)
        return made

    def next_ts(self) -> str:
        self._last = max(self._last + 1, int(self._now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    # --- messages -------------------------------------------------------------------------------------------

    @staticmethod
    def _place(channel: str) -> str:
        return f"D{channel}" if channel.startswith("U") else channel

    def _post(self, asked: JSON, seen_by: str | None = None) -> JSON:
        blocks, ts = with_ids(asked.get("blocks") or [], self._ids), self.next_ts()
        post = Post(
            channel=self._place(asked["channel"]),
            ts=ts,
            text=asked.get("text") or "",
            blocks=blocks,
            metadata=asked.get("metadata"),
            thread_ts=asked.get("thread_ts"),
            seen_by=seen_by,
            touched=float(ts),
            named_at_first=f"{asked.get('text')} {blocks}",
        )
        self.posts[post.channel].append(post)
        return {"ts": post.ts, "channel": post.channel, "message": {}}

    def _whisper(self, asked: JSON) -> JSON:
        return {"message_ts": self._post(asked, str(asked["user"]))["ts"]}

    def find(self, channel: str, ts: str) -> Post | None:
        return next((post for post in self.posts[channel] if post.ts == ts), None)

    def _update(self, asked: JSON) -> JSON:
        post = self.find(asked["channel"], asked["ts"])
        if post is None:
            raise Refusal("message_not_found")
        post.text = asked.get("text") or ""
        post.blocks = with_ids(asked.get("blocks") or [], self._ids)
        post.touched = float(self.next_ts())
        return {"ts": post.ts}

    def _open(self, asked: JSON) -> JSON:
        channel = f"D{asked['users']}"
        if code := self.shut.get(channel):
            raise Refusal(code)
        return {"channel": {"id": channel}}

    def _history(self, asked: JSON) -> JSON:
        """Of a thread, where one is asked for."""
        oldest, thread = float(asked.get("oldest") or 0), asked.get("ts")
        found = [
            {"ts": post.ts, "text": post.text, "metadata": post.metadata}
            for post in self.posts[asked["channel"]]
            if post.thread_ts == thread or post.ts == thread
            if post.at > oldest and post.seen_by is None and post.hidden_until <= self._now()
        ]
        return {"messages": found[::-1], "response_metadata": {"next_cursor": ""}}

    # --- views ----------------------------------------------------------------------------------------------

    def drawn(self, person: str, content: JSON) -> View:
        kept = {**content, "blocks": with_ids(content["blocks"], self._ids)}
        return View(id=self._ids.next("V"), hash=self._ids.next("h"), content=kept, person=person)

    def _view_opened(self, asked: JSON) -> JSON:
        person, until = self.triggers.get(asked["trigger_id"], ("", 0.0))
        if until < self._now():
            raise Refusal("expired_trigger_id")
        view = self.drawn(person, asked["view"])
        self.views[person] = [*self.views[person][-2:], view]
        return {"view": self.shown(view)}

    def _view_updated(self, asked: JSON) -> JSON:
        view = next((one for some in self.views.values() for one in some if one.id == asked["view_id"]), None)
        if view is None:
            raise Refusal("not_found")
        if asked.get("hash") and asked["hash"] != view.hash:
            raise Refusal("hash_conflict")
        self.redraw(view, asked["view"])
        return {"view": self.shown(view)}

    def redraw(self, view: View, content: JSON) -> None:
        fresh = self.drawn(view.person, content)
        view.content, view.hash = fresh.content, fresh.hash

    def shown(self, view: View) -> JSON:
        """As interactions carry it."""
        stack = self.views[view.person]
        below = stack[stack.index(view) - 1].id if view in stack[1:] else None
        return {
            **view.content,
            "id": view.id,
            "hash": view.hash,
            "root_view_id": stack[0].id if stack else view.id,
            "previous_view_id": below,
            "state": {"values": view.values},
        }
