"""What people did on a case; and what all events have in common."""

from datetime import date, datetime
from functools import cache
from typing import Annotated, get_args, get_type_hints

from msgspec import Struct, field

from bot.domain.facts import (
    AlertDecision,
    Answer,
    Attendance,
    Category,
    Cause,
    Child,
    EnquiryKind,
    Episode,
    EscalationWhy,
    FoundBy,
    Grade,
    Harm,
    InformationKind,
    InterviewKind,
    MissingFrom,
    Reporter,
    Sex,
    ToldCaller,
    TransferRefusal,
    TransferWhy,
)
from bot.domain.people import Role

QUOTED = "quoted"


Quoted = Annotated[str, QUOTED]


class Event(Struct, frozen=True, kw_only=True, tag_field="type"):
    """One thing that happened; its name on disk is the class's name."""


@cache
def quoted_fields(kind: type[Event]) -> tuple[str, ...]:
    """Names of the fields that are declared as `Quoted`, in their order."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(name for name in kind.__struct_fields__ if QUOTED in get_args(hints[name])[1:])


class Reported(Event, frozen=True, kw_only=True):
    ref: str
    incident: str
    child: Child
    category: Category
    whereabouts_known: bool
    rationale: Quoted
    told_at: datetime
    last_seen_at: datetime | None
    last_seen_where: str
    why_worried: str
    reporter: Reporter
    adverse_event: bool
    markers: dict[str, Answer]
    last_episode: Episode | None = None
    not_adverse: bool = False  # asked whether they left without permission, and told no
    attendance: Attendance = Attendance.UNDECIDED
    missing_from: MissingFrom | None = None
    sex: Sex | None = None
    training: bool = False
    told_on: date | None = None  # the day by the force's calendar; None in old records: by UTC


class EpisodeLinked(Event, frozen=True, kw_only=True):
    """A corrected person_ref led to another last episode (or to none)."""

    episode: Episode | None


class SameChildSaid(Event, frozen=True, kw_only=True):
    """Somebody recognised the child of an earlier case; `person_ref` is what this case has from then on."""

    earlier: str
    person_ref: str


class EpisodesShown(Event, frozen=True, kw_only=True):
    """Earlier episodes were before this person's eyes before the grade was chosen."""

    refs: tuple[str, ...]


class EpisodesUnread(Event, frozen=True, kw_only=True):
    """Earlier cases of this child that the record could not give: their grades do not count here."""

    refs: tuple[str, ...]


class MarkersAnswered(Event, frozen=True, kw_only=True):
    """The rest of the report's questions, asked once its clocks ran."""

    markers: dict[str, Answer]
    adverse_event: bool | None = None  # None: not asked


class Described(Event, frozen=True, kw_only=True):
    """What is coded of the child, said after the report was saved; None and "": not said."""

    missing_from: MissingFrom | None = None
    looked_after: bool | None = None
    sex: Sex | None = None
    ethnicity: str = ""

    def said(self) -> tuple[str, ...]:
        """The facts, as a correction names them."""
        told = {
            "missing_from": self.missing_from,
            "child.looked_after": self.looked_after,
            "sex": self.sex,
            "child.ethnicity": self.ethnicity or None,
        }
        return tuple(fact for fact, value in told.items() if value is not None)


class Graded(Event, frozen=True, kw_only=True):
    level: Grade
    rationale: Quoted
    considered: tuple[str, ...] = ()
    since: datetime | None = None  # given in the report itself: counts from when police were told


class DowngradeAsked(Event, frozen=True, kw_only=True):
    level: Grade
    rationale: Quoted
    considered: tuple[str, ...]
    reasons: tuple[str, ...]  # what was shown then, and so is answered once approved
    since: datetime | None = None
    changed: tuple[str, ...] = ()  # of those considered, the ones said to be otherwise now


class DowngradeApproved(Event, frozen=True, kw_only=True):
    why: Quoted


class DowngradeRefused(Event, frozen=True, kw_only=True):
    why: Quoted


class Categorised(Event, frozen=True, kw_only=True):
    category: Category
    whereabouts_known: bool
    rationale: Quoted
    attendance: Attendance | None = None  # None: as it stood


class SignedOff(Event, frozen=True, kw_only=True):
    why: Quoted


class Assigned(Event, frozen=True, kw_only=True):
    to: str


class Accepted(Event, frozen=True, kw_only=True):
    pass


class Declined(Event, frozen=True, kw_only=True):
    why: Quoted


