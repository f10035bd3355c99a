"""Who sits at a terminal: the operating system knows its user, and the force has said whose account that is."""

import os
import pwd
from collections.abc import Mapping

from msgspec import Struct

from cli.terminal import prompting
from config.setting_parts import TerminalUsers
from handlers.errors import NotDone

SURFACE = "terminal"


class Signed(Struct, frozen=True):
    person: str | None  # an id of the force's people; None: nobody of that name
    surface: str  # where a step was taken; with the machine's user, where they acted as somebody else


def machine_user() -> str:
    """Not what the environment says: anybody sets that."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # as in a container
        return str(os.getuid())


def sign(given: str, users: TerminalUsers, names: Mapping[str, str], user: str) -> Signed:
    """`given`: whom they say they are, "" for nobody else. Raises NotDone."""
    own = users.people.get(user)
    if not given and own is None:
        raise NotDone(
            f"Not done. This machine's user {user} is nobody's account here. Ask the technician to name whose it is "
            "(MISSING_TERMINAL__PEOPLE). Until then: paper log, and ring FIM."
        )
    person = prompting.find(given, names) if given else own
    if person == own:
        return Signed(person, SURFACE)
    if not users.as_others:
        raise NotDone(
            f"Not done. This machine's user is {user}: nobody acts as somebody else here. Leave out --as (and "
            "MISSING_PERSON); or ask the technician, who can allow it (MISSING_TERMINAL__AS_OTHERS)."
        )
    return Signed(person, f"{SURFACE}:{user}")
