"""The few Slack methods that keeping a post needs, each ending in one of four ways: done, or one of three errors.

ChatError
├── Limited    it was not taken; Slack says how long to wait
├── PostDeclined   it was not taken; Slack says why
└── Unsure     nobody knows whether it was taken
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NoReturn

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.post_keys import FoundPosts, Posted, metadata, posted_in
from bot.slack.slack_client import why
from bot.slack.slack_codes import TOO_MANY, For, final_for, seconds_of
from bot.views.message import Message

SLACK = "https://slack.com/"
_PAGE = 200
LOOKS_BACK = 600.0  # seconds before now in which a post may lie that another made, or whose answer got lost

_IN_IT = frozenset({"already_in_channel", "method_not_supported_for_channel_type"})


class ChatError(Exception):
    """Slack did not say that it is done."""


class Limited(ChatError):
    """Too many; to be tried again after `wait` seconds."""

    def __init__(self, method: str, wait: float) -> None:
        super().__init__(f"{method}: wait {wait:g} s")
        self.method = method
        self.wait = wait


class PostDeclined(ChatError):
    """Refused, for the reason in `code` (Slack's own word)."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(f"{method}: {code}")
        self.code = code

    @property
    def final_for(self) -> For:
        return final_for(self.code)

    @property
    def is_about_blocks(self) -> bool:
        return self.final_for is For.BLOCKS

    @property
    def is_gone(self) -> bool:
        """The message to be edited or answered is no longer there, or takes no answer any more."""
        return self.final_for is For.MESSAGE

    @property
    def is_of_the_place(self) -> bool:
        """Nothing more can be posted there until somebody mends it."""
        return self.final_for is For.PLACE


class Unsure(ChatError):
    """A time-out, a lost connection, or an error on Slack's side."""


class SlackChat:
    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._direct: dict[str, str] = {}

    def post(
        self,
        channel: str,
        message: Message,
        key: str,
        thread: str | None = None,
        with_it: Sequence[str] = (),
    ) -> str:
        """The `ts` of the new message, which carries `key` so that it can be found again. `with_it`: keys of what else
        is said in it. Raises ChatError."""
        answer = self._call(
            "chat.postMessage",
            channel=channel,
            text=message.text,
            blocks=message.blocks,
            thread_ts=thread,
            metadata=metadata((key, *with_it)),
            unfurl_links=False,
            unfurl_media=False,
        )
        with outcome("chat.postMessage"):
            return _text(answer["ts"])

    def edit(self, channel: str, ts: str, message: Message) -> None:
        """Raises ChatError. Doing it twice does no harm."""
        self._call("chat.update", channel=channel, ts=ts, text=message.text, blocks=message.blocks)

    def delete(self, channel: str, ts: str) -> None:
        """Of a message of ours. Raises ChatError."""
        self._call("chat.delete", channel=channel, ts=ts)

    def said_under(self, channel: str, ts: str) -> list[str]:
        """The `ts` of each message of an app's in that thread. Raises ChatError."""
        asked = {"channel": channel, "ts": ts, "limit": _PAGE}
        found: list[str] = []
        while True:
            answer = self.read("conversations.replies", **asked)
            with outcome("conversations.replies"):
                said = [each for each in answer.get("messages", []) if each.get("bot_id")]
                found += [_text(each["ts"]) for each in said if each["ts"] != ts]
                asked["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
            if not asked["cursor"]:
                return found

    def link(self, channel: str, ts: str) -> str:
        with outcome("chat.getPermalink"):
            return _text(self.read("chat.getPermalink", channel=channel, message_ts=ts)["permalink"])

    def channel(self, channel: str) -> dict[str, Any]:
        """What Slack says of it. Raises ChatError."""
        with outcome("conversations.info"):
            return dict(self.read("conversations.info", channel=channel)["channel"])

    def direct(self, person: str) -> str:
        """The channel in which the bot talks to this person. Raises ChatError."""
        if person not in self._direct:
            with outcome("conversations.open"):
                opened = self._call("conversations.open", users=person)["channel"]
                self._direct[person] = _text(opened["id"])
        return self._direct[person]

    def invite(self, channel: str, person: str) -> None:
        """Who is in it already stays in it, and a direct message has its people. Raises ChatError."""
        try:
            self._call("conversations.invite", channel=channel, users=person)
        except PostDeclined as no:
            if no.code not in _IN_IT:
                raise

    def find(self, channel: str, since: float) -> Mapping[str, str]:
        """Key → `ts` of every message posted by us since then, the newest of each key. `since`: seconds of this
        machine's clock, which may be far ahead of Slack's, by which a `ts` is. Raises ChatError."""
        found = self.find_once(channel, since)
        return {key: ts for key, ts in found.at.items() if float(ts) > self._of_slack(since)}

    def find_once(self, channel: str, since: float, thread: str | None = None) -> FoundPosts:
        """The same of keys that are given once for all time: whatever of them the channel's newest page has, too, or
        the thread. Whoever wrote down `since` may have had a wrong clock. Raises ChatError."""
        return FoundPosts(self._posted(channel, self._of_slack(since), thread))

    def posted(self, channel: str, slack_since: float) -> list[Posted]:
        """Every message of ours since then, by Slack's clock. Raises ChatError."""
        return list(self._posted(channel, slack_since))

    def _posted(self, channel: str, slack_since: float, thread: str | None = None) -> Iterator[Posted]:
        """Each message of ours since then, and whatever more its page has; of a thread all."""
        method = "conversations.replies" if thread else "conversations.history"
        asked = {"channel": channel, "ts": thread, "include_all_metadata": True, "limit": _PAGE}
        while True:
            answer = self.read(method, **asked)
            with outcome(method):
                messages = answer.get("messages", [])
                ours = list(posted_in(messages))
                asked["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
                reaches = min((float(each["ts"]) for each in messages), default=math.inf)
            yield from ours
            if not asked["cursor"] or (not thread and reaches < slack_since):
                return

    @property
    def now(self) -> float | None:
        """What Slack's clock shows, in seconds since 1970; None before its first answer."""
        return getattr(self._client, "now", None)

    def _of_slack(self, seconds: float) -> float:
        """That moment of this machine's clock by Slack's."""
        return seconds - self.ahead

    @property
    def ahead(self) -> float:
        """Seconds by which this machine's clock is ahead of Slack's, as of its newest answer."""
        return max(0.0, getattr(self._client, "ahead", None) or 0.0)

    def _call(self, method: str, **given: Any) -> dict[str, Any]:
        return self._asked(method, json=_said(given))

    def read(self, method: str, **given: Any) -> dict[str, Any]:
        """As slack_sdk's own methods do: what only reads takes no JSON. Raises ChatError."""
        return self._asked(method, http_verb="GET", params=_said(given))

    def _asked(self, method: str, **how: Any) -> dict[str, Any]:
        with outcome(method, self._client.base_url):
            return dict(self._client.api_call(method, **how).data)  # type: ignore[arg-type]  # JSON: never bytes


@contextmanager
def outcome(method: str, url: str = SLACK) -> Iterator[None]:
    """Whatever a call and the reading of its answer raise, as a ChatError."""
    try:
        yield
    except ChatError:
        raise
    except SlackApiError as error:
        _explain(method, error)
    except Exception as lost:
        raise Unsure(f"{method}: {why(lost, url)}") from lost


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise TypeError("no text")
    return given


def _said(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _explain(method: str, error: SlackApiError) -> NoReturn:
    answer = error.response
    code = str(answer.get("error", ""))
    if (asked := wait_asked(error)) is not None:
        raise Limited(method, asked) from error
    if answer.status_code >= 500 or not _is_code(code) or final_for(code) is For.NOBODY_KNOWS:
        raise Unsure(f"{method}: status {answer.status_code}") from error
    raise PostDeclined(method, code) from error


def wait_asked(error: SlackApiError) -> float | None:
    """Seconds that Slack asks to wait, where that is what it says."""
    answer = error.response
    if answer.status_code != 429 and answer.get("error") not in TOO_MANY:
        return None
    return seconds_of(answer.headers.get("Retry-After"), datetime.now(UTC))


def _is_code(code: str) -> bool:
    """slack_sdk puts an explanation in its place where the answer was no JSON."""
    return bool(code) and " " not in code
