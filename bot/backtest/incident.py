"""One past incident: what a force's command-and-control system holds of it. None and (): it did not happen, or the
system does not hold it, which the log's columns tell apart (`columns.not_tested`)."""

from datetime import datetime

from msgspec import Struct

from bot.domain.facts import Attendance, Category, FoundBy, Grade, Harm, MissingFrom, Sex


class PastGrade(Struct, frozen=True):
    at: datetime
    level: Grade
    approved: bool  # by a second person, where it is a downgrade


class Refiled(Struct, frozen=True):
    """Put in another category."""

    at: datetime
    category: Category


class PastEnquiry(Struct, frozen=True):
    set_at: datetime
    due_at: datetime | None
    result_at: datetime | None


class PastInformation(Struct, frozen=True):
    received_at: datetime
    considered_at: datetime | None


class Incident(Struct, frozen=True, kw_only=True):
    """All times aware; none of them before `told_at`."""

    incident: str
    person_ref: str
    told_at: datetime
    category: Category
    whereabouts_known: bool
    attendance: Attendance | None
    age: int
    sex: Sex | None
    ethnicity: str
    looked_after: bool | None
    missing_from: MissingFrom | None
    markers: tuple[str, ...]
    adverse_event: bool | None
    grades: tuple[PastGrade, ...]
    categories: tuple[Refiled, ...]
    signed_off_at: tuple[datetime, ...]
    accepted_at: datetime | None
    fim_told_at: tuple[datetime, ...]
    duty_inspector_told_at: datetime | None
    caller_told_at: tuple[datetime, ...]
    social_care_told_at: datetime | None
    attended_at: datetime | None
    enquiries: tuple[PastEnquiry, ...]
    information: tuple[PastInformation, ...]
    reviews: tuple[datetime, ...]
    other_entries: tuple[datetime, ...]
    pnc_at: datetime | None
    ukmpu_at: datetime | None
    ppn_at: datetime | None
    located_at: datetime | None
    seen_at: datetime | None
    prevention_interview_at: datetime | None
    return_interview_at: datetime | None
    closed_at: datetime | None
    found_by: FoundBy | None
    harm: Harm | None
