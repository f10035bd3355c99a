"""Each expectation against the timeline: held or not, and what was seen. Nothing else is asked."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import singledispatch
from typing import Any

from msgspec import Struct

from bot import durations
from bot.domain.clocks import State
from bot.replay.expectations import (
    HANDOVER,
    ClockState,
    NoPage,
    OfACase,
    Owner,
    PageExpected,
    Pages,
    Proposed,
    RefusedStep,
    RunningGrade,
    StatusIs,
)
from bot.replay.scenario import EVERY, Scenario
from bot.replay.timeline import Happened, Timeline
from bot.replay.values import moment_from

_WORST_FIRST = (State.BREACHED, State.LATE, State.RUNNING, State.MET, State.OFF)


class Judged(Struct, frozen=True):
    entry: Any  # as the file has it
    held: bool
    saw: str

    def as_json(self) -> dict[str, Any]:
        return {"entry": _plain(self.entry), "held": self.held, "saw": self.saw}


class Seen(Struct, frozen=True):
    held: bool
    what: str


class Evidence:
    """The timeline, ready to be asked."""

    def __init__(self, timeline: Timeline, start: datetime, steps: int) -> None:
        self._start = start
        self.steps = steps  # how many the scenario has
        self._of: dict[str, list[Happened]] = {}
        self.cases = timeline.cases()
        for happened in timeline:
            self._of.setdefault(happened.kind, []).append(happened)

    def seconds(self, moment: timedelta | datetime | None, otherwise: float) -> float:
        if moment is None:
            return otherwise
        return (moment_from(self._start, moment) - self._start).total_seconds()

    def of(self, kind: str, **told: Any) -> list[Happened]:
        """Those of that kind which say so; a value of None asks for nothing."""
        wanted = {key: value for key, value in told.items() if value is not None}
        return [each for each in self._of.get(kind, ()) if wanted.items() <= each.told.items()]


def judge(scenario: Scenario, timeline: Timeline) -> list[Judged]:
    """Every expectation of the scenario, in the order of its file."""
    evidence = Evidence(timeline, scenario.start, len(scenario.said.steps))
    judged = []
    for entry, expectation in zip(scenario.entries, scenario.said.expect, strict=True):
        seen = _judged(expectation.wanted, evidence, scenario.only_ref if len(scenario.refs) == 1 else None)
        judged.append(Judged(entry, seen.held, seen.what))
    return judged


def _judged(wanted: OfACase, evidence: Evidence, only: str | None) -> Seen:
    if _is_of_a_role(wanted):
        return _look(wanted, evidence, None)
    if wanted.case != EVERY:
        return _look(wanted, evidence, wanted.case or only)
    if not evidence.cases:
        return Seen(False, "no case was opened")
    each = [(case, _look(wanted, evidence, case)) for case in evidence.cases]
    failed = [f"{case}: {seen.what}" for case, seen in each if not seen.held]
    return Seen(not failed, "; ".join(failed[:3]) or f"so for each of {len(each)} cases")


def _is_of_a_role(wanted: OfACase) -> bool:
    """A hand-over belongs to no case."""
    return HANDOVER in (getattr(wanted, "clock", None), getattr(wanted, "name", None))


@singledispatch
def _look(wanted: Any, _evidence: Evidence, _case: str | None) -> Seen:
    raise TypeError(f"Nobody judges {type(wanted).__name__}.")


def _on(kind: type[OfACase]) -> Callable[[Any], Any]:
    return _look.register(kind)


@_on(PageExpected)
def _page(wanted: PageExpected, evidence: Evidence, case: str | None) -> Seen:
    earliest = evidence.seconds(wanted.at, 0)
    latest = earliest + wanted.within.total_seconds()
    pages = evidence.of("paged", case=case, clock=wanted.clock, role=wanted.role.value)
    return Seen(any(earliest <= page.at <= latest for page in pages), _times(pages))


@_on(NoPage)
def _no_page(wanted: NoPage, evidence: Evidence, case: str | None) -> Seen:
    role = wanted.role.value if wanted.role else None
    pages = evidence.of("paged", case=case, clock=wanted.clock, role=role)
    unwanted = _between(pages, wanted, evidence)
    return Seen(not unwanted, "none" if not unwanted else _pages_in_words(unwanted))


@_on(Pages)
def _pages(wanted: Pages, evidence: Evidence, case: str | None) -> Seen:
    posts = evidence.of("posted", role=wanted.role.value if wanted.role else None)
    # In a scenario with one case, a post about a hand-over is a post too: only a name that was given narrows it.
    about = [post for post in posts if wanted.case is None or case in post.told["cases"]]
    sent = _between(about, wanted, evidence)
    return Seen(len(sent) <= wanted.at_most, _posts(len(sent)))


@_on(RefusedStep)
def _refused(wanted: RefusedStep, evidence: Evidence, _case: str | None) -> Seen:
    refused = evidence.of("refused", step=wanted.step, case=wanted.case if wanted.case != EVERY else _case)
    if not refused and wanted.step > evidence.steps:
        return Seen(False, f"there is no step {wanted.step}; the last is {evidence.steps}")
    reasons = list(dict.fromkeys(each.told["because"] for each in refused))
    return Seen(wanted.because.value in reasons, ", ".join(reasons) or "the step was not refused")


@_on(Proposed)
def _proposed(wanted: Proposed, evidence: Evidence, case: str | None) -> Seen:
    found = _last(evidence, "proposed", case, wanted.at)
    if found is None:
        return Seen(False, "no proposal yet")
    level, because = found["level"], found["because"]
    held = level == wanted.level.value and set(wanted.because) <= set(because)
    return Seen(held, f"{level}, because of {', '.join(because) or 'nothing'}")


@_on(RunningGrade)
def _running(wanted: RunningGrade, evidence: Evidence, case: str | None) -> Seen:
    found = _last(evidence, "running", case, wanted.at)
    level = found["level"] if found else None
    return Seen(level == wanted.level.value, level or "no case yet")


@_on(ClockState)
def _clock(wanted: ClockState, evidence: Evidence, case: str | None) -> Seen:
    until = evidence.seconds(wanted.at, 0)
    states: dict[str, State] = {}
    for change in evidence.of("clock", case=case, clock=wanted.name, item=wanted.item):
        if change.at <= until:
            states[change.told.get("item", "")] = State(change.told["state"])
    worst = next((state for state in _WORST_FIRST if state in states.values()), State.OFF)
    return Seen(worst is wanted.state, worst.value)


@_on(Owner)
def _owner(wanted: Owner, evidence: Evidence, case: str | None) -> Seen:
    found = _last(evidence, "owner", case, wanted.at)
    owner = found["is"] if found else None
    return Seen(owner == wanted.is_, owner or "nobody")


@_on(StatusIs)
def _status(wanted: StatusIs, evidence: Evidence, case: str | None) -> Seen:
    found = _last(evidence, "status", case, wanted.at)
    status = found["is"] if found else None
    return Seen(status == wanted.is_.value, status or "no case yet")


def _last(evidence: Evidence, kind: str, case: str | None, at: timedelta | datetime) -> dict[str, Any] | None:
    until = evidence.seconds(at, 0)
    so_far = [each for each in evidence.of(kind, case=case) if each.at <= until]
    return so_far[-1].told if so_far else None


def _between(found: Iterable[Happened], wanted: NoPage | Pages, evidence: Evidence) -> list[Happened]:
    after = evidence.seconds(wanted.after, float("-inf"))
    before = evidence.seconds(wanted.before, float("inf"))
    return [each for each in found if after <= each.at < before]


def _times(pages: list[Happened]) -> str:
    return "paged at " + _listed([_offset(page.at) for page in pages]) if pages else "never paged"


def _pages_in_words(pages: list[Happened]) -> str:
    return _listed([f"{page.told['clock']} to {page.told['role']} at {_offset(page.at)}" for page in pages])


def _listed(words: list[str]) -> str:
    return ", ".join(words[:8]) + (f" and {len(words) - 8} more" if len(words) > 8 else "")


def _posts(count: int) -> str:
    return f"{count} post{'' if count == 1 else 's'}"


def _offset(seconds: float) -> str:
    return durations.write(timedelta(seconds=seconds))


def _plain(entry: Any) -> Any:
    """Numbers as numbers; the file's own text was kept as it was written."""
    if isinstance(entry, dict):
        return {key: _plain(value) for key, value in entry.items()}
    if isinstance(entry, list):
        return [_plain(value) for value in entry]
    is_number = isinstance(entry, str) and entry.isdigit() and str(int(entry)) == entry
    return int(entry) if is_number else entry
