"""Lane → channel, as the force has set them up."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from bot.domain.people import Role
from bot.outgoing import CASES


class Opens(Protocol):
    def direct(self, person: str) -> str: ...


class Channels(Struct, frozen=True, kw_only=True):
    """A role without a channel of its own is paged in the FIM's: a page always has somewhere to go."""

    cases: str
    fim: str
    roles: Mapping[Role, str]

    def of(self, lane: str, chat: Opens) -> str:
        """Raises ChatError where a person cannot be written to."""
        kind, _, name = lane.partition(":")
        if lane == CASES:
            return self.cases
        return chat.direct(name) if kind == "person" else self.roles.get(Role(name), self.fim)
