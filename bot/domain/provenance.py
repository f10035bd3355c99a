"""For each fact: who gave it, who recorded it, and when (APP; domain.md §3)."""

from datetime import datetime

from msgspec import Struct

from bot.domain.case import Case


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
    mended = case.corrected.get(field)
    if mended:
        return Provenance(recorded_by=mended.by, at=mended.at, source="correction")
    return Provenance(
        recorded_by=case.reported_by, at=case.typed_at, source="report", given_by=case.reporter.relationship
    )
