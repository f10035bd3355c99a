"""Who is who in a scenario. Roles move when a hand-over is accepted."""

from collections.abc import Mapping
from itertools import chain

from bot.domain.handover import Roster
from bot.domain.people import Actor, Role


class People:
    """The directory of a replay."""

    def __init__(self, roles: Mapping[str, tuple[Role, ...]]) -> None:
        self._known = frozenset(roles)
        self._appointed = {
            role: frozenset(person for person, held in roles.items() if role in held)
            for role in set(chain.from_iterable(roles.values()))
        }
        self._holders = self._appointed

    def moved(self, roster: Roster) -> None:
        """Somebody took a role over."""
        roles = {*self._appointed, *roster.held}
        self._holders = {role: roster.holders(role, self.appointed(role)) for role in roles}

    def appointed(self, role: Role) -> frozenset[str]:
        return self._appointed.get(role, frozenset())

    def candidates(self, _: Role) -> frozenset[str]:
        return self._known

    def actor(self, person: str) -> Actor | None:
        if person not in self._known:
            return None
        held = frozenset(role for role, people in self._holders.items() if person in people)
        return Actor(id=person, roles=held)

    def on_duty(self, role: Role) -> frozenset[str]:
        return self._holders.get(role, frozenset())

    def name(self, person: str) -> str:
        return person
