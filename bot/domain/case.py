"""A case as it stands: the fold of its events, and all that a clock, a screen or a decision may ask of it."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct, field

from bot.domain.case_parts import (
    Alert,
    Concern,
    Ending,
    Enquiry,
    Escalation,
    FimAsked,
    Information,
    Notice,
    Ownership,
    Page,
    Paging,
    Return,
    Risk,
    Said,
    Step,
)
from bot.domain.facts import (
    MARKERS,
    Answer,
    Category,
    Child,
    Episode,
    Grade,
    MarkerAnswer,
    MissingFrom,
    Reporter,
    Sex,
    highest,
)
from bot.domain.people import Role


class Status(StrEnum):
    OPEN = "open"
    LOCATED = "located"
    CLOSED = "closed"


class Case(Struct, frozen=True, kw_only=True):
    ref: str
    version: int  # entries folded so far
    incident: str
    child: Child
    reporter: Reporter
    reported_by: str
    told_at: datetime  # police were told: clocks of the report run from here
    told_on: date  # the day of that by the force's calendar: the child's age is of that day
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
    training: bool = False  # about no child: counted in no audit
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
    acknowledged_on: str = ""  # the surface of that: "text" where it was a reply from outside Slack
    escalation: Escalation | None = None
    fim_asked: FimAsked | None = None
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
        return self.child.age_on(self.told_on)

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
