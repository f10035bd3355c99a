"""What happened to a case. Appended, never changed; old ones are read for ever.

A field is only ever added, with a default. Mistakes are mended by `Corrected`.
"""

from datetime import datetime
from enum import StrEnum
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

_QUOTED = "quoted"
Quoted = Annotated[str, _QUOTED]
"""In somebody's own words: the case's thread and its timeline quote it, where words may be shown."""


class Event(Struct, frozen=True, kw_only=True, tag_field="type"):
    """One thing that happened; its name on disk is the class's name."""


@cache
def quoted_fields(kind: type[Event]) -> tuple[str, ...]:
    """Names of the fields that are declared as `Quoted`, in their order."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(name for name in kind.__struct_fields__ if _QUOTED in get_args(hints[name])[1:])


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


class HandoverOffered(Event, frozen=True, kw_only=True):
    """Of a role, in the roster's record, not in a case's."""

    role: Role
    to: str


class HandoverCaseTaken(Event, frozen=True, kw_only=True):
    """The incoming person has looked at this case; the giver holds the role until all is accepted."""

    number: int  # of the offer
    ref: str


class HandoverAccepted(Event, frozen=True, kw_only=True):
    role: Role
    giver: str = ""  # empty: of the one open offer to this person
    first: str = ""  # what the new holder will do first, read back
    appointed: frozenset[str] = frozenset()  # whom the force had appointed to the role then


class PutOnDuty(Event, frozen=True, kw_only=True):
    role: Role
    person: str
    appointed: frozenset[str]


class TakenOffDuty(Event, frozen=True, kw_only=True):
    role: Role
    person: str
    appointed: frozenset[str]


class ShiftEnded(Event, frozen=True, kw_only=True):
    """These people were asked to hand over."""

    at: datetime
    asked: tuple[str, ...]


class PageLine(Struct, frozen=True, kw_only=True):
    """One clock on one page."""

    clock: str  # the clock's key: its name, or name/item
    started: datetime  # which run of the clock
    role: Role
    rung: int  # index on the clock's ladder; -1 where nobody at all is on duty
    skipped: tuple[Role, ...] = ()  # empty rungs passed over at the same instant


class Paged(Event, frozen=True, kw_only=True):
    """The timer decided that these are to be told. One post per role carries its lines."""

    lines: tuple[PageLine, ...]
    followed: bool = (
        False  # whether its arrival is written down too (`Delivered`); old records took it for granted
    )


class Delivered(Event, frozen=True, kw_only=True):
    """Slack took this page: it stands where the role reads. Once for each page and role."""

    page: int  # number of the entry that paged, from 1
    role: Role
    clocks: tuple[str, ...] = ()  # keys of what it was about


class Cleared(Event, frozen=True, kw_only=True):
    """These clocks were paged and need nobody now: done, off, restarted, or no longer due."""

    clocks: tuple[str, ...]


class SlackSilent(Event, frozen=True, kw_only=True):
    """Slack has not taken this page in time, or has refused it. Once for each page and role, and once for a refusal."""

    page: int  # number of the entry that paged, from 1
    role: Role
    why: str = ""  # Slack's own word where it refused for good, such as "not_in_channel"; "": not in time


class OutReason(StrEnum):
    """Why a page leaves by other ways than Slack."""

    SLACK = "slack"
    SILENT = "silent"
    NOBODY = "nobody"


class WentOut(Event, frozen=True, kw_only=True):
    """A page left another way than Slack, or could not (`reached`), and why it had to."""

    way: str  # as the force named it: "SMS, e-mail"
    why: str  # an `OutReason`; others are read too, since a newer version may have written them
    role: Role | None = None  # None in old records
    page: int = 0  # number of the entry that called for it
    reached: bool = True


AnyEvent = (
    Reported
    | EpisodeLinked
    | SameChildSaid
    | EpisodesShown
    | EpisodesUnread
    | MarkersAnswered
    | Described
    | Graded
    | DowngradeAsked
    | DowngradeApproved
    | DowngradeRefused
    | Categorised
    | SignedOff
    | Assigned
    | Accepted
    | Declined
    | Released
    | Taken
    | Acknowledged
    | Told
    | EnquirySet
    | EnquiryDone
    | Noted
    | InformationReceived
    | Considered
    | Reviewed
    | PpnRecorded
    | Transferred
    | TransferAccepted
    | TransferRefused
    | TransferKept
    | Attended
    | CarerDisagreed
    | AlertDecided
    | Located
    | Interviewed
    | Closed
    | Reopened
    | Corrected
    | VoidAsked
    | DuplicateAsked
    | Confirmed
    | HandoverOffered
    | HandoverCaseTaken
    | HandoverAccepted
    | PutOnDuty
    | TakenOffDuty
    | ShiftEnded
    | Paged
    | Delivered
    | Cleared
    | SlackSilent
    | WentOut
)


# What becomes of pages, as the engine writes it down by itself: nobody did anything.
OF_PAGES = (Paged, Delivered, Cleared, SlackSilent, WentOut)
# That, and what the screens write of what was shown: no step of anybody's on the case.
FROM_THE_ENGINE = (*OF_PAGES, EpisodesShown, EpisodesUnread, EpisodeLinked)


class Entry(Struct, frozen=True, kw_only=True):
    """An event as it stands in the record: who, when, with which roles, from which surface."""

    at: datetime  # aware, UTC
    by: str
    event: AnyEvent
    roles: frozenset[Role] = frozenset()
    surface: str = ""
