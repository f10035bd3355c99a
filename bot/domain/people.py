"""Who acts, and as what."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    CONTROL_ROOM = "control_room"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    FIM = "fim"
    DUTY_INSPECTOR = "duty_inspector"
    SUPERINTENDENT = "superintendent"
    MPC = "mpc"
    # Not a duty: the accepted owner of one case. It stands on ladders beside the others.
    OWNER = "owner"


# The one order of all roles, from the top: who is named first wherever several are. Nobody is forgotten in it.
BY_RANK = (
    Role.SUPERINTENDENT,
    Role.DUTY_INSPECTOR,
    Role.FIM,
    Role.SUPERVISOR,
    Role.MPC,
    Role.OFFICER,
    Role.CONTROL_ROOM,
    Role.OWNER,
)
assert set(BY_RANK) == set(Role), "a role without a rank would be shown nowhere"

# "A supervisor" in domain.md §5 means one of these: what a sergeant may do, an inspector may do.
SUPERVISING = frozenset({Role.SUPERVISOR, Role.FIM, Role.DUTY_INSPECTOR, Role.SUPERINTENDENT})


class Actor(Struct, frozen=True):
    """A person at the moment of a step, with the roles held then."""

    id: str
    roles: frozenset[Role] = frozenset()

    @property
    def supervises(self) -> bool:
        return bool(self.roles & SUPERVISING)


TIMER = Actor(id="timer")
