"""Lane → channel, as the force has set them up."""

from collections.abc import Callable, Mapping
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
    direct: Mapping[
        Role, Callable[[], frozenset[str]]
    ] = {}  # paged in person, while one person holds the role

    def of(self, lane: str, chat: Opens) -> str:
        """Raises ChatError where a person cannot be written to."""
        kind, _, name = lane.partition(":")
        if lane == CASES:
            return self.cases
        if kind == "person":
            return chat.direct(name)
        role = Role(name)
        people = list(self.direct[role]()) if role in self.direct else []
        if len(people) == 1:
            return chat.direct(people[0])
        # Of several, each has to see what another has answered.
        return self.roles.get(role, self.fim)
