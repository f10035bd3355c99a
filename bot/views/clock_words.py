"""What each clock is called, what it waits for and what ends it: the one table of human words for clocks."""

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.clocks import name_of
from bot.domain.people import Role


class Words(Struct, frozen=True):
    title: str  # "🔺 LATE since 13:45 Owner."
    debt: str  # "⚪ DUE 13:50: a grade is recorded"
    missing: str  # "13:50 supervisor: no grade"; empty: naming who is paged says enough
    done_by: str  # "Done by: a named person presses Accept"
    do: str  # the order on a page
    did: str  # "Ola Brandt accepted 14:07"
    late: str = ""  # in a headline, where `missing` is empty


TABLE: dict[str, Words] = {
    "fim-aware": Words(
        "FIM aware",
        "a FIM knows",
        "",
        "Acknowledge, or a FIM review",
        "Acknowledge",
        "took it up as FIM",
        late="FIM not aware",
    ),
    "grade-recorded": Words(
        "Grade",
        "a grade is recorded",
        "no grade",
        "a person records a grade",
        "Record a grade",
        "recorded a grade",
    ),
    "owner-accepted": Words(
        "Owner",
        "a named owner accepts",
        "no owner",
        "a named person presses Accept",
        "Get a named owner to accept",
        "accepted",
    ),
    "concern-for-safety": Words(
        "Concern for safety",
        "recorded as missing, or located",
        "concern for safety",
        "Record as missing, or Located",
        "Record as missing, or sign off why it is not",
        "ended the concern for safety",
    ),
    "rationale-signed-off": Words(
        "Sign-off of why not missing",
        "a supervisor signs off why not missing",
        "rationale not signed off",
        "a supervisor signs off, or records as missing",
        "Sign off why it is not missing, or record as missing",
        "settled the sign-off",
    ),
    "duty-inspector-told": Words(
        "Duty inspector told",
        "the duty inspector is told",
        "duty inspector not told",
        "Told is recorded, or the duty inspector acknowledges",
        "Tell the duty inspector, and record it",
        "recorded the duty inspector as told",
    ),
    "lines-of-enquiry": Words(
        "Line of enquiry",
        "a supervisor sets a line of enquiry",
        "no line of enquiry",
        "a supervisor sets one",
        "Set a line of enquiry",
        "set a line of enquiry",
    ),
    "silent-case": Words(
        "Any activity",
        "somebody records what is being done",
        "no activity",
        "any step that is recorded",
        "Record what is being done",
        "recorded an activity",
    ),
    "review": Words(
        "Review",
        "the grade is reviewed",
        "no review",
        "a supervisor or FIM reviews every marker",
        "Review the grade",
        "reviewed",
    ),
    "new-information": Words(
        "New information",
        "new information is considered",
        "information not considered",
        "recorded as considered, with what follows",
        "Consider the new information",
        "considered the new information",
    ),
    "enquiry-done": Words(
        "Enquiry",
        "an enquiry has its result",
        "enquiry not done",
        "its result is recorded",
        "Finish the enquiry and record its result",
        "recorded the enquiry's result",
    ),
    "regrade-approval": Words(
        "Downgrade decision",
        "a second person decides the downgrade",
        "downgrade not decided",
        "a second person approves or refuses",
        "Decide the downgrade",
        "decided the downgrade",
    ),
    "handover-accepted": Words(
        "Hand-over",
        "the hand-over is accepted",
        "hand-over not accepted",
        "the incoming person accepts",
        "Accept the hand-over",
        "accepted the hand-over",
    ),
    "transfer-accepted": Words(
        "Transfer",
        "a named person in the other force accepts",
        "transfer not accepted",
        "a named person there accepts",
        "Get a named person in the other force to accept",
        "recorded the transfer as accepted",
    ),
    "ppn": Words(
        "Public protection notice",
        "the notice is recorded, with ethnicity and school",
        "no protection notice",
        "notice recorded, with ethnicity and school",
        "Record the public protection notice",
        "recorded the notice",
    ),
    "pnc": Words(
        "PNC",
        "circulated on PNC",
        "not on PNC",
        "PNC recorded as told",
        "Circulate on PNC, and record it",
        "recorded PNC as told",
    ),
    "ukmpu": Words(
        "UKMPU",
        "UKMPU is told",
        "UKMPU not told",
        "UKMPU recorded as told",
        "Tell UKMPU, and record it",
        "recorded UKMPU as told",
    ),
    "prevention-interview": Words(
        "Prevention interview",
        "the prevention interview is recorded",
        "no prevention interview",
        "recorded, face to face",
        "See the child face to face, and record the prevention interview",
        "recorded the prevention interview",
    ),
    "return-interview": Words(
        "Return interview offered",
        "the return interview is offered",
        "return interview not offered",
        "recorded as offered",
        "Offer the return interview, and record it",
        "recorded the return interview as offered",
    ),
    "closure": Words(
        "Closure",
        "the case is closed",
        "case not closed",
        "closed, or voided",
        "Close the case",
        "closed the case",
    ),
}


# Whoever else is paged for it may acknowledge, and the clock runs on: only a step of a FIM ends it.
_FIM_AWARE_ELSEWHERE = replace(
    TABLE["fim-aware"], do="Get a FIM to acknowledge", done_by="a FIM acknowledges, or reviews"
)


def of(key: str, role: Role = Role.FIM) -> Words:
    """The words of a clock by its key, with or without an item, as that role is to read them."""
    name = name_of(key)
    return _FIM_AWARE_ELSEWHERE if name == "fim-aware" and role is not Role.FIM else TABLE[name]
