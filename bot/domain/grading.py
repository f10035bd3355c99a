"""What the software proposes, and why; a person decides. And which case comes first where several are shown."""

from datetime import UTC, datetime

from bot.domain.case import Case
from bot.domain.facts import MARKERS, Grade, highest
from bot.domain.training import is_training

WHEREABOUTS_MATTER = ("cse", "cce", "trafficking")
HIGH_ALONE = ("suicidal_today", "serious_violence", "medication", "medical", "abduction")
LAST_EPISODE = "last_episode"
assert {*WHEREABOUTS_MATTER, *HIGH_ALONE} <= set(MARKERS), "a marker of that code does not exist"


def proposal(case: Case) -> tuple[Grade, tuple[str, ...]]:
    """The proposed grade, and the reasons for exactly that grade."""
    reasons = reasons_for(case)
    grade = highest(reasons.values()) or Grade.LOW
    return grade, tuple(code for code, level in reasons.items() if level is grade)


def reasons_for(case: Case) -> dict[str, Grade]:
    """Each reason that holds now, with the grade it calls for."""
    live = case.live_markers
    high = [code for code in HIGH_ALONE if code in live]
    high += _self_harm(case, live)
    if case.whereabouts_unknown:
        high += [code for code in WHEREABOUTS_MATTER if code in live]
    reasons = dict.fromkeys(high, Grade.HIGH)
    age = case.age
    if age is not None and age < 13:
        reasons["under_13"] = Grade.HIGH
    if case.is_child:
        reasons["under_18"] = Grade.MEDIUM
    return reasons


def _self_harm(case: Case, live: tuple[str, ...]) -> list[str]:
    """Self-harm with any other live marker, or with leaving school or home without permission.

    What stands beside it is a reason too: a new one is a new reason after a downgrade.
    """
    if "self_harm" not in live:
        return []
    beside = [code for code in live if code != "self_harm"]
    if case.adverse_event:
        beside.append("adverse_event")
    return ["self_harm", *beside] if beside else []


# Which case comes first, wherever several are shown: the highest risk, then what has been owed the longest.

_NEVER = datetime.max.replace(tzinfo=UTC)

Urgency = tuple[bool, int, datetime, str]


def urgency(grade: Grade, owed_since: datetime | None, ref: str) -> Urgency:
    """A sort key. `owed_since`: when its most overdue debt fell due, or will; None: nothing is owed, so it is last.

    Every child comes before every training case."""
    return (is_training(ref), -grade.rank, owed_since or _NEVER, ref)