class Released(Event, frozen=True, kw_only=True):
    why: Quoted


class Escalated(Event, frozen=True, kw_only=True):
    """The next rung is wanted now for these clocks; where there are none, that role."""

    why: EscalationWhy
    clocks: tuple[str, ...]
    wanted: Role | None = None


class Taken(Event, frozen=True, kw_only=True):
    """Assigned to oneself and accepted at once."""


class Acknowledged(Event, frozen=True, kw_only=True):
    """Quietens these clocks until then; it stops none."""

    clocks: tuple[str, ...]
    until: datetime


class Told(Event, frozen=True, kw_only=True):
    who: str
    how: Quoted
    took: Quoted = ""  # the person there who took it
    when: datetime | None = None  # where it was said; the entry has when it was recorded
    said: ToldCaller | None = None  # of the caller; None: nobody wrote it down


class EnquirySet(Event, frozen=True, kw_only=True):
    id: str
    text: Quoted
    owner: str
    due_at: datetime
    kind: EnquiryKind = EnquiryKind.ENQUIRY
    ethnicity_asked: bool = False  # of the suspect; what was answered is not kept here
    nationality_asked: bool = False


class EnquiryDone(Event, frozen=True, kw_only=True):
    id: str
    result: Quoted


class Noted(Event, frozen=True, kw_only=True):
    text: Quoted


class InformationReceived(Event, frozen=True, kw_only=True):
    id: str
    kind: InformationKind
    text: Quoted
    source: Quoted = ""  # who says so
    markers: dict[str, Answer] = field(default_factory=dict)
    adverse_event: bool | None = None  # None: not asked


class Considered(Event, frozen=True, kw_only=True):
    id: str
    outcome: Quoted


class Reviewed(Event, frozen=True, kw_only=True):
    rationale: Quoted
    considered: tuple[str, ...]
    next_at: datetime | None = None
    changed: tuple[str, ...] = ()


class PpnRecorded(Event, frozen=True, kw_only=True):
    ethnicity: str
    school: str

    @property
    def is_complete(self) -> bool:
        """A notice that does not know the child's ethnicity or school is recorded, and is owed as before."""
        return all(on_it and on_it != Answer.NOT_KNOWN for on_it in (self.ethnicity, self.school))


class Transferred(Event, frozen=True, kw_only=True):
    force: Quoted
    why: TransferWhy | None = None


class TransferAccepted(Event, frozen=True, kw_only=True):
    name: Quoted


class TransferRefused(Event, frozen=True, kw_only=True):
    """The other force does not take it: the sender keeps the case."""

    name: Quoted  # who there said so
    why: TransferRefusal


class TransferKept(Event, frozen=True, kw_only=True):
    """After a refusal: the case stays here, and somebody says so."""

    why: Quoted


class Attended(Event, frozen=True, kw_only=True):
    """Officers are at the address, or at the last place."""

    where: Quoted


class CarerDisagreed(Event, frozen=True, kw_only=True):
    why: Quoted


class AlertDecided(Event, frozen=True, kw_only=True):
    """Whether a Child Rescue Alert is asked for."""

    decision: AlertDecision
    why: Quoted


class Located(Event, frozen=True, kw_only=True):
    where: Quoted
    seen_in_person: bool
    when: datetime | None = None  # where it was said; clocks run from when it was recorded
    seen_by: Quoted = ""
    found_by: FoundBy | None = None
    harm: Harm | None = None
    cause: Cause | None = None


class Interviewed(Event, frozen=True, kw_only=True):
    kind: InterviewKind
    in_person: bool
    by_whom: Quoted = ""


class Closed(Event, frozen=True, kw_only=True):
    reason: Quoted
    undone: tuple[str, ...] = ()  # keys of clocks that nothing had satisfied; none in old records
    not_asked: int = 0  # risk questions that nobody had answered
    found_by: FoundBy | None = None
    harm: Harm | None = None
    cause: Cause | None = None


class Reopened(Event, frozen=True, kw_only=True):
    why: Quoted


class Corrected(Event, frozen=True, kw_only=True):
    field: str
    to: str
    why: Quoted


class VoidAsked(Event, frozen=True, kw_only=True):
    why: Quoted


class DuplicateAsked(Event, frozen=True, kw_only=True):
    of: str
    why: Quoted


class Confirmed(Event, frozen=True, kw_only=True):
    """A second person let the void or the duplicate take effect."""
