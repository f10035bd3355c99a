"""A case as it stands: the fold of its events, and all that a clock, a screen or a decision may ask of it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from bot.domain.facts import (
    MARKERS,
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
    MarkerAnswer,
    MissingFrom,
    Reporter,
    Sex,
    ToldCaller,
    TransferRefusal,
    TransferWhy,
    highest,
)
from bot.domain.people import Role


class Status(StrEnum):
    OPEN = "open"
    LOCATED = "located"
    CLOSED = "closed"


class Step(Struct, frozen=True, kw_only=True):
    """Who did a thing, and when."""

    at: datetime
    by: str


class Downgrade(Struct, frozen=True, kw_only=True):
    """Asked for and waiting for a second person."""

    level: Grade
    rationale: str
    considered: tuple[str, ...]
    reasons: tuple[str, ...]
    asked: Step
    changed: tuple[str, ...] = ()


class Risk(Struct, frozen=True, kw_only=True):
    recorded: Grade | None = None
    recorded_step: Step | None = None
    rationale: str = ""
    refused: Grade | None = None  # recorded by refusing this lower one
    # Each reason that was ever shown and that no approved downgrade has answered, with the grade it calls for.
    # A reason that no longer holds stays here: a correction by one person must not lower a child's grade.
    raised: dict[str, Grade] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    downgrade: Downgrade | None = None
    approval_asked_at: datetime | None = None  # this run of `regrade-approval`
    approval_done_at: datetime | None = None
    graded_in_report: bool = False
    running: tuple[tuple[datetime, Grade], ...] = ()  # every change of the running grade
    high_since: datetime | None = None
    fim_aware_at: datetime | None = None
    first_graded_at: datetime | None = None
    last_graded_at: datetime | None = None
    last_reviewed: Step | None = None
    next_review_at: datetime | None = None
    disagreed_at: datetime | None = None  # the carer does not agree with it; None once it was decided again


class Decline(Struct, frozen=True, kw_only=True):
    """Somebody said that they cannot own it."""

    at: datetime
    asked_by: str


class Ownership(Struct, frozen=True, kw_only=True):
    wanted_since: datetime  # when this run of `owner-accepted` began
    owner: str | None = None
    accepted_at: datetime | None = None  # this run of `owner-accepted` was met
    accepted: Step | None = None  # by the present owner
    assigned_to: str | None = None  # asked, has not answered
    assigned: Step | None = None
    declined: dict[str, Decline] = field(default_factory=dict)  # person → their newest answer


class Concern(Struct, frozen=True, kw_only=True):
    """The present or last spell of being filed as "concern for safety"."""

    set_by: str
    unknown_since: datetime | None  # None while the whereabouts are known
    rationale_since: datetime
    rationale_done_at: datetime | None = None
    last_sign_off: Step | None = None
    longer_since: datetime | None = None  # signed off while `concern-for-safety` ran
    attendance: Attendance = Attendance.UNDECIDED
    attendance_by: Step | None = None  # who decided it; None while undecided from the start
    refused_since: datetime | None = None  # nobody attends a child whom nobody can find; not signed off since
    ended_at: datetime | None = None  # recorded as missing


class Enquiry(Struct, frozen=True, kw_only=True):
    id: str
    text: str
    owner: str
    kind: EnquiryKind
    set: Step
    by_supervisor: bool
    due_at: datetime
    done: Step | None = None
    result: str = ""
    ethnicity_asked: bool = False  # of a suspect
    nationality_asked: bool = False


class Said(Struct, frozen=True, kw_only=True):
    """Somebody's own words, kept as a note."""

    text: str
    step: Step


class Information(Struct, frozen=True, kw_only=True):
    id: str
    kind: InformationKind
    text: str
    received: Step
    source: str = ""
    considered: Step | None = None
    outcome: str = ""


