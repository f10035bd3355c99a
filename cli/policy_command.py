"""`missing-bot policy`: a force's numbers, checked and shown."""

import inspect
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from bot import durations
from bot.domain import handover
from bot.domain.clocks import makers
from bot.domain.policy import ClockName, ClockPolicy, Policy
from bot.files import forces_file, policy_file, reasons_file
from bot.files.invalid import FileInvalid
from cli.ladder_check import problems_of_ladders
from cli.plainly import FILE, NotValid

_CLOCKS_STAND_IN = (makers, handover)

Line = tuple[str, str]
"""What a number is called, and the number as it is written."""


@click.group()
def policy() -> None:
    """A force's numbers: durations, ladders, floors, quiet times."""


@policy.command()
@click.argument("file", type=FILE)
@click.option(
    "--forces",
    type=FILE,
    default=forces_file.DEFAULT,
    envvar="MISSING_FORCES_FILE",
    help="The force's own table of neighbours; else MISSING_FORCES_FILE, else the shipped one.",
)
def check(file: Path, forces: Path) -> None:
    """Say whether FILE is a policy; if not, which lines are wrong and what was expected there.

    FILE says what differs from the shipped policy. Every screen is drawn for every role on each of its ladders. That
    each force to which a case may be passed has its own code for a missing child is checked too.
    """
    checked = _load(file)
    _check_forces(forces)
    if undrawn := problems_of_ladders(checked):
        raise NotValid([policy_file.invalid(file, undrawn)])
    click.echo(f"{file} is a policy.")


@policy.command()
@click.argument("file", type=FILE, required=False)
def show(file: Path | None) -> None:
    """Show FILE (the shipped policy unless said) as a table, with the reason of each clock.

    Where FILE differs from the shipped policy, the line says what is shipped.
    """
    shipped = _load(None)
    shown = shipped if file is None else _load(file)
    for line in _marked(_table(shown), _table(shipped)):
        click.echo(line)


def _load(file: Path | None) -> Policy:
    try:
        return policy_file.load(file)
    except FileInvalid as error:
        raise NotValid([error]) from None


def _check_forces(forces: Path) -> None:
    try:
        forces_file.load(forces, offered=reasons_file.load().of("transfer"))
    except FileInvalid as error:
        raise NotValid([error]) from None


def _marked(shown: Iterator[Line], shipped: Iterator[Line]) -> Iterator[str]:
    for (name, value), (_, as_shipped) in zip(shown, shipped, strict=True):
        differs = "" if value == as_shipped else f"   ← shipped: {' '.join(as_shipped.split())}"
        yield f"{name:<22} {value}{differs}".rstrip()


def _table(shown: Policy) -> Iterator[Line]:
    yield from _numbers(shown)
    yield "", ""
    for name, clock in shown.clocks.items():
        own = name is ClockName.ENQUIRY_DONE
        yield name, f"{_due(clock, own=own):<18} {' → '.join(clock.ladder)}{_besides(clock)}"
        yield "", _reason(name)


def _numbers(shown: Policy) -> Iterator[Line]:
    yield "", "high / medium / low"
    for words, steps in (
        ("escalated after", shown.step),
        ("repeats slowly after", shown.slow),
        ("quiet once known for", shown.quiet),
        ("kept once closed for", shown.retention),
    ):
        yield words, " / ".join(durations.write(each) for each in (steps.high, steps.medium, steps.low))
    yield "leaves Slack too after", f"{_written(shown.beside_high)} without an answer, at high"
    yield "lowest grade", f"{shown.child_floor} for a child, {shown.adult_floor} for an adult"
    yield "repeats at first", f"{shown.quick_repeats} times, then slowly"
    yield "one digest", f"for more than {shown.digest_over} cases"
    yield "last episode counts", f"for {durations.write(shown.episode_window)}"
    yield "longest text", f"{shown.longest_text} characters"
    yield "changes of shift", ", ".join(f"{at:%H:%M}" for at in shown.shifts) or "none"


def _lengths(clock: ClockPolicy) -> tuple[timedelta | None, ...]:
    return (clock.due.high, clock.due.medium, clock.due.low)


def _due(clock: ClockPolicy, *, own: bool) -> str:
    lengths = _lengths(clock)
    if all(length is None for length in lengths):
        return "its own due time" if own else "no deadline"
    return _written(lengths[0]) if len(set(lengths)) == 1 else " / ".join(map(_written, lengths))


def _written(length: timedelta | None) -> str:
    return "–" if length is None else durations.write(length)


def _besides(clock: ClockPolicy) -> str:
    said = ["at once"] if clock.at_once else []
    said += [f"climbs after {durations.write(clock.step)}"] if clock.step else []
    said += [f"again every {durations.write(clock.repeat)}"] if clock.repeat else []
    said += [f"a sign-off gives {durations.write(clock.signed_off)}"] if clock.signed_off else []
    return f"  ({', '.join(said)})" if said else ""


def _reason(name: ClockName) -> str:
    """Why the clock exists, as its function says."""
    written = name.replace("-", "_")
    found: Callable[..., Any] | None = next(
        (getattr(module, written) for module in _CLOCKS_STAND_IN if hasattr(module, written)), None
    )
    return " ".join((inspect.getdoc(found) or "").split()) if found else ""
