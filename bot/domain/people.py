"""Who acts, and as what."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """To add one: a line here and in `DUTIES`, its words in `bot.views.wording.words`, and `permissions` where it may
    take steps that its duty does not imply."""

    CONTROL_ROOM = "control_room"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    FIM = "fim"
    DUTY_INSPECTOR = "duty_inspector"
    SUPERINTENDENT = "superintendent"
    MPC = "mpc"
    # Not a duty: the accepted owner of one case. It stands on ladders beside the others.
    OWNER = "owner"


class Duty(Struct, frozen=True, kw_only=True):
    """What a role is for. Which step it may take is in `permissions`."""

    supervises: bool = False  # "a supervisor" in domain.md §5: what a sergeant may do, an inspector may do
    handed_over: bool = (
        False  # one person at a time answers for it; officers give up cases, call handlers have none
    )
    owns: bool = False  # may be asked to own a case
    enquires: bool = False  # may be given an enquiry


# In the one order of all roles, from the top: who is named first wherever several are.
DUTIES: dict[Role, Duty] = {
    Role.SUPERINTENDENT: Duty(supervises=True, handed_over=True),
    Role.DUTY_INSPECTOR: Duty(supervises=True, handed_over=True, owns=True, enquires=True),
    Role.FIM: Duty(supervises=True, handed_over=True, owns=True, enquires=True),
    Role.SUPERVISOR: Duty(supervises=True, handed_over=True, owns=True, enquires=True),
    Role.MPC: Duty(handed_over=True),
    Role.OFFICER: Duty(owns=True, enquires=True),
    Role.CONTROL_ROOM: Duty(enquires=True),
    Role.OWNER: Duty(),
}
assert set(DUTIES) == set(Role), "a role without a rank would be shown nowhere"

BY_RANK = tuple(DUTIES)
SUPERVISING = frozenset(role for role, duty in DUTIES.items() if duty.supervises)
HANDED_OVER = frozenset(role for role, duty in DUTIES.items() if duty.handed_over)
# In the order in which people are offered for it: who does most of it first.
MAY_OWN = tuple(role for role in Role if DUTIES[role].owns)
MAY_ENQUIRE = tuple(
    sorted((role for role in Role if DUTIES[role].enquires), key=lambda role: not DUTIES[role].owns)
)


class AccountKind(StrEnum):
    """What Slack says of somebody's account. Only members hold roles, unless the settings say otherwise (domain.md §5,
    "Whose people")."""

    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"  # of another workspace, in a shared channel
    DEACTIVATED = "deactivated"
    MACHINE = "machine"  # an app, a workflow, Slackbot
    UNKNOWN = "unknown"  # not on Slack's list, or not read yet


class Actor(Struct, frozen=True):
    """A person at the moment of a step, with the roles held then."""

    id: str
    roles: frozenset[Role] = frozenset()
    outdated: bool = (
        False  # Slack has not said for too long that they hold these: they acknowledge, and no more
    )
    taking_over: bool = False  # a role is offered to them: they read as its holder does, before they accept

    @property
    def supervises(self) -> bool:
        return bool(self.roles & SUPERVISING)


TIMER = Actor(id="timer")
