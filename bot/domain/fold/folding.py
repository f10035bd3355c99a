"""How an event meets its function, and what many of those functions ask of an entry."""

from collections.abc import Callable
from datetime import datetime
from functools import singledispatch
from typing import Any

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import Case, reckon_running
from bot.domain.case_parts import Paging, Risk, Step
from bot.domain.events import Entry
from bot.domain.facts import Answer, Episode, Grade, MarkerAnswer, highest
from bot.domain.grading import LAST_EPISODE, reasons_for

# The running grade: what raised it, and every change of it (domain.md §5, Grades).


def reckon(case: Case, entry: Entry) -> Case:
    """Raise what newly holds, and note the running grade where it changed."""
    risk, holds = case.risk, reasons_for(case)
    lapsed = risk.lapsed | (risk.answered - holds.keys() - {LAST_EPISODE})
    new = {
        code: level
        for code, level in holds.items()
        if (code not in risk.answered or code in lapsed) and risk.raised.get(code) is not level
    }
    if new or lapsed != risk.lapsed:
        risk = replace(
            risk,
            raised={**risk.raised, **new},
            answered=risk.answered - new.keys(),
            lapsed=lapsed - new.keys(),
        )
    grade = reckon_running(risk)
    before = risk.running[-1][1] if risk.running else None
    if grade is not before:
        earlier = risk.running if not risk.running or risk.running[-1][0] < entry.at else risk.running[:-1]
        risk = replace(risk, running=(*earlier, (entry.at, grade)))
        case = _grade_changed(replace(case, risk=risk), entry, grade)
    elif risk is not case.risk:
        case = replace(case, risk=risk)
    return case


def _grade_changed(case: Case, entry: Entry, grade: Grade) -> Case:
    if grade is not Grade.HIGH:
        return replace(case, risk=replace(case.risk, high_since=None, fim_aware_at=None))
    # What the report itself says starts its clocks at the time police were told.
    since = case.told_at if isinstance(entry.event, events.Reported) else counts_from(entry)
    louder = {key: _end_quiet(paging, entry.at) for key, paging in case.paging.items()}
    risk = replace(case.risk, high_since=since, fim_aware_at=None)
    # What the caller was told of a lesser risk is not what they are to be told now.
    return replace(case, risk=risk, paging=louder, caller_since=since, caller_told_at=None)


def _end_quiet(paging: Paging, at: datetime) -> Paging:
    if paging.quiet_until is None or paging.quiet_until <= at:
        return paging
    return replace(paging, quiet_until=at)


def raise_episode(risk: Risk, episode: Episode) -> Risk:
    """Only ever upwards: a corrected reference must not lower a child's grade by one person alone."""
    level = highest([episode.grade, risk.raised.get(LAST_EPISODE)])
    assert level is not None
    return replace(risk, raised={**risk.raised, LAST_EPISODE: level}, answered=risk.answered - {LAST_EPISODE})


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
