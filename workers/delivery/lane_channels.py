"""Lane → channel, as the force has set them up."""

from collections.abc import Callable, Mapping
from typing import Protocol

import structlog
from msgspec import Struct

from bot.domain.people import Role
from bot.ports.destination import LaneKind, destination
from bot.slack.slack_chat import PostDeclined

log = structlog.get_logger()


class Opens(Protocol):
    def direct(self, person: str) -> str: ...


class LaneChannels(Struct, frozen=True, kw_only=True):
    """A role without a channel of its own is paged in the FIM's: a page always has somewhere to go."""

    cases: str
    fim: str
    roles: Mapping[Role, str]
    direct: Mapping[
        Role, Callable[[], frozenset[str]]
    ] = {}  # paged in person, while one person holds the role

    def of(self, lane: str, chat: Opens, is_shut: Callable[[str], bool] = lambda _: False) -> str:
        """The channel of a role that lets nothing in (`is_shut`) is none. Raises ChatError where a person cannot be
        written to."""
        where = destination(lane)
        if where.kind is LaneKind.CASES:
            return self.cases
        if where.person:
            return chat.direct(where.person)
        own = self._own(Role(where.name), chat)
        return self.fim if own is None or is_shut(own) else own

    def _own(self, role: Role, chat: Opens) -> str | None:
        people = list(self.direct[role]()) if role in self.direct else []
        if len(people) == 1:
            try:
                return chat.direct(people[0])
            except PostDeclined as no:
                log.error("who holds the role cannot be written to", role=role.value, code=no.code)
        # Of several, each has to see what another has answered.
        return self.roles.get(role)
