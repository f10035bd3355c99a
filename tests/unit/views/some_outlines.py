"""Outlines of cases that nobody reported, to be put in any order."""

from datetime import timedelta
from random import Random
from typing import Any

from msgspec.structs import replace

from bot.domain.clocks import ClockName
from bot.domain.facts import Grade
from bot.domain.grading import urgency
from bot.domain.training import training_ref
from bot.views.lists.outlines import Outline, Owed, OwedTo
from tests.contract.steps import START

MINUTE = timedelta(minutes=1)
OWED_TO = OwedTo(ClockName.OWNER_ACCEPTED, None, frozenset(), has_owner=False)


def an_outline(number: int, chance: Random) -> Outline:
    ref, training = f"MC-26-{number:04}", chance.random() < 0.2
    ref = training_ref(ref) if training else ref
    grade = chance.choice(list(Grade))
    due = sorted(START + chance.randint(0, 60) * MINUTE for _ in range(chance.randint(0, 3)))
    owed = tuple(Owed(due=at, soon=at - 5 * MINUTE, waits=at, falls_to=OWED_TO) for at in due)
    return Outline(
        ref=ref,
        version=1,
        training=training,
        running_grade=grade,
        owner=chance.choice([None, "ola"]),
        assigned_to=None,
        reported_by="sam",
        people=("ola", "sam"),
        is_concern=False,
        calms=False,
        owed=owed,
        owed_to=frozenset(each.falls_to for each in owed),
        to_confirm=None,
        undelivered=(),
        urgency=urgency(grade, due[0] if due else None, ref),
        first_soon=due[0] - 5 * MINUTE if due else None,
        moments=tuple(sorted({*due, *(at - 5 * MINUTE for at in due)})),
    )


def told(number: int, **also: Any) -> Outline:
    """Medium, about a child, and owing nothing unless said."""
    ref, owed = f"MC-26-{number:04}", also.get("owed", ())
    plain = an_outline(number, Random(0))
    return replace(
        plain,
        **{
            "ref": ref,
            "training": False,
            "running_grade": Grade.MEDIUM,
            "people": (),
            "owed": owed,
            "owed_to": frozenset(each.falls_to for each in owed),
            "urgency": urgency(Grade.MEDIUM, owed[0].due if owed else None, ref),
            **also,
        },
    )
