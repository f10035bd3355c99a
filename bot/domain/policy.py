"""A force's numbers: durations, ladders, floors, quiet times. Code holds rules; this holds what a force edits."""

from collections.abc import Mapping
from datetime import time, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.facts import Grade
from bot.domain.people import BY_RANK, Role


class ClockName(StrEnum):
    """Every clock there is, as the record, a policy file and a scenario write it."""

    FIM_AWARE = "fim-aware"
    FIM_ASKED = "fim-asked"
    GRADE_RECORDED = "grade-recorded"
    OWNER_ACCEPTED = "owner-accepted"
    CONCERN_FOR_SAFETY = "concern-for-safety"
    RATIONALE_SIGNED_OFF = "rationale-signed-off"
    DUTY_INSPECTOR_TOLD = "duty-inspector-told"
    LINES_OF_ENQUIRY = "lines-of-enquiry"
    SILENT_CASE = "silent-case"
    REVIEW = "review"
    NEW_INFORMATION = "new-information"
    ENQUIRY_DONE = "enquiry-done"
    REGRADE_APPROVAL = "regrade-approval"
    HANDOVER_ACCEPTED = "handover-accepted"
    TRANSFER_ACCEPTED = "transfer-accepted"
    TRANSFER_REFUSED = "transfer-refused"
    PPN = "ppn"
    CALLER_TOLD = "caller-told"
    SOCIAL_CARE_TOLD = "social-care-told"
    FIRST_ATTENDANCE = "first-attendance"
    PNC = "pnc"
    UKMPU = "ukmpu"
    PREVENTION_INTERVIEW = "prevention-interview"
    RETURN_INTERVIEW = "return-interview"
    CLOSURE = "closure"


class PerGrade(Struct, frozen=True):
    """A duration for each running grade; None where that grade has none."""

    high: timedelta | None
    medium: timedelta | None
    low: timedelta | None

    def of(self, grade: Grade) -> timedelta | None:
        if grade is Grade.HIGH:
            return self.high
        return self.medium if grade is Grade.MEDIUM else self.low


class Steps(Struct, frozen=True):
    """Like PerGrade, where no grade may go without."""

    high: timedelta
    medium: timedelta
    low: timedelta

    def of(self, grade: Grade) -> timedelta:
        if grade is Grade.HIGH:
            return self.high
        return self.medium if grade is Grade.MEDIUM else self.low


class ClockPolicy(Struct, frozen=True, kw_only=True):
    due: PerGrade
    ladder: tuple[Role, ...]
    at_once: bool = False  # paged when it starts, not when it is due
    step: timedelta | None = None  # how soon an unanswered page climbs, instead of the usual step
    repeat: timedelta | None = None  # on the last rung, instead of the usual step and slow repeats
    signed_off: timedelta | None = None  # how long a sign-off gives (concern-for-safety)


class Policy(Struct, frozen=True, kw_only=True):
    clocks: Mapping[ClockName, ClockPolicy]  # of every clock
    step: Steps  # an unanswered page climbs after this long
    slow: Steps  # and on the last rung, after `quick_repeats`, repeats this often
    quiet: Steps  # an acknowledgement quietens for this long
    quick_repeats: int
    child_floor: Grade
    adult_floor: Grade
    episode_window: timedelta
    retention: Steps  # a closed case is kept for so long before somebody decides about it
    digest_over: int
    shifts: tuple[time, ...]  # times of day, in the force's zone, at which roles are handed over
    longest_text: int  # characters in any one field
    beside_high: timedelta | None = (
        None  # a high page unanswered for so long leaves another way too; None: never
    )

    @property
    def paged(self) -> tuple[Role, ...]:
        """Every role on any ladder that can be held, from the top; an owner is of a case."""
        on_ladders = {role for rule in self.clocks.values() for role in rule.ladder}
        return tuple(role for role in BY_RANK if role in on_ladders and role is not Role.OWNER)
