"""A policy file → bot.domain.policy.Policy: checked whole, each mistake named by its line.

A force's file says only what differs: what it leaves out is as in the shipped config/policy.toml.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

import config
from bot import durations
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.policy import ClockName, ClockPolicy, PerGrade, Policy, Steps
from bot.files.invalid import FileInvalid, Problem, Strict, Where, problems_of, toml_of

DEFAULT = Path(config.__file__).with_name("policy.toml")
NONE = "none"  # takes away a deadline that the shipped file gives


def _length(written: Any) -> Any:
    if isinstance(written, timedelta):
        return written
    if not isinstance(written, str):
        raise ValueError(f"{durations.EXPECTED}, not {written!r}")
    length = durations.parse(written)
    if length < timedelta(0):
        raise ValueError("a duration that is not negative")
    return length


def _more_than_none(length: timedelta) -> timedelta:
    if not length:
        raise ValueError("a duration longer than nothing: it would repeat without end")
    return length


def _somebody(ladder: tuple[Role, ...]) -> tuple[Role, ...]:
    if not ladder:
        raise ValueError("at least one role to tell")
    return ladder


def _unless_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """TOML has no word for nothing, and what is left out is as shipped."""
    return lambda written: None if written in (None, NONE) else read(written)


def _time_of_day(written: Any) -> Any:
    try:
        return written if isinstance(written, time) else datetime.strptime(written, "%H:%M").time()  # noqa: DTZ007
    except (TypeError, ValueError):
        raise ValueError(f'a time of day such as "07:00", not {written!r}') from None


Length = Annotated[timedelta, BeforeValidator(_length)]
Interval = Annotated[timedelta, BeforeValidator(lambda written: _more_than_none(_length(written)))]
Deadline = Annotated[timedelta | None, BeforeValidator(_unless_none(_length))]
Repeat = Annotated[
    timedelta | None, BeforeValidator(_unless_none(lambda written: _more_than_none(_length(written))))
]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Ladder = Annotated[tuple[Role, ...], AfterValidator(_somebody)]


class _ClockTable(Strict):
    high: Deadline = None
    medium: Deadline = None
    low: Deadline = None
    ladder: Ladder
    at_once: bool = False
    repeat: Repeat = None
    signed_off: Deadline = None
    step: Repeat = None

    def value(self) -> ClockPolicy:
        return ClockPolicy(
            due=PerGrade(self.high, self.medium, self.low),
            ladder=self.ladder,
            at_once=self.at_once,
            repeat=self.repeat,
            signed_off=self.signed_off,
            step=self.step,
        )


class _StepsTable(Strict):
    high: Interval
    medium: Interval
    low: Interval

    def value(self) -> Steps:
        return Steps(self.high, self.medium, self.low)


class _BesideTable(Strict):
    high: Repeat = None


class _FloorsTable(Strict):
    child: Grade
    adult: Grade


class _PolicyTable(Strict):
    quick_repeats: int = Field(ge=0)
    digest_over: int = Field(ge=1)
    episode_window: Length
    longest_text: int = Field(ge=1)
    shifts: tuple[TimeOfDay, ...]
    floors: _FloorsTable
    steps: _StepsTable
    slow: _StepsTable
    quiet: _StepsTable
    retention: _StepsTable
    beside_slack: _BesideTable = _BesideTable()
    clocks: dict[ClockName, _ClockTable]

    def value(self) -> Policy:
        return Policy(
            clocks={name: self.clocks[name].value() for name in ClockName},
            step=self.steps.value(),
            slow=self.slow.value(),
            quiet=self.quiet.value(),
            retention=self.retention.value(),
            quick_repeats=self.quick_repeats,
            child_floor=self.floors.child,
            adult_floor=self.floors.adult,
            episode_window=self.episode_window,
            digest_over=self.digest_over,
            longest_text=self.longest_text,
            shifts=self.shifts,
            beside_high=self.beside_slack.high,
        )


class PolicyInvalid(Exception):
    """The overrides do not fit the policy; whoever read them knows on which line they stand."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("; ".join(problem.expected for problem in problems))


def load(path: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Policy:
    """The shipped policy, with what that file and then what a scenario says in its place.

    Raises FileInvalid where the file is wrong, PolicyInvalid where the overrides are.
    """
    tables = _tables(path or DEFAULT)
    return _checked(_merged(tables, overrides or {}))


def invalid(path: Path, problems: Iterable[Problem]) -> FileInvalid:
    """Each of those with its line in that file."""
    text, _ = toml_of(path)
    return FileInvalid(path, [(line_of(text, problem.where), problem.expected) for problem in problems])


def _tables(path: Path) -> dict[str, Any]:
    """The tables that make a policy: the shipped ones with those of the file laid over them."""
    _, shipped = toml_of(DEFAULT)
    _, written = toml_of(path)
    tables = _merged(shipped, written)
    try:
        _checked(tables)
    except PolicyInvalid as error:
        raise invalid(path, error.problems) from None
    return tables


def _checked(tables: Mapping[str, Any]) -> Policy:
    clocks = tables.get("clocks")
    odd = _odd_clocks(clocks) if isinstance(clocks, Mapping) else []
    try:
        table = _PolicyTable.model_validate(tables)
    except ValidationError as error:
        strange = {problem.where for problem in odd}
        # Of a clock that there is not, nothing else is worth saying.
        raise PolicyInvalid([*odd, *(p for p in problems_of(error) if p.where[:2] not in strange)]) from None
    if odd:
        raise PolicyInvalid(odd)
    return table.value()


def _odd_clocks(named: Collection[str]) -> list[Problem]:
    known = set(ClockName)
    unknown = [
        Problem(("clocks", name), f"unknown clock {name}; expected one of {', '.join(sorted(known))}")
        for name in named
        if name not in known
    ]
    left_out = [Problem(("clocks",), f"no table for clock {name}") for name in ClockName if name not in named]
    return [*unknown, *left_out]


def _merged(tables: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(tables)
    for key, value in changes.items():
        below = tables.get(key)
        deeper = isinstance(value, Mapping) and isinstance(below, Mapping)
        merged[key] = _merged(dict(below or {}), value) if deeper else value
    return merged


_HEADER = re.compile(r"\s*\[\s*(?P<name>[^\]]+?)\s*\]")
_KEY = re.compile(r"\s*(?P<name>[^=#\[]+?)\s*=")


def line_of(text: str, where: Where) -> int:
    """The line (from 1) of the key at `where`, or of the nearest table above it that is written down."""
    wanted = [str(part) for part in where]
    lines = _lines(text)
    for length in range(len(wanted), 0, -1):
        if found := lines.get(".".join(wanted[:length])):
            return found
    return 1


def _lines(text: str) -> dict[str, int]:
    """Dotted name → line; tomllib keeps no places."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _bare(header["name"])
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            name = _bare(key["name"])
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines


def _bare(name: str) -> str:
    return re.sub(r"[\s\"']", "", name)
