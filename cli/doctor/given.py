"""What the doctor asks of Slack, all of it at once, and why it may have no answer."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from bot.domain.people import AccountKind
from bot.slack.slack_reach import OurBot

Answer = dict[str, Any]


class SlackRefuses(Exception):
    """Slack's word, and it will say the same again."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unasked(Exception):
    """Slack could not be asked. The sentence says why."""


class Given(Struct, frozen=True, kw_only=True):
    channels: Mapping[str, Answer | Exception]  # id → what Slack says of it
    inside: Mapping[str, frozenset[str] | Exception]  # id → who is in it
    groups: Mapping[str, Answer] | Exception  # id → group
    we: OurBot


People = Mapping[str, AccountKind | None]
"""Of whom Slack knows nothing: None. Of whom it could not be asked, nothing is said."""
