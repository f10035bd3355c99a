"""What a case knows: plain values that events carry and the case keeps."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, TypeVar

from msgspec import Struct

from bot.domain.declared import FieldKind, Number, Prompt

# Risk grades, as the College of Policing's practice names them.


class Grade(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        return _RANKS[self]

    def is_below(self, other: "Grade") -> bool:
        return self.rank < other.rank


_RANKS = {Grade.LOW: 1, Grade.MEDIUM: 2, Grade.HIGH: 3}


def highest(grades: Iterable[Grade | None]) -> Grade | None:
    """The highest of those given; None where there is none."""
    return max((grade for grade in grades if grade), key=lambda grade: grade.rank, default=None)


# Risk markers: each is yes, no or not known, never a bare tick (APP).


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


MARKERS: dict[str, str] = {
    "suicidal_today": "Suicidal statement today",
    "self_harm": "Self-harm",
    "mental_health": "Mental health",
    "medication": "Needs medication",
    "medical": "Medical condition",
    "disability": "Disability or neurodivergence",
    "cse": "Sexual exploitation",
    "cce": "Criminal exploitation",
    "trafficking": "Trafficking",
    "serious_violence": "Gangs, weapons, violence",
    "online_grooming": "Online grooming",
    "substances": "Drugs or alcohol",
    "domestic_abuse": "Abuse at home",
    "honour_based": "Honour-based abuse",
    "radicalisation": "Radicalisation",
    "pregnancy": "Pregnancy",
    "child_protection_plan": "Child protection plan",
    "danger_to_others": "Danger to others",
    "abduction": "May be abducted",
    "harmed_before": "Harmed when missing before",
    "weather": "Weather or clothing",
    "out_of_character": "Out of character",
}
"""Code → the words on screens. Looked after and age come from the child, missing before from earlier cases."""

ADVERSE_EVENT = "adverse_event"
"""Left school or home without permission: no marker, but it means high beside one, and is asked like one."""


# Coded, in both modes: what a force counts by (domain.md §4).


class MissingFrom(StrEnum):
    HOME = "home"
    FOSTER_CARE = "foster_care"
    CHILDRENS_HOME = "childrens_home"
    SUPPORTED_ACCOMMODATION = "supported_accommodation"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    OTHER = "other"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    NOT_KNOWN = "not_known"


class Ethnicity(StrEnum):
    """The 18 groups by which people describe themselves to the police (after the census), and that they did not."""

    WHITE_BRITISH = "white_british"
    WHITE_IRISH = "white_irish"
    GYPSY_OR_IRISH_TRAVELLER = "gypsy_or_irish_traveller"
    WHITE_OTHER = "white_other"
    WHITE_AND_BLACK_CARIBBEAN = "white_and_black_caribbean"
    WHITE_AND_BLACK_AFRICAN = "white_and_black_african"
    WHITE_AND_ASIAN = "white_and_asian"
    MIXED_OTHER = "mixed_other"
    INDIAN = "indian"
    PAKISTANI = "pakistani"
    BANGLADESHI = "bangladeshi"
    CHINESE = "chinese"
    ASIAN_OTHER = "asian_other"
    BLACK_CARIBBEAN = "black_caribbean"
    BLACK_AFRICAN = "black_african"
    BLACK_OTHER = "black_other"
    ARAB = "arab"
    OTHER = "other"
    NOT_STATED = "not_stated"


class FoundBy(StrEnum):
    POLICE = "police"
    CARER_OR_FAMILY = "carer_or_family"
    RETURNED_ALONE = "returned_alone"
    FRIEND = "friend"
    PUBLIC = "public"
    OTHER_AGENCY = "other_agency"
    NOT_KNOWN = "not_known"


class Harm(StrEnum):
    NONE = "none"
    PHYSICAL = "physical"
    SEXUAL = "sexual"
    SELF_HARM = "self_harm"
    FATAL = "fatal"
    NOT_KNOWN = "not_known"


class Cause(StrEnum):
    """Why the child was missing, as it is known once they are found."""

    NOT_DISCLOSED = "not_disclosed"
    FAMILY = "family"
    CARE_PLACEMENT = "care_placement"
    SCHOOL = "school"
    EXPLOITATION = "exploitation"
    RELATIONSHIP = "relationship"
    MENTAL_HEALTH = "mental_health"
    OTHER = "other"
    NOT_KNOWN = "not_known"


Coded = TypeVar("Coded", bound=StrEnum)


def coded(kind: type[Coded], text: str) -> Coded | None:
    """The member of that code; None where nothing is said. Raises ValueError where there is no such code."""
    if text in ("", Answer.NOT_KNOWN) and text not in tuple(kind):
        return None
    return kind(text)


def as_ethnicity(text: str) -> str:
    """The code of what people also write as words ("White British") or as the police's short code ("W1")."""
    plain = "_".join(text.lower().replace("-", " ").split())
    return _SHORT.get(plain, plain)


