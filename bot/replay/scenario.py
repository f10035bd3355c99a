"""A scenario file, checked whole (scenarios/README.md)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from msgspec import Struct
from pydantic import AfterValidator, Field, ValidationError

from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.files import policy_file
from bot.files.invalid import Strict, Where, problems_of
from bot.replay import yaml_document
from bot.replay.expectations import Expectation
from bot.replay.scenario_steps import WITHOUT_CASE, AnyStep, ScenarioStep
from bot.replay.values import Moment, moment_from
from bot.replay.yaml_document import Document

EVERY = "*"


def _a_duty(role: Role) -> Role:
    if role is Role.OWNER:
        raise ValueError("a duty; who owns a case is what a scenario tells")
    return role


def _start(written: Any) -> Any:
    if isinstance(written, datetime):
        return written
    raise ValueError("a time with its offset, such as 2026-03-02T13:40:00+00:00")


class ScenarioFile(Strict):
    id: str
    title: str = ""
    source: str = ""
    start: Annotated[Moment, AfterValidator(_start)]
    people: dict[str, tuple[Annotated[Role, AfterValidator(_a_duty)], ...]]
    policy: dict[str, Any] = Field(default_factory=dict)
    steps: tuple[AnyStep, ...]
    expect: tuple[Expectation, ...] = ()
    until: Moment

    @classmethod
    def cleaned(cls, data: Any) -> Any:
        """`policy:` with nothing behind it is left out."""
        if not isinstance(data, Mapping):
            return data
        return {key: value for key, value in data.items() if value is not None}


class Scenario(Struct, frozen=True, kw_only=True):
    said: ScenarioFile
    policy: Policy
    refs: tuple[str, ...]  # the scenario's own names for its cases
    entries: tuple[Any, ...]  # the expectations as they were written

    @property
    def start(self) -> datetime:
        start = self.said.start
        assert isinstance(start, datetime), "checked on reading"
        return start

    @property
    def until(self) -> datetime:
        return moment_from(self.start, self.said.until)

    @property
    def only_ref(self) -> str:
        """What need not be named. Meaningless where there are several."""
        return self.refs[0] if self.refs else ""

    def refs_of(self, step: ScenarioStep) -> tuple[str, ...]:
        """The names that a report gives its cases."""
        return tuple(_refs_of(step, self.said.id))


def load(path: Path, policy: Path | None = None) -> Scenario:
    """Raises FileInvalid: which line, and what was expected there."""
    text = yaml_document.read(path)
    said = _checked(text)
    refs = tuple(dict.fromkeys(ref for step in said.steps for ref in _refs_of(step, said.id)))
    _check_names(text, said, refs)
    entries = tuple(text.data.get("expect") or ())
    return Scenario(said=said, policy=_policy(text, said, policy), refs=refs, entries=entries)


def _checked(text: Document) -> ScenarioFile:
    try:
        return ScenarioFile.model_validate(text.data)
    except ValidationError as error:
        raise text.invalid(*((problem.where, problem.expected) for problem in problems_of(error))) from None


def _policy(text: Document, said: ScenarioFile, path: Path | None) -> Policy:
    try:
        return policy_file.load(path, said.policy)
    except policy_file.PolicyInvalid as error:
        found = [(("policy", *problem.where), problem.expected) for problem in error.problems]
        raise text.invalid(*found) from None


def _refs_of(step: ScenarioStep, scenario_id: str) -> Iterator[str]:
    """A report alone in its scenario need not be named; `times` numbers them."""
    if step.verb != "report":
        return
    ref = scenario_id if step.said("ref") is None else step.said("ref")
    if "times" not in step.model_fields_set:
        yield ref
    else:
        yield from (f"{ref}-{number}" for number in range(1, step.times + 1))


def _check_names(text: Document, said: ScenarioFile, refs: tuple[str, ...]) -> None:
    found = [*_steps_without_case(said, refs), *_expectations_without_case(said, refs)]
    if found:
        raise text.invalid(*found)


def _steps_without_case(said: ScenarioFile, refs: tuple[str, ...]) -> Iterator[tuple[Where, str]]:
    for number, step in enumerate(said.steps):
        if step.verb not in WITHOUT_CASE:
            yield from _case_problems(("steps", number), step.case, refs, needed=True)


def _expectations_without_case(said: ScenarioFile, refs: tuple[str, ...]) -> Iterator[tuple[Where, str]]:
    for number, entry in enumerate(said.expect):
        case = entry.wanted.case
        where = ("expect", number, entry.kind)
        if case != EVERY:
            yield from _case_problems(where, case, refs, needed=entry.needs_case)


def _case_problems(
    where: Where, case: str | None, refs: tuple[str, ...], *, needed: bool
) -> Iterator[tuple[Where, str]]:
    if case is None and needed and len(refs) != 1:
        yield where, f"expected 'case', one of {_some(refs)}"
    elif case is not None and case not in refs:
        yield (*where, "case"), f"expected 'case' to be one of {_some(refs)}, not {case!r}"


def _some(refs: tuple[str, ...]) -> str:
    shown = ", ".join(refs[:6]) or "the reports (there is none)"
    return f"{shown} …" if len(refs) > 6 else shown
