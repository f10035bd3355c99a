"""What a `correct` step may mend, and how typed text becomes the value; and who gave each fact, and when."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.case import Case
from bot.domain.case_parts import Step
from bot.domain.facts import (
    MARKERS,
    OLDEST,
    Answer,
    Cause,
    Ethnicity,
    FoundBy,
    Harm,
    MarkerAnswer,
    MissingFrom,
    Sex,
    as_ethnicity,
    coded,
)


def _number(text: str) -> int:
    value = int(text)
    if not 0 <= value <= OLDEST:
        raise ValueError(text)
    return value


def _flag_if_known(text: str) -> bool | None:
    return None if text.strip().lower() in ("not_known", "not known") else _flag(text)


def _code(kind: type[StrEnum]) -> Callable[[str], StrEnum | None]:
    return lambda text: coded(kind, text.strip().lower())


def _ethnicity(text: str) -> str:
    return coded(Ethnicity, as_ethnicity(text)) or ""


def _flag(text: str) -> bool:
    return {"yes": True, "true": True, "no": False, "false": False}[text.strip().lower()]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


Start = TypeVar("Start", datetime, datetime | None)
_CHILD: dict[str, Callable[[str], Any]] = {
    "name": str,
    "age": _number,
    "born": date.fromisoformat,
    "ethnicity": _ethnicity,
    "school": str,
    "looked_after": _flag_if_known,
    "person_ref": str,
}
_REPORTER = ("name", "relationship", "phone")
_OWN: dict[str, tuple[str, Callable[[str], Any]]] = {
    "reported_at": ("told_at", _moment),
    "last_seen_at": ("last_seen_at", _moment),
    "last_seen_where": ("last_seen_where", str),
    "why_worried": ("why_worried", str),
    "adverse_event": ("adverse_event", _flag),
    "missing_from": ("missing_from", _code(MissingFrom)),
    "sex": ("sex", _code(Sex)),
}
# Of how the case ended.
_OF_RETURN: dict[str, Callable[[str], Any]] = {
    "found_by": _code(FoundBy),
    "harm": _code(Harm),
    "cause": _code(Cause),
}
_ALSO = {"reason": "cause"}  # as the step that records it says
CODED: dict[str, type[StrEnum]] = {
    "missing_from": MissingFrom,
    "sex": Sex,
    "child.ethnicity": Ethnicity,
    "found_by": FoundBy,
    "harm": Harm,
    "cause": Cause,
}
"""Fact → its codes."""
TIMES = ("reported_at", "last_seen_at")


def canonical(field: str) -> str | None:
    """The field's full name, or None where nothing of that name can be corrected."""
    field = _ALSO.get(field, field)
    if field in _OWN or field in _OF_RETURN:
        return field
    if field in _CHILD:
        return f"child.{field}"
    if field in MARKERS:
        return f"markers.{field}"
    group, _, name = field.partition(".")
    known = {"child": tuple(_CHILD), "reporter": _REPORTER, "markers": tuple(MARKERS)}
    return field if name in known.get(group, ()) else None


def parse(field: str, text: str) -> Any:
    """The value for a canonical field. Raises ValueError or KeyError where the text is no such value."""
    if field in _OWN:
        return _OWN[field][1](text)
    if field in _OF_RETURN:
        return _OF_RETURN[field](text)
    group, _, name = field.partition(".")
    if group == "child":
        return _CHILD[name](text)
    return Answer(text) if group == "markers" else text


def apply(case: Case, field: str, text: str, step: Step) -> Case:
    """The case with that field mended."""
    value = parse(field, text)
    if field in _OWN:
        return _mend_own(case, field, value, step)
    if field in _OF_RETURN:
        return replace(case, back=replace(case.back, **{field: value}))
    group, _, name = field.partition(".")
    if group == "child":
        changes = {"born": None, "age": value} if name == "age" else {name: value}
        return replace(case, child=replace(case.child, **changes))
    if group == "reporter":
        return replace(case, reporter=replace(case.reporter, **{name: value}))
    answer = MarkerAnswer(answer=value, by=step.by, at=step.at, source="correction")
    return replace(case, markers={**case.markers, name: answer})


def _mend_own(case: Case, field: str, value: Any, step: Step) -> Case:
    if field == "adverse_event":
        said, not_at = (step, None) if value else (None, step.at)
        return replace(case, adverse_event=value, adverse=said, not_adverse_at=not_at)
    if field != "reported_at":
        return replace(case, **{_OWN[field][0]: value})
    before = case.told_at
    return _move_starts(replace(case, told_at=value, told_on=value.date()), before, value)


def _move_starts(case: Case, before: datetime, after: datetime) -> Case:
    """Starts that stood at the time police were told move with it.

    A page that is out stays out, and goes up when it would have: mending a time answers nobody.
    """

    def moved(start: Start) -> Start:
        return after if start == before else start

    case = replace(
        case,
        caller_since=moved(case.caller_since),
        looked_after_since=moved(case.looked_after_since),
    )
    risk, concern = case.risk, case.concern
    risk = replace(
        risk,
        high_since=moved(risk.high_since),
        first_graded_at=moved(risk.first_graded_at),
        last_graded_at=moved(risk.last_graded_at),
        approval_asked_at=moved(risk.approval_asked_at),
    )
    if concern:
        concern = replace(
            concern,
            unknown_since=moved(concern.unknown_since),
            rationale_since=moved(concern.rationale_since),
            refused_since=moved(concern.refused_since),
        )
    ownership = replace(case.ownership, wanted_since=moved(case.ownership.wanted_since))
    # An item's clock that began at the same second is the item's own.
    paging = {
        key: standing if "/" in key else replace(standing, started=moved(standing.started))
        for key, standing in case.paging.items()
    }
    return replace(case, risk=risk, concern=concern, ownership=ownership, paging=paging)


# For each fact: who gave it, who recorded it, and when (APP; domain.md §3).


class Provenance(Struct, frozen=True, kw_only=True):
    recorded_by: str
    at: datetime
    source: str  # "report", "correction", or the id of an item of information
    given_by: str = ""  # the reporter's relationship to the child, for what the report said


def provenance(case: Case, field: str) -> Provenance:
    """Where what stands in this field comes from. Fields are named as a correction names them: `child.age`."""
    answer = case.markers.get(field.removeprefix("markers."))
    if answer:
        given_by = case.reporter.relationship if answer.source == "report" else ""
        return Provenance(recorded_by=answer.by, at=answer.at, source=answer.source, given_by=given_by)
    mended, described = case.corrected.get(field), case.described.get(field)
    if mended and (described is None or described.at <= mended.at):
        return Provenance(recorded_by=mended.by, at=mended.at, source="correction")
    if described:
        return Provenance(
            recorded_by=described.by, at=described.at, source="report", given_by=case.reporter.relationship
        )
    return Provenance(
        recorded_by=case.reported_by, at=case.typed_at, source="report", given_by=case.reporter.relationship
    )
