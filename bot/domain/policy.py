"""A force's numbers: durations, ladders, floors, quiet times. Code holds rules; this holds what a force edits."""

from collections.abc import Mapping
from datetime import time, timedelta
from enum import StrEnum
from typing import Self

from msgspec import Struct

from bot.domain.facts import Grade
from bot.domain.inspection import InspectionHead as Head
from bot.domain.people import BY_RANK, Role


class ClockName(StrEnum):
    """Every clock there is, as the record, a policy file and a scenario write it, and which head of an inspection it is
    counted under: that of a role is of no case, and under none."""

    head: Head | None

    def __new__(cls, name: str, *heads: Head) -> Self:
        made = str.__new__(cls, name)
        made._value_, made.head = name, heads[0] if heads else None
        return made

    FIM_AWARE = "fim-aware", Head.LEADERSHIP
    FIM_ASKED = "fim-asked", Head.LEADERSHIP
    GRADE_RECORDED = "grade-recorded", Head.RISK_AND_REFERRAL
    OWNER_ACCEPTED = "owner-accepted", Head.INITIAL_RESPONSE
    CONCERN_FOR_SAFETY = "concern-for-safety", Head.INITIAL_RESPONSE
    RATIONALE_SIGNED_OFF = "rationale-signed-off", Head.LEADERSHIP
    DUTY_INSPECTOR_TOLD = "duty-inspector-told", Head.LEADERSHIP
    LINES_OF_ENQUIRY = "lines-of-enquiry", Head.INVESTIGATION
    SILENT_CASE = "silent-case", Head.INVESTIGATION
    REVIEW = "review", Head.RISK_AND_REFERRAL
    NEW_INFORMATION = "new-information", Head.RISK_AND_REFERRAL
    ENQUIRY_DONE = "enquiry-done", Head.INVESTIGATION
    REGRADE_APPROVAL = "regrade-approval", Head.LEADERSHIP
    HANDOVER_ACCEPTED = "handover-accepted"
    TRANSFER_ACCEPTED = "transfer-accepted", Head.PARTNERSHIP
    TRANSFER_REFUSED = "transfer-refused", Head.PARTNERSHIP
    PPN = "ppn", Head.RISK_AND_REFERRAL
    CALLER_TOLD = "caller-told", Head.INITIAL_RESPONSE
    SOCIAL_CARE_TOLD = "social-care-told", Head.PARTNERSHIP
    FIRST_ATTENDANCE = "first-attendance", Head.INITIAL_RESPONSE
    PNC = "pnc", Head.INVESTIGATION
    UKMPU = "ukmpu", Head.PARTNERSHIP
    PREVENTION_INTERVIEW = "prevention-interview", Head.INVESTIGATION
    RETURN_INTERVIEW = "return-interview", Head.PARTNERSHIP
    CLOSURE = "closure", Head.LEADERSHIP


_OF_A_ROLE = ClockName.HANDOVER_ACCEPTED
assert all((name.head is None) is (name is _OF_A_ROLE) for name in ClockName), "a clock under no head"


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
