"""Places that Slack lets nothing into, by whoever noticed it: a post that was refused, or the round of a quiet hour.

One matter for each place, and a single one where it is the token, whoever tells of it and however often.
"""

from collections.abc import Mapping

from msgspec import Struct

from bot.domain.people import Role
from bot.outgoing import CASES, role_lane
from bot.ports.destination import Destination
from bot.slack.slack_codes import OF_THE_TOKEN, mend, why
from bot.views.wording import words
from workers.alarm.matters import Found, Matter


class ChannelsInUse(Struct, frozen=True, kw_only=True):
    """As the force has set them up: a role is in it where it has a channel of its own."""

    cases: str
    fim: str
    roles: Mapping[Role, str] = {}

    @property
    def lanes(self) -> dict[Destination, str]:
        """Lane → channel."""
        roles = {role_lane(role): channel for role, channel in self.roles.items()}
        return {**roles, role_lane(Role.FIM): self.roles.get(Role.FIM, self.fim), CASES: self.cases}

    def place_of(self, lane: Destination) -> Destination:
        """The lane that its place is called by: a role without a channel of its own is paged in the FIM's."""
        return lane if lane in self.lanes else role_lane(Role.FIM)


_PAGES_LEAVE = "Pages leave another way, where one is set up, until it is mended."


def refused_places(
    channels: ChannelsInUse, token: str, by_channel: Mapping[str, str], by_lane: Mapping[str, str]
) -> Found:
    """`token`: Slack's word where it does not take it; `by_channel`, `by_lane`: its word for each that it refuses."""
    noticed = {channels.place_of(Destination(lane)): code for lane, code in by_lane.items()}
    codes = {
        lane: noticed.get(lane) or by_channel.get(channel, "") for lane, channel in channels.lanes.items()
    }
    of_the_token = [code for code in (token, *codes.values()) if code in OF_THE_TOKEN]
    if token or of_the_token:
        return {"token": _of_the_token(token or of_the_token[0])}
    return {f"refused {lane}": _of_place(lane, code) for lane, code in codes.items() if code}


def unknown_quiet(code: str) -> Found:
    """`code`: Slack's word, where it does not tell of Do Not Disturb; "" where it does."""
    if not code:
        return {}
    says = (
        f"Slack does not tell who has Do Not Disturb on: {why(code)}. A HIGH page to them leaves another way only once "
        f"it stays unanswered. To mend it, {mend(code)}."
    )
    return {"do not disturb": Matter(says=says, over="Slack tells of Do Not Disturb again.", lasts=False)}


def _of_the_token(code: str) -> Matter:
    return Matter(
        says=f"Slack takes nothing from the bot: {why(code)}. {_PAGES_LEAVE} To mend it, {mend(code)}.",
        over="Slack takes the bot's token again.",
    )


def _of_place(lane: Destination, code: str) -> Matter:
    place = called(lane)
    return Matter(
        says=f"Slack lets nothing into {place}: {why(code)}. {_follows(lane)} To mend it, {mend(code)}.",
        over=f"Slack takes posts in {place} again.",
    )


def called(lane: Destination) -> str:
    """Its place, with the setting that names it."""
    if lane == CASES:
        return "the cases channel (MISSING_CHANNELS__CASES)"
    role = lane.role
    if role is Role.FIM:
        return "the FIM's channel (MISSING_CHANNELS__FIM)"
    return f"the {words.ROLES[role]}'s channel (MISSING_CHANNELS__ROLES__{role.value})"


def _follows(lane: Destination) -> str:
    """What becomes of what was for it."""
    if lane == CASES:
        return "Cards and threads wait until it is mended."
    return _PAGES_LEAVE if lane.role is Role.FIM else "Its pages go to the FIM's channel until it is mended."