_POLICE_CODES = "W1,W2,W3,W9,M1,M2,M3,M9,A1,A2,A3,A4,A9,B1,B2,B9,O2,O9,NS"  # in the order of the groups
_SHORT = {
    short: group.value for short, group in zip(_POLICE_CODES.lower().split(","), Ethnicity, strict=True)
}


class Category(StrEnum):
    MISSING = "missing"
    CONCERN_FOR_SAFETY = "concern_for_safety"


class Attendance(StrEnum):
    """Whether police will attend a concern for safety. NO: Right Care Right Person, or for another reason."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


OLDEST = 120  # years of age


class Child(Struct, frozen=True, kw_only=True):
    """Name and place of birth date are empty in reference-only mode: the incident log holds them."""

    name: Annotated[str, Prompt("Child's name")] = ""
    age: Annotated[int | None, Prompt("Age, or birth date (2 Mar 2013)")] = None
    born: date | None = None
    ethnicity: Annotated[str, FieldKind.CODE, Ethnicity] = ""  # old cases, and full content, may have words
    school: str = ""
    looked_after: bool | None = None
    person_ref: Number = ""

    def age_on(self, day: date) -> int | None:
        """Whole years. A birth date outweighs a typed age."""
        if self.born is None:
            return self.age
        had_birthday = (day.month, day.day) >= (self.born.month, self.born.day)
        return day.year - self.born.year - (0 if had_birthday else 1)


class Reporter(Struct, frozen=True, kw_only=True):
    name: Annotated[str, Prompt("Reporter's name")] = ""
    phone: Annotated[str, Prompt("Reporter's number")] = ""
    relationship: Annotated[str, Prompt("Who the reporter is to the child")] = ""


class MarkerAnswer(Struct, frozen=True, kw_only=True):
    """An answer with its provenance: who recorded it, when, and from what."""

    answer: Answer
    by: str
    at: datetime
    source: str = "report"


class Episode(Struct, frozen=True, kw_only=True):
    """An earlier case of the same person_ref, as it stood when the new one was reported."""

    ref: str
    grade: Grade
    reported_at: datetime


class EnquiryKind(StrEnum):
    """All but ENQUIRY are actions that run on after the child is found."""

    ENQUIRY = "enquiry"
    ARREST = "arrest"
    CIRCULATE = "circulate"
    MARAC = "marac"
    STRATEGY_DISCUSSION = "strategy_discussion"
    CAWN = "cawn"  # child abduction warning notice
    CCE_ORDER = "cce_order"  # child criminal exploitation prevention order


OF_SUSPECT = (EnquiryKind.ARREST, EnquiryKind.CIRCULATE)
"""What is about a person who is asked for their ethnicity and nationality."""


class InformationKind(StrEnum):
    CALL = "call"
    SIGHTING = "sighting"
    PHONE = "phone"
    MEDICAL = "medical"
    OTHER = "other"


class InterviewKind(StrEnum):
    PREVENTION = "prevention"
    RETURN = "return"


CALLER, SOCIAL_CARE = "caller", "social_care"
"""Whom a clock wants to have been told, as a `tell` names them."""
TOLD_OUTSIDE = (CALLER, "duty_inspector", SOCIAL_CARE, "carer", "pnc", "ukmpu")
"""Whom it names by a code. Anybody else is words."""


class ToldCaller(StrEnum):
    """What the caller was told (IOPC, 2023: the caller did not know whether anybody would come)."""

    COMING = "coming"
    NOT_COMING = "not_coming"  # and what to do
    NO_ANSWER = "no_answer"


class TransferWhy(StrEnum):
    LIVES_THERE = "lives_there"
    LAST_SEEN_THERE = "last_seen_there"
    BELIEVED_THERE = "believed_there"


class TransferRefusal(StrEnum):
    NOT_OURS = "not_ours"
    WRONG_CODE = "wrong_code"
    NO_CAPACITY = "no_capacity"
    CHILD_IS_HERE = "child_is_here"
    OTHER = "other"


class EscalationWhy(StrEnum):
    """Why somebody wants the next rung paged before its time."""

    NO_ANSWER = "no_answer"
    WORSE = "worse"  # the risk is
    DECISION = "decision"  # one is needed that is not theirs to take
    RESOURCES = "resources"


class AlertDecision(StrEnum):
    """Of a Child Rescue Alert."""

    REQUESTED = "requested"
    NOT_MET = "not_met"
    NOT_NOW = "not_now"
