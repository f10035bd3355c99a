"""Risk markers: each is yes, no or not known, never a bare tick (APP)."""

from enum import StrEnum


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
}
"""Code → the words on screens. Looked after and age come from the child, missing before from earlier cases."""

ADVERSE_EVENT = "adverse_event"
"""Left school or home without permission: no marker, but it means high beside one, and is asked like one."""