class Notice(Struct, frozen=True, kw_only=True):
    """Somebody outside was told."""

    who: str
    how: str
    step: Step
    took: str = ""
    when: datetime | None = None
    said: ToldCaller | None = None

    @property
    def at(self) -> datetime:
        """When they were told; where nobody said, when it was recorded."""
        return self.when or self.step.at


class Return(Struct, frozen=True, kw_only=True):
    located: Step | None = None
    found_at: datetime | None = None  # where it was said; `located` is when it was recorded
    where: str = ""
    seen: Step | None = None
    seen_by: str = ""  # whoever saw the child; `seen` is who recorded it
    prevention: Step | None = None
    prevention_by: str = ""
    offer_owed_since: datetime | None = None
    offered: Step | None = None  # the return home interview
    offered_by: str = ""
    found_by: FoundBy | None = None
    harm: Harm | None = None
    cause: Cause | None = None


TRANSFERRED = "transferred"  # how a case is gone that another force took


class SentBack(Struct, frozen=True, kw_only=True):
    """Another force did not take the case."""

    force: str
    name: str  # who there said so
    why: TransferRefusal
    step: Step
    settled: Step | None = None  # passed on again, or kept
    kept_why: str = ""


class Alert(Struct, frozen=True, kw_only=True):
    """What was decided of a Child Rescue Alert."""

    decision: AlertDecision
    why: str
    step: Step


class Ending(Struct, frozen=True, kw_only=True):
    closed: Step | None = None
    reason: str = ""
    reopened: Step | None = None
    off_until: datetime | None = None  # reopened from a state in which no clock ran at all
    transfer_to: str = ""
    transfer_why: TransferWhy | None = None
    transfer_asked: Step | None = None
    transfer_answered_at: datetime | None = None  # accepted or refused there
    transfer_accepted_by: str = ""
    transfers: int = 0  # how often it was passed on
    refusal: "SentBack | None" = None  # the newest
    void_asked: Step | None = None  # to void, or to mark as a duplicate of `duplicate_of`
    duplicate_of: str = ""
    gone: str = ""  # "void", "duplicate" or "transferred": nothing of it runs on

    @property
    def awaits_force(self) -> bool:
        """Passed on, and neither accepted nor refused there."""
        return self.transfer_asked is not None and self.transfer_answered_at is None


class Paging(Struct, frozen=True, kw_only=True):
    """Where one clock stands on its ladder."""

    started: datetime  # the run of the clock that was paged
    role: Role
    rung: int
    sent_at: datetime
    repeats: int = 0
    told: frozenset[Role] = frozenset()  # every role paged in this run
    quiet_until: datetime | None = None
    acknowledged: Step | None = None
    skipped: tuple[Role, ...] = ()  # empty rungs that the newest page passed over


class Page(Struct, frozen=True, kw_only=True):
    """What became of the newest page to one role."""

    number: int  # of the entry that paged, from 1
    at: datetime  # when it was to go out
    taken_at: datetime | None = None  # when Slack, or another way, took it
    way: str = ""  # the other way, as the force named it
    undelivered_at: datetime | None = None  # when it was noticed that Slack had not taken it
    why: str = ""  # Slack's own word where it refused

    @property
    def is_undelivered(self) -> bool:
        return self.taken_at is None and self.undelivered_at is not None

    def taken(self, at: datetime, way: str = "") -> "Page":
        return self if self.taken_at else replace(self, taken_at=at, way=way)

    def undelivered(self, at: datetime, why: str) -> "Page":
        return replace(self, undelivered_at=self.undelivered_at or at, why=why or self.why)


