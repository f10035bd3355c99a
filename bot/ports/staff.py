"""Who is who, who is on duty, and what the force itself says of its roles."""

from typing import Protocol

from bot.domain.people import Actor, Role


class Directory(Protocol):
    """Who is who, and who is on duty now."""

    def actor(self, person: str) -> Actor | None:
        """The person with the roles held now; None where nobody of that id exists."""

    def on_duty(self, role: Role) -> frozenset[str]: ...

    def name(self, person: str) -> str:
        """As shown on cards."""


class Appointments(Protocol):
    """What the force itself says of its roles, before any hand-over."""

    def appointed(self, role: Role) -> frozenset[str]: ...

    def candidates(self, role: Role) -> frozenset[str]:
        """Who may be given the role."""
