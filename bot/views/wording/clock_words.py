"""What each clock is called, what it waits for and what ends it: all that screens say of clocks is in this one table.

A debt never reads as a fact: while there is time the screens say what is to be done, once it is late what is not so.
"""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from bot.domain import commands
from bot.domain.clocks import ClockName, name_of
from bot.domain.commands import Command
from bot.domain.facts import SOCIAL_CARE
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.views import ids
from bot.views.wording import words


class Remedy(Struct, frozen=True):
    """What ends a clock: a debt is shown with its button (screens.md §7)."""

    command: type[Command]
    label: str  # of the button
    action: str
    item: str = ""  # what of the case it is about, where the clock does not say


class ClockWords(Struct, frozen=True, kw_only=True):
    title: str  # what it is about: "⚪ DUE 13:45 Owner", "✅ DONE 13:45 Owner"
    do: str  # the order: on a page, and after "DUE" on a card
    missing: str  # what is not so: "🔺 LATE since 13:45: no owner", "13:50 supervisor: no grade"
    cleared_when: str  # "Cleared when: a named person accepts"
    did: str  # "Ola Brandt accepted (14:07, in time)"
    # Whose knowing ends it: an acknowledgement of theirs does; and of a page to them, what they do not know yet.
    known_by: Role | None = None
    not_known: str = ""  # "FIM paged: not aware yet"
    remedy: Remedy | None  # None: no button, it ends where it stands in other words (`remedies`)
    comes_round: bool = False  # again and again: waits for nobody until it is due soon
    of_who_reported: bool = (
        False  # half done on a report's second page: theirs to finish while nobody else has
    )


