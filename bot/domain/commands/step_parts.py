"""What the declarations of steps share: who may, and the questions that several of them ask."""

from datetime import datetime
from typing import Annotated

from bot.domain.declared import Code, FieldKind, Prompt
from bot.domain.facts import Attendance, Cause, FoundBy, Harm
from bot.domain.people import SUPERVISING, Role

ANYONE = frozenset({Role.CONTROL_ROOM, Role.OFFICER}) | SUPERVISING
CONTROL_ROOM_AND_UP = frozenset({Role.CONTROL_ROOM}) | SUPERVISING
OFFICER_AND_UP = frozenset({Role.OFFICER}) | SUPERVISING

Known = Annotated[
    bool, Prompt("Is a named person with the child now? yes or no", preset="no", of_concern=True)
]
WhyNotMissing = Annotated[
    str,
    Prompt("Why is this not missing? What is known, who said so, when?", coded="concern", of_concern=True),
]
_WILL_ATTEND = "Will police attend? yes, no (RCRP or other) or undecided"
AttendanceReported = Annotated[Code, Attendance, Prompt(_WILL_ATTEND, preset="undecided", of_concern=True)]
AttendanceDecided = Annotated[Code, Attendance, Prompt(_WILL_ATTEND, enter="as it stands", of_concern=True)]

Decision = Annotated[str, Prompt("Why?", coded="decision")]
CANNOT_OWN = "decline"  # the list of reasons for not owning a case, or no more
Considered = Annotated[tuple[str, ...], Prompt("")]
When = Annotated[datetime | None, Prompt("When: 2215, 9pm, an hour ago", preset="now")]
RoleName = Annotated[Code, Role, Prompt("Role: fim, supervisor …")]
Mending = Annotated[str, Prompt("How do you know?", coded="mending")]

FoundByAsked = Annotated[Code, FoundBy, Prompt("Who found the child?", enter="not said")]
HarmAsked = Annotated[Code, Harm, Prompt("Did the child come to harm?", enter="not said")]
CauseAsked = Annotated[Code, Cause, Prompt("Why was the child missing?", enter="not said")]

Unsaid = FieldKind.UNSAID
