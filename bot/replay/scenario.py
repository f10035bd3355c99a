"""A scenario file, checked whole (scenarios/README.md)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import yaml
from msgspec import Struct
from pydantic import AfterValidator, Field, ValidationError
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.files import policy_file
from bot.files.invalid import FileInvalid, Strict, Where, problems_of, text_of
from bot.replay.expectations import Expectation
from bot.replay.scenario_steps import WITHOUT_CASE, AnyStep, ScenarioStep
from bot.replay.values import Moment, moment_from

# YAML with its lines: what a scenario file says, as written, and where.


class Document(Struct, frozen=True):
    path: Path
    data: Any
    root: Node

    def line(self, where: Where) -> int:
        """The line (from 1) of the value at `where`, or of the nearest value above it that is written down."""
        node = self.root
        line = node.start_mark.line
        for part in where:
            found = _below(node, part)
            if found is None:
                break
            line, node = found
        return line + 1

    def invalid(self, *found: tuple[Where, str]) -> FileInvalid:
        return FileInvalid(self.path, [(self.line(where), expected) for where, expected in found])


def read(path: Path) -> Document:
    """Raises FileInvalid where it is no YAML, or says one thing twice."""
    text = text_of(path)
    loader = _AsWritten(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise FileInvalid(path, [(1, "expected a scenario; the file is empty")])
        return Document(path, loader.construct_document(root), root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FileInvalid(path, [(mark.line + 1 if mark else 1, f"expected YAML: {error.problem}")]) from None
    except yaml.YAMLError as error:
        raise FileInvalid(path, [(1, f"expected YAML: {error}")]) from None
    finally:
        loader.dispose()


def _below(node: Node, part: str | int) -> tuple[int, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item.start_mark.line, item
    if isinstance(node, MappingNode):
        # The last one counts: what was merged in (`<<`) stands before what the mapping says itself.
        for key, value in reversed(node.value):
            if key.value == str(part):
                return key.start_mark.line, value
    return None


class _AsWritten(yaml.SafeLoader):
    """Scalars stay the text that was written: `no` is an answer, `off` a state, 1042 a number of the log.

    Only null is read, since "nobody" has to be said.
    """

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        self._say_once(node)
        return super().construct_mapping(node, deep=deep)

    def _say_once(self, node: MappingNode) -> None:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                continue
            if not isinstance(key, ScalarNode) or key.value in seen:
                said = (
                    f"each key once, not {key.value!r} again" if isinstance(key, ScalarNode) else "plain keys"
                )
                raise yaml.constructor.ConstructorError(None, None, said, key.start_mark)
            seen.add(key.value)


def _text(loader: yaml.SafeLoader, node: ScalarNode) -> str:
    return loader.construct_scalar(node)


for _tag in ("bool", "int", "float", "timestamp"):
    _AsWritten.add_constructor(f"tag:yaml.org,2002:{_tag}", _text)


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
    text = read(path)
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
