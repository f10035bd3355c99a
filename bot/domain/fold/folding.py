"""How an event meets its function, and what many of those functions ask of an entry."""

from collections.abc import Callable
from datetime import datetime
from functools import singledispatch
from typing import Any

from msgspec.structs import replace

from bot.domain.case import (
    Case,
    Step,
)
from bot.domain.events import Entry
from bot.domain.facts import MarkerAnswer
from bot.domain.markers import Answer


@singledispatch
def apply(event: Any, _case: Case, _entry: Entry) -> Case:
    raise ValueError(f"A case cannot fold {type(event).__name__}.")


def on(kind: type[Any]) -> Callable[[Callable[[Any, Case, Entry], Case]], Any]:
    return apply.register(kind)


def answered(entry: Entry, answer: Answer, source: str) -> MarkerAnswer:
    return MarkerAnswer(answer=answer, by=entry.by, at=entry.at, source=source)


def left_without_leave(case: Case, said: bool | None, entry: Entry) -> Case:
    """Whether they left school or home without permission. A yes stays a yes: taking one back is a correction."""
    if said is None or (case.adverse_event and not said):
        return case
    if not said:
        return replace(case, not_adverse_at=entry.at)
    return replace(case, adverse_event=True, adverse=step_of(entry), not_adverse_at=None)


def step_of(entry: Entry) -> Step:
    return Step(at=entry.at, by=entry.by)


def counts_from(entry: Entry) -> datetime:
    """A grade given in the report itself counts from when police were told."""
    return getattr(entry.event, "since", None) or entry.at
