"""What a force returns to the UK Missing Persons Unit, a row for each missing child's incident; what the record does
not hold is left empty, and said.

Its template is not published. The columns are the axes of its published reports (domain.md §4; Missing Persons Data
Report 2020/21, and of 2011/12 also where from, how far, circumstances and who found); names and order are ours.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

from msgspec import Struct

from bot.audit.case_audit import CaseAudit
from bot.audit.fairness import KnownBeside
from bot.domain.facts import Ethnicity, Sex, as_ethnicity
from bot.views.plain.audit_values import as_minutes, as_time


class ReturnTo(StrEnum):
    UKMPU = "ukmpu"


class _Of(Struct, frozen=True, kw_only=True):
    """One incident, and what its row may draw on."""

    audit: CaseAudit
    beside: KnownBeside
    zone: tzinfo | None
    individual: int | None  # the same number for the same child, in this return alone

    def time(self, at: datetime | None) -> str | None:
        return as_time(at, self.zone) if at else None


class _Column(Struct, frozen=True):
    of: Callable[[_Of], Any]
    why_empty: str


def _said(code: StrEnum | None) -> str | None:
    return code.value if code else None


def _nothing(_: _Of) -> None:
    """The record does not hold it."""


def _ethnicity(row: _Of) -> str | None:
    """A code; in full content somebody may have typed anything."""
    recorded = as_ethnicity(row.audit.case.child.ethnicity)
    return recorded if recorded in tuple(Ethnicity) else _said(row.beside.ethnicity)


def _sex(row: _Of) -> str | None:
    recorded = row.audit.case.sex
    return _said(recorded if recorded not in (None, Sex.NOT_KNOWN) else row.beside.sex or recorded)


def _looked_after(row: _Of) -> bool | None:
    recorded = row.audit.case.child.looked_after
    return row.beside.looked_after if recorded is None else recorded


def _missing_before(row: _Of) -> bool | None:
    """That nothing is linked is not knowing, and no "no"."""
    case = row.audit.case
    return True if case.last_episode or case.same_as else None


def _told_unit(row: _Of) -> str | None:
    return row.time(
        min((told.at for told in row.audit.case.told if told.who == ReturnTo.UKMPU), default=None)
    )


def _found_at(row: _Of) -> datetime | None:
    back = row.audit.case.back
    return back.found_at or (back.located.at if back.located else None)


_BESIDE = "nobody recorded it; --equality FILE.csv can bring it"
_NOT_SAID = "nobody recorded it"
_COLUMNS: Mapping[str, _Column] = {
    "incident": _Column(lambda row: row.audit.case.incident, "no incident number was recorded"),
    "individual": _Column(lambda row: row.individual, "no person record number was recorded"),
    "calls": _Column(_nothing, "the record holds incidents, not telephone calls"),
    "reported_at": _Column(lambda row: row.time(row.audit.case.told_at), _NOT_SAID),
    "age": _Column(lambda row: row.audit.case.age, _NOT_SAID),
    "sex": _Column(_sex, _BESIDE),
    "ethnicity": _Column(_ethnicity, f"not asked in reference-only mode, or {_BESIDE}"),
    "looked_after": _Column(_looked_after, _BESIDE),
    "missing_from": _Column(lambda row: _said(row.audit.case.missing_from), _NOT_SAID),
    "missing_before": _Column(_missing_before, "no earlier episode was linked; that is no 'no'"),
    "risk": _Column(lambda row: _said(row.audit.case.risk.recorded), "nobody recorded a grade"),
    "vulnerabilities": _Column(
        lambda row: " ".join(row.audit.case.live_markers), "no marker was answered yes"
    ),
    "missing_minutes": _Column(
        lambda row: as_minutes(row.audit.took.missing) if row.audit.took.found else None, "not found yet"
    ),
    "found_at": _Column(lambda row: row.time(_found_at(row)), "not found yet"),
    "found_by": _Column(lambda row: _said(row.audit.case.back.found_by), _NOT_SAID),
    "distance_from_home_km": _Column(_nothing, "places are kept in words, if at all"),
    "circumstances": _Column(lambda row: _said(row.audit.case.back.cause), _NOT_SAID),
    "harm": _Column(lambda row: _said(row.audit.case.back.harm), _NOT_SAID),
    "unit_told_at": _Column(_told_unit, "the unit was not told, or nobody recorded it"),
}


def ukmpu_return(
    audits: Sequence[CaseAudit], known: Mapping[str, KnownBeside], zone: tzinfo | None
) -> dict[str, Any]:
    """Of every case in which a child was missing. `known`: beside the record, by reference."""
    missing = [audit for audit in audits if audit.took.missing is not None]
    people = list(dict.fromkeys(audit.case.child.person_ref for audit in missing))
    rows = [
        {name: column.of(row) for name, column in _COLUMNS.items()}
        for row in (_row(audit, known, zone, people) for audit in missing)
    ]
    return {"to": ReturnTo.UKMPU.value, "columns": [_column(name, rows) for name in _COLUMNS], "rows": rows}


def _row(
    audit: CaseAudit, known: Mapping[str, KnownBeside], zone: tzinfo | None, people: Sequence[str]
) -> _Of:
    who = audit.case.child.person_ref
    beside = known.get(audit.case.ref, KnownBeside())
    return _Of(audit=audit, beside=beside, zone=zone, individual=people.index(who) + 1 if who else None)


def _column(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    empty = sum(row[name] in (None, "") for row in rows)
    return {"name": name, "empty": empty, "why": _COLUMNS[name].why_empty if empty else ""}
