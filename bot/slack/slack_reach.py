"""What Slack says of who would hear a page, and of who reads what is said: the token, each channel and its people, Do
Not Disturb. Each raises ChatError."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from slack_sdk import WebClient

from bot.slack.slack_chat import PostDeclined, SlackChat, outcome

_A_PAGE = 1000  # members
AT_ONCE = 50  # people in one call of dnd.teamInfo: Slack's limit


class OurBot(Struct, frozen=True, kw_only=True):
    bot: str  # its user's id
    workspace: str  # that it is installed in


class SlackReach:
    def __init__(self, client: WebClient) -> None:
        self._chat = SlackChat(client)

    def token(self) -> OurBot:
        """Whose it is. Raises PostDeclined where it is not taken."""
        with outcome("auth.test"):
            said = self._chat.read("auth.test")
            return OurBot(bot=str(said["user_id"]), workspace=str(said["team_id"]))

    def channel(self, channel: str) -> dict[str, Any]:
        """What Slack says of it. Raises PostDeclined where the bot could not post in it, as far as it can be told
        without posting."""
        about = self._chat.channel(channel)
        if about.get("is_archived"):
            raise PostDeclined("conversations.info", "is_archived")
        if not about.get("is_member", about.get("is_im", False)):
            raise PostDeclined("conversations.info", "not_in_channel")
        return about

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

    def person(self, person: str) -> dict[str, Any]:
        """As Slack describes them."""
        with outcome("users.info"):
            return dict(self._chat.read("users.info", user=person)["user"])

    def quiet(self, people: Iterable[str]) -> dict[str, tuple[float, float]]:
        """Person → begin and end of the present, or next, time of Do Not Disturb, in seconds since 1970. At most
        `AT_ONCE` people; who has none is not in it."""
        with outcome("dnd.teamInfo"):
            users = self._chat.read("dnd.teamInfo", users=",".join(people))["users"]
            return {person: span for person, said in users.items() if (span := _span(said))}


# Whose a channel is, by what Slack says of it.


def is_private(about: Mapping[str, Any]) -> bool:
    """Direct messages are, though Slack does not call them so."""
    return bool(about.get("is_private") or about.get("is_im") or about.get("is_mpim"))


def shared_with(about: Mapping[str, Any], own: str) -> frozenset[str]:
    """Workspaces and organisations that it is shared with beside one's own."""
    is_shared = any(about.get(flag) for flag in ("is_shared", "is_ext_shared", "is_org_shared"))
    return _others(about, own, ("shared_team_ids", "connected_team_ids")) if is_shared else frozenset()


def offered_to(about: Mapping[str, Any], own: str) -> frozenset[str]:
    """That were asked into it and have not accepted yet."""
    asked = _others(about, own, ("pending_connected_team_ids", "pending_shared"))
    return asked if about.get("is_pending_ext_shared") else frozenset()


_UNNAMED = "another"


def _others(about: Mapping[str, Any], own: str, names: Iterable[str]) -> frozenset[str]:
    """Never empty: Slack need not name them."""
    found = {str(each) for name in names for each in about.get(name) or ()}
    return frozenset(found - {own, str(about.get("context_team_id"))}) or frozenset({_UNNAMED})


def _span(said: dict[str, Any]) -> tuple[float, float] | None:
    """What somebody snoozes now comes before their usual hours, where Slack tells of it."""
    if said.get("snooze_enabled") and said.get("snooze_endtime"):
        return 0.0, float(said["snooze_endtime"])
    if not said.get("dnd_enabled"):
        return None
    return float(said["next_dnd_start_ts"]), float(said["next_dnd_end_ts"])