_PNC = words.LABELS["pnc"]
TABLE: dict[ClockName, ClockWords] = {
    ClockName.FIM_AWARE: ClockWords(
        title="FIM aware",
        do="Acknowledge",
        missing="FIM not aware",
        cleared_when="a FIM acknowledges, or reviews",
        did="is aware",
        known_by=Role.FIM,
        not_known="not aware yet",
        remedy=None,
    ),
    ClockName.FIM_ASKED: ClockWords(
        title="FIM asked for",
        do="Look at the case: somebody asks for you",
        missing="request for a FIM not answered",
        cleared_when="a FIM or above takes a step, or acknowledges",
        did="answered",
        known_by=Role.FIM,
        not_known="asked for",
        remedy=None,
    ),
    ClockName.GRADE_RECORDED: ClockWords(
        title="Grade",
        do="Record a grade",
        missing="no grade",
        cleared_when="a grade is recorded",
        did="recorded a grade",
        remedy=Remedy(commands.GradeCase, "Grade", ids.GRADE),
        of_who_reported=True,
    ),
    ClockName.OWNER_ACCEPTED: ClockWords(
        title="Owner",
        do="Find an owner who accepts",
        missing="no owner",
        cleared_when="a named person accepts",
        did="accepted",
        remedy=Remedy(commands.Take, "Take ownership", ids.TAKE),
    ),
    ClockName.CONCERN_FOR_SAFETY: ClockWords(
        title="Concern for safety",
        do="Record as missing, or sign off the rationale",
        missing="still a concern for safety",
        cleared_when="recorded as missing, or located",
        did="re-categorised it",
        remedy=Remedy(commands.Categorise, "Record as missing", ids.RECORD_MISSING),
        of_who_reported=True,
    ),
    ClockName.RATIONALE_SIGNED_OFF: ClockWords(
        title="Concern-for-safety rationale sign-off",
        do="Sign off the concern-for-safety rationale, or record as missing",
        missing="rationale not signed off",
        cleared_when="a supervisor signs it off, or records as missing",
        did="dealt with the rationale",
        remedy=Remedy(commands.SignOff, "Sign off", ids.SIGN_OFF),
    ),
    ClockName.DUTY_INSPECTOR_TOLD: ClockWords(
        title="Duty inspector told",
        do="Tell the duty inspector, and record it",
        missing="duty inspector not told",
        cleared_when="recorded as told, or the duty inspector acknowledges",
        did="recorded the duty inspector as told",
        known_by=Role.DUTY_INSPECTOR,
        not_known="not told yet",
        remedy=Remedy(commands.Tell, "Record told", ids.TELLING),
    ),
    ClockName.LINES_OF_ENQUIRY: ClockWords(
        title="Line of enquiry",
        do="Set a line of enquiry",
        missing="no line of enquiry",
        cleared_when="a supervisor sets one",
        did="set a line of enquiry",
        remedy=Remedy(commands.SetEnquiry, "Set enquiry", ids.SET_ENQUIRY),
    ),
    ClockName.SILENT_CASE: ClockWords(
        title="Update",
        do="Record an update",
        missing="no update recorded",
        cleared_when="any step is recorded",
        did="recorded an update",
        remedy=Remedy(commands.Note, "Add note", ids.ADD_NOTE),
        comes_round=True,
    ),
    ClockName.REVIEW: ClockWords(
        title="Review",
        do="Review the grade",
        missing="no review",
        cleared_when="a supervisor or FIM reviews every risk marker",
        did="reviewed",
        remedy=Remedy(commands.Review, "Review", ids.REVIEW),
        comes_round=True,
    ),
    ClockName.NEW_INFORMATION: ClockWords(
        title="New information",
        do="Consider the new information",
        missing="information not considered",
        cleared_when="recorded as considered, with what follows",
        did="considered the new information",
        remedy=Remedy(commands.Consider, "Consider", ids.CONSIDER),
    ),
    ClockName.ENQUIRY_DONE: ClockWords(
        title="Enquiry",
        do="Finish the enquiry and record its result",
        missing="enquiry not done",
        cleared_when="its result is recorded",
        did="recorded the enquiry's result",
        remedy=Remedy(commands.FinishEnquiry, "Done", ids.FINISH_ENQUIRY),
    ),
    ClockName.REGRADE_APPROVAL: ClockWords(
        title="Downgrade decision",
        do="Decide the downgrade",
        missing="downgrade not decided",
        cleared_when="a second person approves or refuses",
        did="decided the downgrade",
        remedy=Remedy(commands.Approve, "Decide", ids.DECIDE),
    ),
    ClockName.HANDOVER_ACCEPTED: ClockWords(
        title="Hand-over",
        do="Accept the hand-over",
        missing="hand-over not accepted",
        cleared_when="the incoming person accepts",
        did="accepted the hand-over",
        remedy=None,
    ),
    ClockName.TRANSFER_ACCEPTED: ClockWords(
        title="Transfer",
        do="Find a named person in the other force who accepts",
        missing="transfer not accepted",
        cleared_when="a named person there accepts",
        did="recorded what the other force said",
        remedy=Remedy(commands.AcceptTransfer, "Record accepted", ids.TRANSFER_ACCEPTED),
    ),
    ClockName.TRANSFER_REFUSED: ClockWords(
        title="Transfer refused",
        do="Keep the case, or pass it on again",
        missing="refused by the other force, not settled",
        cleared_when="kept here, or passed on again",
        did="settled whose case it is",
        remedy=Remedy(commands.Keep, "Keep case", ids.KEEP),
    ),
    ClockName.CALLER_TOLD: ClockWords(
        title="Caller told",
        do="Tell the caller whether police are coming, and what to do",
        missing="caller not told",
        cleared_when="recorded what the caller was told",
        did="recorded what the caller was told",
        remedy=Remedy(commands.Tell, "Record told", ids.CALLER_TOLD),
    ),
    ClockName.SOCIAL_CARE_TOLD: ClockWords(
        title="Social care told",
        do="Tell the social worker or emergency duty team, and record it",
        missing="social care not told",
        cleared_when="social care is recorded as told",
        did="recorded social care as told",
        remedy=Remedy(commands.Tell, "Record told", ids.TELLING, SOCIAL_CARE),
    ),
    ClockName.FIRST_ATTENDANCE: ClockWords(
        title="First attendance",
        do="Get officers to the address or last place, and record it",
        missing="no officers attended",
        cleared_when="officers are recorded as there",
        did="recorded officers as there",
        remedy=Remedy(commands.Attend, "Officers there", ids.ATTENDED),
    ),
    ClockName.PPN: ClockWords(
        title="Public protection notice",
        do="Record the public protection notice",
        missing="no complete protection notice",
        cleared_when="recorded, with ethnicity and school",
        did="recorded the notice",
        remedy=Remedy(commands.RecordPpn, "Record notice", ids.NOTICE),
    ),
    ClockName.PNC: ClockWords(
        title=_PNC,
        do=f"Circulate on {_PNC}, and record it",
        missing=f"not on {_PNC}",
        cleared_when=f"{_PNC} is recorded as told",
        did=f"recorded {_PNC} as told",
        remedy=Remedy(commands.Tell, "Record told", ids.TELLING),
    ),
    ClockName.UKMPU: ClockWords(
        title="UKMPU",
        do="Tell UKMPU, and record it",
        missing="UKMPU not told",
        cleared_when="UKMPU is recorded as told",
        did="recorded UKMPU as told",
        remedy=Remedy(commands.Tell, "Record told", ids.TELLING),
    ),
    ClockName.PREVENTION_INTERVIEW: ClockWords(
        title="Prevention interview",
        do="See the child face to face, and record the prevention interview",
        missing="no prevention interview",
        cleared_when="recorded, face to face",
        did="recorded the prevention interview",
        remedy=Remedy(commands.Interview, "Record", ids.INTERVIEW, "prevention"),
    ),
    ClockName.RETURN_INTERVIEW: ClockWords(
        title="Return home interview",
        do="Offer the return home interview, and record it",
        missing="return home interview not offered",
        cleared_when="recorded as offered",
        did="recorded the return home interview as offered",
        remedy=Remedy(commands.Interview, "Record", ids.INTERVIEW, "return"),
    ),
    ClockName.CLOSURE: ClockWords(
        title="Closure",
        do="Close the case",
        missing="case not closed",
        cleared_when="closed, or voided",
        did="closed the case",
        remedy=Remedy(commands.Close, "Close case", ids.CLOSE),
    ),
}
assert set(TABLE) == set(ClockName), "a clock without words would be shown nowhere"

