"""The running grade: what raised it, and every change of it (domain.md §5, Grades)."""

from datetime import datetime

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import (
    Case,
    Paging,
    Risk,
    reckon_running,
)
from bot.domain.events import Entry
from bot.domain.facts import Episode
from bot.domain.fold.folding import counts_from
from bot.domain.grades import Grade, highest
from bot.domain.grading import LAST_EPISODE, reasons_for


def reckon(case: Case, entry: Entry) -> Case:
    """Raise what newly holds, and note the running grade where it changed."""
    risk = case.risk
    new = {
        code: level
        for code, level in reasons_for(case).items()
        if code not in risk.answered and risk.raised.get(code) is not level
    }
    if new:
        risk = replace(risk, raised={**risk.raised, **new})
    grade = reckon_running(risk)
    before = risk.running[-1][1] if risk.running else None
    if grade is not before:
        earlier = risk.running if not risk.running or risk.running[-1][0] < entry.at else risk.running[:-1]
        risk = replace(risk, running=(*earlier, (entry.at, grade)))
        case = _grade_changed(replace(case, risk=risk), entry, grade)
    elif new:
        case = replace(case, risk=risk)
    return case


def _grade_changed(case: Case, entry: Entry, grade: Grade) -> Case:
    if grade is not Grade.HIGH:
        return replace(case, risk=replace(case.risk, high_since=None, fim_aware_at=None))
    # What the report itself says starts its clocks at the time police were told.
    since = case.told_at if isinstance(entry.event, events.Reported) else counts_from(entry)
    louder = {key: _end_quiet(paging, entry.at) for key, paging in case.paging.items()}
    return replace(case, risk=replace(case.risk, high_since=since, fim_aware_at=None), paging=louder)


def _end_quiet(paging: Paging, at: datetime) -> Paging:
    if paging.quiet_until is None or paging.quiet_until <= at:
        return paging
    return replace(paging, quiet_until=at)


def raise_episode(risk: Risk, episode: Episode) -> Risk:
    """Only ever upwards: a corrected reference must not lower a child's grade by one person alone."""
    level = highest([episode.grade, risk.raised.get(LAST_EPISODE)])
    assert level is not None
    return replace(risk, raised={**risk.raised, LAST_EPISODE: level}, answered=risk.answered - {LAST_EPISODE})
