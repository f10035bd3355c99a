"""The coded facts in words: what a form offers, and what a case says of them. Codes name nobody, so both modes show
them."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.case import Case
from bot.domain.case_parts import Enquiry, Return
from bot.domain.events import Closed, Described, EnquirySet, Located
from bot.domain.facts import Cause, EnquiryKind, Ethnicity, FoundBy, Harm, MissingFrom, Sex
from bot.views.screen import Screen
from bot.views.wording import naming, words

MISSING_FROM: dict[StrEnum, str] = {
    MissingFrom.HOME: "Home",
    MissingFrom.FOSTER_CARE: "Foster care",
    MissingFrom.CHILDRENS_HOME: "Children's home",
    MissingFrom.SUPPORTED_ACCOMMODATION: "Supported accommodation",
    MissingFrom.SCHOOL: "School",
    MissingFrom.HOSPITAL: "Hospital",
    MissingFrom.OTHER: "Somewhere else",
}
SEX: dict[StrEnum, str] = {
    Sex.FEMALE: "Female",
    Sex.MALE: "Male",
    Sex.OTHER: "Other",
    Sex.NOT_KNOWN: "Not known",
}
ETHNICITY: dict[StrEnum, str] = {
    Ethnicity.WHITE_BRITISH: "White: British",
    Ethnicity.WHITE_IRISH: "White: Irish",
    Ethnicity.GYPSY_OR_IRISH_TRAVELLER: "White: Gypsy or Irish Traveller",
    Ethnicity.WHITE_OTHER: "White: other",
    Ethnicity.WHITE_AND_BLACK_CARIBBEAN: "Mixed: White and Black Caribbean",
    Ethnicity.WHITE_AND_BLACK_AFRICAN: "Mixed: White and Black African",
    Ethnicity.WHITE_AND_ASIAN: "Mixed: White and Asian",
    Ethnicity.MIXED_OTHER: "Mixed: other",
    Ethnicity.INDIAN: "Asian: Indian",
    Ethnicity.PAKISTANI: "Asian: Pakistani",
    Ethnicity.BANGLADESHI: "Asian: Bangladeshi",
    Ethnicity.CHINESE: "Asian: Chinese",
    Ethnicity.ASIAN_OTHER: "Asian: other",
    Ethnicity.BLACK_CARIBBEAN: "Black: Caribbean",
    Ethnicity.BLACK_AFRICAN: "Black: African",
    Ethnicity.BLACK_OTHER: "Black: other",
    Ethnicity.ARAB: "Arab",
    Ethnicity.OTHER: "Any other ethnic group",
    Ethnicity.NOT_STATED: "Not stated",
}
FOUND_BY: dict[StrEnum, str] = {
    FoundBy.POLICE: "Police",
    FoundBy.CARER_OR_FAMILY: "Carer or family",
    FoundBy.RETURNED_ALONE: "Came back alone",
    FoundBy.FRIEND: "A friend",
    FoundBy.PUBLIC: "Somebody from the public",
    FoundBy.OTHER_AGENCY: "Another agency",
    FoundBy.NOT_KNOWN: "Not known",
}
HARM: dict[StrEnum, str] = {
    Harm.NONE: "None",
    Harm.PHYSICAL: "Physical",
    Harm.SEXUAL: "Sexual",
    Harm.SELF_HARM: "Self-harm",
    Harm.FATAL: "Fatal",
    Harm.NOT_KNOWN: "Not known",
}
CAUSE: dict[StrEnum, str] = {
    Cause.NOT_DISCLOSED: "The child does not say",
    Cause.FAMILY: "Family",
    Cause.CARE_PLACEMENT: "The care placement",
    Cause.SCHOOL: "School",
    Cause.EXPLOITATION: "Exploitation",
    Cause.RELATIONSHIP: "A relationship",
    Cause.MENTAL_HEALTH: "Mental health",
    Cause.OTHER: "Other",
    Cause.NOT_KNOWN: "Not known",
}
ENQUIRY_KINDS: dict[str, str] = {
    EnquiryKind.ENQUIRY: "Line of enquiry",
    EnquiryKind.ARREST: "Arrest",
    EnquiryKind.CIRCULATE: "Circulate as wanted",
    EnquiryKind.MARAC: "MARAC",
    EnquiryKind.STRATEGY_DISCUSSION: "Strategy discussion",
    EnquiryKind.CAWN: "Child abduction warning notice",
    EnquiryKind.CCE_ORDER: "Criminal exploitation prevention order",
}
assert set(ENQUIRY_KINDS) == set(EnquiryKind), "a kind of enquiry without words"
CHOICES: Mapping[str, Mapping[StrEnum, str]] = {
    "missing_from": MISSING_FROM,
    "sex": SEX,
    "child.ethnicity": ETHNICITY,
    "found_by": FOUND_BY,
    "harm": HARM,
    "cause": CAUSE,
}
"""Fact, as a correction names it → its codes in words."""
for _fact, _words in CHOICES.items():
    _kind = type(next(iter(_words)))
    assert set(_words) == set(_kind), f"a code of {_fact} without words"


def choices(fact: str) -> dict[str, str]:
    """Code → words, for a list to choose from."""
    return {code.value: said for code, said in CHOICES[fact].items()}


def kind_of(enquiry: EnquiryKind | str) -> str:
    """ "line of enquiry", "arrest", "MARAC"."""
    return words.lower_first(ENQUIRY_KINDS[enquiry])


def asked_of_suspect(enquiry: EnquirySet | Enquiry) -> str:
    """That it was asked, never what was answered."""
    asked = {"ethnicity": enquiry.ethnicity_asked, "nationality": enquiry.nationality_asked}
    said = " and ".join(what for what, is_so in asked.items() if is_so)
    return f"Asked: {said}" if said else ""


def codes(fact: str) -> str:
    return ", ".join(code.value for code in CHOICES[fact])


def ethnicity(said: str, screen: Screen) -> str:
    """The words of the code; what was typed in their own words only where names may be shown."""
    known = next((words for code, words in ETHNICITY.items() if code.value == said), "")
    return known or (naming.said(said, screen) if screen.full else "")


def care(case: Case) -> str:
    """ "looked after"; empty where nobody has asked."""
    if case.child.looked_after is None:
        return ""
    return "looked after" if case.child.looked_after else "not looked after"


def on_card(case: Case) -> list[str]:
    """What decides whom to ring first: missing from where, and in whose care."""
    place = f"missing from: {words.lower_first(MISSING_FROM[case.missing_from])}" if case.missing_from else ""
    return [said for said in (place, "looked after" if case.child.looked_after else "") if said]


def of_child(case: Case, screen: Screen) -> str:
    """All that is coded of the child, in one line; empty where nothing was said."""
    said = {
        "Missing from": MISSING_FROM[case.missing_from] if case.missing_from else "",
        "Looked after": _yes_no(case.child.looked_after),
        "Sex": SEX[case.sex] if case.sex else "",
        "Ethnicity": ethnicity(case.child.ethnicity, screen),
    }
    return _listed(said)


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"


def found(said: Located | Closed | Return) -> str:
    """Who found the child, what harm, and why the child was missing; empty where nothing was said."""
    return _listed(
        {
            "Found by": FOUND_BY[said.found_by] if said.found_by else "",
            "Harm": HARM[said.harm] if said.harm else "",
            "Why missing": CAUSE[said.cause] if said.cause else "",
        }
    )


def described(event: Described) -> str:
    """The facts that were said, without what they are: those stand with the child's facts."""
    names = {
        "missing_from": "missing from",
        "child.looked_after": "looked after",
        "sex": "sex",
        "child.ethnicity": "ethnicity",
    }
    return words.listed([names[fact] for fact in event.said()])


def _listed(said: Mapping[str, str]) -> str:
    return " · ".join(f"{name}: {words.lower_first(value)}" for name, value in said.items() if value)
