"""Who may take which step: as each is declared (`commands.py`)."""

from bot.domain.declared import STEPS, Command
from bot.domain.people import Role


def may(roles: frozenset[Role], command: type[Command]) -> bool:
    """Whether these roles allow the step. Steps given to a named person (accept, release …) ask the door, not this."""
    allowed = who_may(command)
    return not allowed or bool(roles & allowed)


def who_may(command: type[Command]) -> frozenset[Role]:
    """The roles that may, for a refusal that names them; empty where it depends on the person."""
    return STEPS[command].may