# Whoever else is paged for it may acknowledge, and the clock runs on: only a step of a FIM ends it.
_FIM_AWARE_ELSEWHERE = replace(TABLE[ClockName.FIM_AWARE], do="Make a FIM aware")


def of(key: str, role: Role = Role.FIM) -> ClockWords:
    """The words of a clock by its key, with or without an item, as that role is to read them."""
    name = name_of(key)
    return _FIM_AWARE_ELSEWHERE if name is ClockName.FIM_AWARE and role is not Role.FIM else TABLE[name]


def paged(role: Role, keys: Iterable[str]) -> str:
    """Of a page that arrived: "FIM paged: not aware yet, no owner"."""
    about = dict.fromkeys(_not_so(of(key), role) for key in keys)
    return f"{words.sentence(words.ROLES[role])} paged" + (f": {', '.join(about)}" if about else "")


def _not_so(said: ClockWords, role: Role) -> str:
    return said.not_known if role is said.known_by else said.missing


def paged_first(name: ClockName, policy: Policy) -> str:
    """Whom this force's ladder pages first: "FIM"."""
    return words.ROLES[policy.clocks[name].ladder[0]]


def due(key: str) -> str:
    """What is to be done, for the middle of a sentence: "record a grade"; of the FIM, who is to be told, by whoever."""
    said = of(key)
    return said.title if name_of(key) is ClockName.FIM_AWARE else said.do[:1].lower() + said.do[1:]