class Case(Struct, frozen=True, kw_only=True):
    ref: str
    version: int  # entries folded so far
    incident: str
    child: Child
    reporter: Reporter
    reported_by: str
    told_at: datetime  # police were told: clocks of the report run from here
    typed_at: datetime
    last_seen_at: datetime | None
    last_seen_where: str
    why_worried: str
    adverse_event: bool
    adverse: Step | None = None  # whose answer that was
    not_adverse_at: datetime | None = None  # asked, and told no
    markers: dict[str, MarkerAnswer]
    category: Category
    filed: Step  # who chose the category as it stands
    whereabouts_known: bool
    rationale: str
    missing_from: MissingFrom | None = None
    sex: Sex | None = None
    described: dict[str, Step] = field(
        default_factory=dict
    )  # fact, as a correction names it → who said it last
    concern: Concern | None = None
    risk: Risk = Risk()
    ownership: Ownership
    last_episode: Episode | None = None
    # Earlier cases of this child's, and who said so.
    same_as: dict[str, Step] = field(default_factory=dict)
    enquiries: dict[str, Enquiry] = field(default_factory=dict)
    lines_set_at: datetime | None = None
    information: dict[str, Information] = field(default_factory=dict)
    notes: tuple[Said, ...] = ()
    told: tuple[Notice, ...] = ()
    inspector_told_at: datetime | None = None
    caller_since: datetime | None = None  # this run of `caller-told`; None: since police were told
    caller_told_at: datetime | None = None
    looked_after_since: datetime | None = None  # it became known; None: it was known at once
    attended: Step | None = None  # officers were there first
    attended_where: str = ""
    alert: Alert | None = None
    ppn: Step | None = None
    ppn_complete_at: datetime | None = None
    back: Return = Return()
    ending: Ending = Ending()
    corrected: dict[str, Step] = field(default_factory=dict)  # field → who mended it last
    last_activity_at: datetime
    changed_at: datetime  # the newest entry's time; a record never runs backwards
    paging: dict[str, Paging] = field(default_factory=dict)
    acknowledged: Step | None = None  # the newest acknowledgement of any page
    pages: dict[Role, Page] = field(
        default_factory=dict
    )  # of every role that was ever paged; its card stands

    @property
    def status(self) -> Status:
        if self.ending.closed:
            return Status.CLOSED
        return Status.LOCATED if self.back.located else Status.OPEN

    @property
    def age(self) -> int | None:
        return self.child.age_on(self.told_at.date())

    @property
    def is_child(self) -> bool:
        """An age that nobody knows is a child's until somebody does."""
        return self.age is None or self.age < 18

    @property
    def owner(self) -> str | None:
        return self.ownership.owner

    @property
    def whereabouts_unknown(self) -> bool:
        """A child filed as missing is missing, whatever else was ticked."""
        return self.category is Category.MISSING or not self.whereabouts_known

    @property
    def is_concern(self) -> bool:
        return self.category is Category.CONCERN_FOR_SAFETY

    @property
    def running_grade(self) -> Grade:
        return self.risk.running[-1][1]

    def grade_at(self, at: datetime) -> Grade:
        """The grade whose times applied then; before the report was typed, the first one."""
        grade = self.risk.running[0][1]
        for since, level in self.risk.running:
            if since > at:
                break
            grade = level
        return grade

    @property
    def live_markers(self) -> tuple[str, ...]:
        """Answered yes. These must be considered one by one on a downgrade and on a review."""
        return tuple(code for code, given in self.markers.items() if given.answer is Answer.YES)

    @property
    def not_answered(self) -> int:
        """How many risk questions were answered neither yes nor no."""
        answered = [given for given in self.markers.values() if given.answer is not Answer.NOT_KNOWN]
        return len(MARKERS) - len(answered)

    def awaits(self, role: Role) -> bool:
        """Whether that role was paged about something that nobody has answered, and that is not over."""
        return any(role in paging.told and paging.acknowledged is None for paging in self.paging.values())

    @property
    def seen(self) -> bool:
        return self.back.seen is not None


def reckon_running(risk: Risk) -> Grade:
    """The highest of what was recorded and what still stands unanswered (domain.md §5, Grades).

    An adult with no reason at all and no grade runs at low.
    """
    return highest([risk.recorded, *risk.raised.values()]) or Grade.LOW
