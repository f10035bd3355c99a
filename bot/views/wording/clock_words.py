"""What each clock is called, what it waits for and what ends it: the one table of human words for clocks.

A debt never reads as a fact: while there is time the screens say what is to be done, once it is late what is not so.
"""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.clocks import name_of
from bot.domain.people import Role
from bot.views.wording import words


class ClockWords(Struct, frozen=True, kw_only=True):
    title: str  # what it is about: "⚪ DUE 13:45 Owner", "✅ DONE 13:45 Owner"
    do: str  # the order: on a page, and after "DUE" on a card
    missing: str  # what is not so: "🔺 LATE since 13:45: no owner", "13:50 supervisor: no grade"
    cleared_when: str  # "Cleared when: a named person accepts"
    did: str  # "Ola Brandt accepted (14:07, in time)"


TABLE: dict[str, ClockWords] = {
    "fim-aware": ClockWords(
        title="FIM aware",
        do="Acknowledge",
        missing="FIM not aware",
        cleared_when="a FIM acknowledges, or reviews",
        did="is aware",
    ),
    "grade-recorded": ClockWords(
        title="Grade",
        do="Record a grade",
        missing="no grade",
        cleared_when="a grade is recorded",
        did="recorded a grade",
    ),
    "owner-accepted": ClockWords(
        title="Owner",
        do="Find an owner who accepts",
        missing="no owner",
        cleared_when="a named person accepts",
        did="accepted",
    ),
    "concern-for-safety": ClockWords(
        title="Concern for safety",
        do="Record as missing, or sign off the rationale",
        missing="still a concern for safety",
        cleared_when="recorded as missing, or located",
        did="re-categorised it",
    ),
    "rationale-signed-off": ClockWords(
        title="Concern-for-safety rationale sign-off",
        do="Sign off the concern-for-safety rationale, or record as missing",
        missing="rationale not signed off",
        cleared_when="a supervisor signs it off, or records as missing",
        did="dealt with the rationale",
    ),
    "duty-inspector-told": ClockWords(
        title="Duty inspector told",
        do="Tell the duty inspector, and record it",
        missing="duty inspector not told",
        cleared_when="recorded as told, or the duty inspector acknowledges",
        did="recorded the duty inspector as told",
    ),
    "lines-of-enquiry": ClockWords(
        title="Line of enquiry",
        do="Set a line of enquiry",
        missing="no line of enquiry",
        cleared_when="a supervisor sets one",
        did="set a line of enquiry",
    ),
    "silent-case": ClockWords(
        title="Update",
        do="Record an update",
        missing="no update recorded",
        cleared_when="any step is recorded",
        did="recorded an update",
    ),
    "review": ClockWords(
        title="Review",
        do="Review the grade",
        missing="no review",
        cleared_when="a supervisor or FIM reviews every risk marker",
        did="reviewed",
    ),
    "new-information": ClockWords(
        title="New information",
        do="Consider the new information",
        missing="information not considered",
        cleared_when="recorded as considered, with what follows",
        did="considered the new information",
    ),
    "enquiry-done": ClockWords(
        title="Enquiry",
        do="Finish the enquiry and record its result",
        missing="enquiry not done",
        cleared_when="its result is recorded",
        did="recorded the enquiry's result",
    ),
    "regrade-approval": ClockWords(
        title="Downgrade decision",
        do="Decide the downgrade",
        missing="downgrade not decided",
        cleared_when="a second person approves or refuses",
        did="decided the downgrade",
    ),
    "handover-accepted": ClockWords(
        title="Hand-over",
        do="Accept the hand-over",
        missing="hand-over not accepted",
        cleared_when="the incoming person accepts",
        did="accepted the hand-over",
    ),
    "transfer-accepted": ClockWords(
        title="Transfer",
        do="Find a named person in the other force who accepts",
        missing="transfer not accepted",
        cleared_when="a named person there accepts",
        did="recorded the transfer as accepted",
    ),
    "ppn": ClockWords(
        title="Public protection notice",
        do="Record the public protection notice",
        missing="no protection notice",
        cleared_when="recorded, with ethnicity and school",
        did="recorded the notice",
    ),
    "pnc": ClockWords(
        title="PNC",
        do="Circulate on PNC, and record it",
        missing="not on PNC",
        cleared_when="PNC is recorded as told",
        did="recorded PNC as told",
    ),
    "ukmpu": ClockWords(
        title="UKMPU",
        do="Tell UKMPU, and record it",
        missing="UKMPU not told",
        cleared_when="UKMPU is recorded as told",
        did="recorded UKMPU as told",
    ),
    "prevention-interview": ClockWords(
        title="Prevention interview",
        do="See the child face to face, and record the prevention interview",
        missing="no prevention interview",
        cleared_when="recorded, face to face",
        did="recorded the prevention interview",
    ),
    "return-interview": ClockWords(
        title="Return home interview",
        do="Offer the return home interview, and record it",
        missing="return home interview not offered",
        cleared_when="recorded as offered",
        did="recorded the return home interview as offered",
    ),
    "closure": ClockWords(
        title="Closure",
        do="Close the case",
        missing="case not closed",
        cleared_when="closed, or voided",
        did="closed the case",
    ),
}

# Whoever else is paged for it may acknowledge, and the clock runs on: only a step of a FIM ends it.
_FIM_AWARE_ELSEWHERE = replace(TABLE["fim-aware"], do="Make a FIM aware")
# What the one who is paged does not know yet: "FIM paged: not aware yet".
_THEIR_OWN = {
    ("fim-aware", Role.FIM): "not aware yet",
    ("duty-inspector-told", Role.DUTY_INSPECTOR): "not told yet",
}


def of(key: str, role: Role = Role.FIM) -> ClockWords:
    """The words of a clock by its key, with or without an item, as that role is to read them."""
    name = name_of(key)
    return _FIM_AWARE_ELSEWHERE if name == "fim-aware" and role is not Role.FIM else TABLE[name]


def paged(role: Role, keys: Iterable[str]) -> str:
    """Of a page that arrived: "FIM paged: not aware yet, no owner"."""
    about = dict.fromkeys(_THEIR_OWN.get((name_of(key), role)) or of(key).missing for key in keys)
    return f"{words.sentence(words.ROLES[role])} paged" + (f": {', '.join(about)}" if about else "")


def due(key: str) -> str:
    """What is to be done, for the middle of a sentence: "record a grade"; of the FIM, who is to be told, by whoever."""
    said = of(key)
    return said.title if name_of(key) == "fim-aware" else said.do[:1].lower() + said.do[1:]
