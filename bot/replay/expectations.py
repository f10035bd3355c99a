"""What a scenario may expect. `bot.replay.judge` says when each holds."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.domain.case import Status
from bot.domain.clocks import ClockName, State
from bot.domain.facts import MARKERS, Grade
from bot.domain.people import Role
from bot.domain.refusals import Because
from bot.files.invalid import Strict
from bot.replay.values import Length, Moment

HANDOVER = ClockName.HANDOVER_ACCEPTED
_REASONS = (*MARKERS, "adverse_event", "under_13", "under_18")


def _known_clock(written: Any) -> Any:
    if written not in set(ClockName):
        raise ValueError(f"a clock ({', '.join(sorted(ClockName))}), not {written!r}")
    return written


def _known_reason(written: Any) -> Any:
    if written not in _REASONS:
        raise ValueError(f"a reason of a proposal ({', '.join(_REASONS)}), not {written!r}")
    return written


def _state(written: Any) -> Any:
    """YAML reads a bare `off` as false."""
    return State.OFF if str(written).lower() in ("false", "no", "off") else written


KnownClock = Annotated[ClockName, BeforeValidator(_known_clock)]
Reason = Annotated[str, BeforeValidator(_known_reason)]
StateName = Annotated[State, BeforeValidator(_state)]


class OfACase(Strict):
    case: str | None = None  # a name, "*" for each, or left out where there is only one


class PageExpected(OfACase):
    clock: KnownClock
    role: Role
    at: Moment
    within: Length = timedelta(seconds=5)


class NoPage(OfACase):
    clock: KnownClock | None = None
    role: Role | None = None
    after: Moment | None = None
    before: Moment | None = None


class Pages(OfACase):
    role: Role | None = None
    at_most: int = Field(ge=0)
    after: Moment | None = None
    before: Moment | None = None


class RefusedStep(OfACase):
    step: int = Field(ge=1)
    because: Because


class Proposed(OfACase):
    level: Grade
    because: tuple[Reason, ...] = ()
    at: Moment


class RunningGrade(OfACase):
    level: Grade
    at: Moment


class ClockState(OfACase):
    name: KnownClock
    item: str | None = None
    state: StateName
    at: Moment


class Owner(OfACase):
    is_: str | None = Field(alias="is")
    at: Moment


class StatusIs(OfACase):
    is_: Status = Field(alias="is")
    at: Moment


class Expectation(Strict):
    """Exactly one of these."""

    page: PageExpected | None = None
    no_page: NoPage | None = None
    pages: Pages | None = None
    refused: RefusedStep | None = None
    proposed: Proposed | None = None
    running_grade: RunningGrade | None = None
    clock: ClockState | None = None
    owner: Owner | None = None
    status: StatusIs | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "Expectation":
        if len(self.model_fields_set) != 1 or self.wanted is None:
            known = ", ".join(type(self).model_fields)
            raise PydanticCustomError("expectation", "exactly one of {known}", {"known": known})
        return self

    @property
    def kind(self) -> str:
        return next(iter(self.model_fields_set))

    @property
    def wanted(self) -> OfACase:
        wanted: OfACase = getattr(self, self.kind)
        return wanted

    @property
    def needs_case(self) -> bool:
        """In a scenario with several cases. A hand-over is of a role, and belongs to none of them."""
        if self.page or self.clock:
            return (self.page.clock if self.page else self.clock and self.clock.name) != HANDOVER
        return bool(self.proposed or self.running_grade or self.owner or self.status)
