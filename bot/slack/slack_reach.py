"""What Slack says of who would hear a page: the token, each channel, Do Not Disturb. Each raises ChatError."""

from collections.abc import Iterable
from typing import Any

from slack_sdk import WebClient

from bot.slack.slack_chat import PostDeclined, SlackChat, outcome

_A_PAGE = 1000  # members
AT_ONCE = 50  # people in one call of dnd.teamInfo: Slack's limit


class SlackReach:
    def __init__(self, client: WebClient) -> None:
        self._chat = SlackChat(client)

    def token(self) -> None:
        """Whether it is taken. Raises PostDeclined where it is not."""
        self._chat.read("auth.test")

    def channel(self, channel: str) -> None:
        """Whether the bot could post in it, as far as it can be told without posting. Raises PostDeclined."""
        about = self._chat.channel(channel)
        if about.get("is_archived"):
            raise PostDeclined("conversations.info", "is_archived")
        if not about.get("is_member", about.get("is_im", False)):
            raise PostDeclined("conversations.info", "not_in_channel")

    def members(self, channel: str) -> frozenset[str]:
        found: set[str] = set()
        asked: dict[str, Any] = {"channel": channel, "limit": _A_PAGE}
        while True:
            with outcome("conversations.members"):
                answer = self._chat.read("conversations.members", **asked)
                found.update(map(str, answer["members"]))
                asked["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
            if not asked["cursor"]:
                return frozenset(found)

    def quiet(self, people: Iterable[str]) -> dict[str, tuple[float, float]]:
        """Person → begin and end of the present, or next, time of Do Not Disturb, in seconds since 1970. At most
        `AT_ONCE` people; who has none is not in it."""
        with outcome("dnd.teamInfo"):
            users = self._chat.read("dnd.teamInfo", users=",".join(people))["users"]
            return {person: span for person, said in users.items() if (span := _span(said))}


def _span(said: dict[str, Any]) -> tuple[float, float] | None:
    """What somebody snoozes now comes before their usual hours, where Slack tells of it."""
    if said.get("snooze_enabled") and said.get("snooze_endtime"):
        return 0.0, float(said["snooze_endtime"])
    if not said.get("dnd_enabled"):
        return None
    return float(said["next_dnd_start_ts"]), float(said["next_dnd_end_ts"])
