"""Why somebody is nobody here, or may not read: never "you hold no role" where only the list of who does is old."""

from bot.domain.people import AccountKind
from bot.ports.rosters import OLD

_RING = "Nothing changed. If a child is at risk, ring the control room."
NOT_SET_UP = f"You are not set up here. {_RING} The technician can add you."
_NOBODY: dict[AccountKind, str] = {
    AccountKind.DEACTIVATED: f"Slack says that your account is deactivated. {_RING}",
    AccountKind.GUEST: (
        f"You are a guest in this workspace, and guests read and record nothing here. {_RING} "
        "The technician can change it: MISSING_GUESTS."
    ),
    AccountKind.STRANGER: (
        f"Your account is another organisation's, and reads and records nothing here. {_RING} "
        "The technician can change it: MISSING_WORKSPACES."
    ),
    AccountKind.MACHINE: "Apps and workflows read and record nothing here.",
}


NOT_YOURS = (
    "Not done: cases are read and worked on by those on duty, and by whom a case is assigned to. "
    "Nothing changed; the attempt was logged. The technician can give you a role."
)
OUTDATED = (
    "Slack has not told us for too long who is on duty. Until it does, pages are sent and can be acknowledged, and "
    "nothing else is read or saved here. Use the paper log, and call the technician."
)


def nobody(kind: AccountKind, age: float) -> str:
    """`age`: of the list of people, in seconds."""
    said = _NOBODY.get(kind)
    if said:
        return said
    return f"You are not on our list of people. {old} {_RING}" if (old := old_list(age)) else NOT_SET_UP


OF_SUPERVISORS = "Not opened: this is read by supervisors and above. The attempt was logged."


def may_not_read(age: float, *, outdated: bool = False) -> str:
    """To one of the force who may not. `age`: of the list of who is on duty, in seconds; `outdated`: it is too old to
    read by."""
    if outdated:
        return f"Not opened: {OUTDATED}"
    if old := old_list(age):
        return (
            f"Not opened: you are not on our list of who is on duty. {old} If you are on duty now, ring FIM."
        )
    return (
        "Not opened: cases are read by those on duty, and by whom a case is assigned to. "
        "The technician can give you a role."
    )


def old_list(age: float) -> str:
    """How old it is, where that may be the reason; empty where it is not."""
    if age <= OLD:
        return ""
    if age == float("inf"):
        return "Slack has not given us that list yet."
    minutes = int(age // 60)
    return f"That list is {minutes} minutes old: Slack gives us no newer one."
