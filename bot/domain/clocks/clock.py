"""One clock: what is owed, since when, by when, and whether it was done."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.people import Role
from bot.domain.policy import ClockName, PerGrade, Policy


class State(StrEnum):
    RUNNING = "running"  # not yet due
    MET = "met"  # done by its due time
    LATE = "late"  # done after it
    BREACHED = "breached"  # past due and not done; what screens call LATE
    OFF = "off"  # not running


class Clock(Struct, frozen=True, kw_only=True):
    name: ClockName
    item: str = ""
    started: datetime  # this run of it
    due: datetime | None  # None: this grade has no such deadline
    done: datetime | None = None
    page_from: datetime | None = None  # None: never pages (done, or not due for this grade)
    from_role: Role | None = None  # its first page goes to this rung, not to the lowest

    @property
    def key(self) -> str:
        return key_of(self.name, self.item)

    def state(self, now: datetime) -> State:
        """Done at the due second is met; not done at the due second is breached. Without a deadline it is off, done or
        not."""
        if self.due is None:
            return State.OFF
        if self.done is not None:
            return State.LATE if self.done > self.due else State.MET
        return State.BREACHED if now >= self.due else State.RUNNING


@lru_cache(maxsize=1024)  # each page asks for it several times
def key_of(name: ClockName, item: str = "") -> str:
    """The one of several enquiries, say, that is meant: "enquiry-done/e1"."""
    return f"{name}/{item}" if item else f"{name}"


def name_and_item(key: str) -> tuple[ClockName, str]:
    """Raises ValueError where this version has no such clock."""
    name, _, item = key.partition("/")
    return ClockName(name), item


def name_of(key: str) -> ClockName:
    return name_and_item(key)[0]


def run(
    case: Case,
    policy: Policy,
    name: ClockName,
    started: datetime,
    *,
    done: datetime | None = None,
    item: str = "",
    due: datetime | None = None,
    within: timedelta | None = None,
    runs_on: bool = False,
    from_role: Role | None = None,
) -> Clock:
    """The clock by the force's numbers for the running grade, or for the grade that ran when it was done.

    `due` replaces the force's number by a time of its own, `within` by a duration. `runs_on`: not stopped by closing.
    `from_role`: paged when it starts, and to that rung.
    """
    started = _not_while_off(case, started, done, runs_on=runs_on)
    rule = policy.clocks[name]
    if due is None:
        length = within or _length(case, rule.due, done)
        due = started + length if length is not None else None
    at_once = rule.at_once or from_role is not None
    page_from = None if done or due is None else (started if at_once else due)
    return Clock(
        name=name, item=item, started=started, due=due, done=done, page_from=page_from, from_role=from_role
    )


def _length(case: Case, due: PerGrade, done: datetime | None) -> timedelta | None:
    """Where the grade that ran when it was done had no deadline, the one that runs now says whether there is any."""
    then = due.of(case.grade_at(done)) if done else None
    return due.of(case.running_grade) if then is None else then


def _not_while_off(case: Case, started: datetime, done: datetime | None, *, runs_on: bool) -> datetime:
    """What is still owed on a reopened case is owed from the reopening, and in time if done in time from there; nobody
    could have done it before. What had been done by then keeps its start.

    What ran on after closing could be done all the time, and keeps its start.
    """
    opened_again = case.ending.reopened.at if case.ending.reopened else None
    since = case.ending.off_until if runs_on else opened_again
    if since is None or (done is not None and done <= since):
        return started
    return max(started, since)


Clocks = Iterator[Clock]
