"""What a case consists of: who did what when, its risk, its owner, what was set, heard and told, and its end."""

from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from bot.domain.facts import (
    AlertDecision,
    Attendance,
    Cause,
    EnquiryKind,
    EscalationWhy,
    FoundBy,
    Grade,
    Harm,
    InformationKind,
    ToldCaller,
    TransferRefusal,
    TransferWhy,
)
from bot.domain.people import Role


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
    approved_for: Step | None = None  # recorded by approving what this person asked for, in whose words it is
    # Each reason that was ever shown and that no approved downgrade has answered, with the grade it calls for.
    # A reason that no longer holds stays here: a correction by one person must not lower a child's grade.
    raised: dict[str, Grade] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    lapsed: frozenset[str] = (
        frozenset()
    )  # of those, what has not held since: holding again, it is a new reason
    downgrade: Downgrade | None = None
    approval_asked_at: datetime | None = None  # this run of `regrade-approval`
    approval_done_at: datetime | None = None
    approval_done: Step | None = None  # whose moment that is
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


class Escalation(Struct, frozen=True, kw_only=True):
    """Somebody wanted the next rung paged before its time: the newest."""

    step: Step
    why: EscalationWhy


class FimAsked(Struct, frozen=True, kw_only=True):
    """A FIM was asked for where nothing else paged anybody; or who is above the FIM that asked."""

    step: Step
    wanted: Role
    done_at: datetime | None = None


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
    hurried_at: datetime | None = None  # the next rung is wanted now, not when its time comes
    page: int = 0  # number of the entry that sent it; 0 in old records
    beside_at: datetime | None = None  # when that page was called another way too


class LeftBeside(Struct, frozen=True, kw_only=True):
    """A page that was to leave another way too, and what came of it."""

    why: str  # an `OutReason`
    at: datetime
    over_at: datetime | None = None  # when it left, or was given up
    way: str = ""  # as the force named it
    reached: bool = False

    def without(self, way: str) -> "LeftBeside":
        """That one failed after all."""
        others = [each for each in self.way.split(WAYS_BETWEEN) if each != way]
        return replace(self, way=WAYS_BETWEEN.join(others) or self.way, reached=bool(others))


WAYS_BETWEEN = ", "  # between the ways that took one page; none has it in its name


class Page(Struct, frozen=True, kw_only=True):
    """What became of the newest page to one role."""

    number: int  # of the entry that paged, from 1
    at: datetime  # when it was to go out
    taken_at: datetime | None = None  # when Slack, or another way, took it
    way: str = ""  # the other way, as the force named it
    undelivered_at: datetime | None = None  # when it was noticed that Slack had not taken it
    why: str = ""  # Slack's own word where it refused, or another way's where it did not arrive
    in_slack: bool = False
    beside: LeftBeside | None = None

    @property
    def is_undelivered(self) -> bool:
        """Nobody can have heard of it: not by Slack, and by no other way."""
        has_left = self.beside is not None and self.beside.reached
        return self.taken_at is None and self.undelivered_at is not None and not has_left

    def taken(self, at: datetime, way: str = "") -> "Page":
        return self if self.taken_at else replace(self, taken_at=at, way=way)

    def left(self, at: datetime, way: str, *, reached: bool) -> "Page":
        """Another way, as well as in Slack."""
        assert self.beside is not None, "it was called"
        return replace(self, beside=replace(self.beside, over_at=at, way=way, reached=reached))

    def delivered(self, at: datetime) -> "Page":
        """In Slack, whatever other way took it before."""
        return replace(self.taken(at), in_slack=True)

    def lost(self, at: datetime, way: str, why: str) -> "Page":
        """It did not arrive by that way after all: it stays taken where it also went by another, or is in Slack."""
        if self.beside is not None and way in self.beside.way.split(WAYS_BETWEEN):
            return replace(self, beside=self.beside.without(way))
        ways = self.way.split(WAYS_BETWEEN) if self.way else []
        if way not in ways:
            return self
        left = WAYS_BETWEEN.join(each for each in ways if each != way)
        if left or self.in_slack:
            return replace(self, way=left)
        return replace(self, taken_at=None, way="", undelivered_at=self.undelivered_at or at, why=why)

    def undelivered(self, at: datetime, why: str) -> "Page":
        return replace(self, undelivered_at=self.undelivered_at or at, why=why or self.why)
