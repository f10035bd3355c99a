"""The steps that open a case, and those about its risk."""

from datetime import datetime
from typing import Annotated

from msgspec import Struct, field

from bot.domain.commands.step_parts import (
    ANYONE,
    CONTROL_ROOM_AND_UP,
    AttendanceDecided,
    AttendanceReported,
    Considered,
    Decision,
    Known,
    WhyNotMissing,
)
from bot.domain.declared import CaseRef, Code, Command, Number, Prompt, step
from bot.domain.facts import Answer, Child, Ethnicity, Grade, MissingFrom, Reporter, Sex
from bot.domain.people import SUPERVISING


class GradeGiven(Struct, frozen=True, kw_only=True):
    level: Grade
    rationale: str = ""
    considered: tuple[str, ...] = ()


@step("report", "Report a missing child: opens a case and starts its clocks.", may=ANYONE, of_case=False)
class Report(Command, frozen=True, kw_only=True):
    incident: Annotated[Number, Prompt("Incident number")] = field(name="ref")
    child: Child
    why_worried: Annotated[str, Prompt("Why is the caller worried? (their own words)", in_log=True)] = ""
    markers: Annotated[
        dict[str, Answer],
        Prompt("Risk markers that apply, such as suicidal_today,self_harm", enter="none"),
    ] = field(default_factory=dict)
    adverse_event: Annotated[
        bool | None, Prompt("Left school or home without permission? yes or no", preset="no")
    ] = None  # None: not asked
    category: Annotated[Code, Prompt("missing, or concern_for_safety", preset="missing")]
    whereabouts_known: Known = False
    rationale: WhyNotMissing = ""
    attendance: AttendanceReported = ""
    last_seen_at: Annotated[
        datetime | None, Prompt("Last seen, when: 1245, 9pm, yest 2130, an hour ago", enter="not known")
    ] = None
    last_seen_where: Annotated[str, Prompt("Last seen, where", enter="not known")] = ""
    reporter: Reporter = Reporter()
    told_at: Annotated[datetime, Prompt("Police told, when: 1340, 10 min ago, yest 2345", preset="now")] = (
        field(name="reported_at")
    )
    missing_from: Annotated[Code, MissingFrom] = ""
    sex: Annotated[Code, Sex] = ""
    grade: GradeGiven | None = None
    training: bool = False  # about no child: fixed for ever by how it is reported


@step("markers", "Answer more of the markers: yes, no or not_known.", may=ANYONE, in_scenarios=False)
class AnswerMarkers(Command, frozen=True, kw_only=True):
    """What the caller said about more of the markers, after the report was saved."""

    markers: Annotated[dict[str, Answer], Prompt("Markers with a YES")]
    adverse_event: bool | None = None


@step(
    "describe",
    "Record what is coded of the child: missing from, looked after, sex, ethnicity.",
    may=ANYONE,
    in_scenarios=False,
)
class Describe(Command, frozen=True, kw_only=True):
    """What the report's second page asks; in a scenario the report says it."""

    missing_from: Annotated[Code, MissingFrom, Prompt("Missing from", enter="not known")] = ""
    looked_after: Annotated[bool | None, Prompt("Looked after? yes or no", enter="not known")] = None
    sex: Annotated[Code, Sex, Prompt("Sex", enter="not known")] = ""
    ethnicity: Annotated[Code, Ethnicity] = ""


@step(
    "grade",
    "Record a grade. One below the running grade is asked of a second person.",
    may=CONTROL_ROOM_AND_UP,
)
class GradeCase(Command, frozen=True, kw_only=True):
    level: Annotated[Grade, Prompt("high, medium or low")]
    considered: Considered = ()
    changed: tuple[str, ...] = ()  # of those considered, the ones said to be otherwise now
    rationale: Annotated[str, Prompt("Why this grade?", coded="grade")] = ""


@step("approve", "Approve the lower grade that another person asked for.", may=SUPERVISING)
class Approve(Command, frozen=True, kw_only=True):
    why: Decision = ""


@step("refuse", "Refuse the lower grade that another person asked for.", may=SUPERVISING)
class Refuse(Command, frozen=True, kw_only=True):
    why: Decision = ""


@step("categorise", "Record the case as missing, or as a concern for safety.", may=CONTROL_ROOM_AND_UP)
class Categorise(Command, frozen=True, kw_only=True):
    category: Annotated[Code, Prompt("missing, or concern_for_safety")]
    whereabouts_known: Known = False
    rationale: WhyNotMissing = ""
    attendance: AttendanceDecided = ""


@step("sign_off", "Sign off the concern-for-safety rationale.", may=SUPERVISING)
class SignOff(Command, frozen=True, kw_only=True):
    why: Annotated[str, Prompt("Why?", coded="sign_off")] = ""


@step("same_child", "Say that an earlier case is of the same child.", may=ANYONE)
class SameChild(Command, frozen=True, kw_only=True):
    """An earlier case is of the same child; by its reference or its incident number."""

    earlier: Annotated[CaseRef, Prompt("Which case?")]
