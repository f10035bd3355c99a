"""`missing-bot policy`: a force's numbers, checked and shown."""

import inspect
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from bot import durations
from bot.domain import handover
from bot.domain.clocks import closing_clocks, enquiry_clocks, ownership_clocks, risk_clocks
from bot.domain.policy import ClockPolicy, Policy
from bot.files import policy_file
from bot.files.invalid import FileInvalid
from cli.files import FILE, NotValid

_CLOCKS_STAND_IN = (risk_clocks, ownership_clocks, enquiry_clocks, closing_clocks, handover)


@click.group()
def policy() -> None:
    """A force's numbers: durations, ladders, floors, quiet times."""


@policy.command()
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Say whether FILE is a policy; if not, which lines are wrong and what was expected there."""
    _load(file)
    click.echo(f"{file} is a policy.")


@policy.command()
@click.argument("file", type=FILE, required=False)
def show(file: Path | None) -> None:
    """Show FILE (the shipped policy unless said) as a table, with the reason of each clock."""
    for line in _table(_load(file)):
        click.echo(line)


def _load(file: Path | None) -> Policy:
    try:
        return policy_file.load(file)
    except FileInvalid as error:
        raise NotValid([error]) from None


def _table(shown: Policy) -> Iterator[str]:
    yield from _numbers(shown)
    yield ""
    for name, clock in shown.clocks.items():
        yield f"{name:<22} {_due(clock):<18} {' → '.join(clock.ladder)}{_besides(clock)}"
        yield f"{'':<22} {_reason(name)}"


def _numbers(shown: Policy) -> Iterator[str]:
    yield f"{'':<22} high / medium / low"
    for words, steps in (
        ("escalated after", shown.step),
        ("repeats slowly after", shown.slow),
        ("quiet once known for", shown.quiet),
    ):
        yield f"{words:<22} {' / '.join(durations.write(each) for each in (steps.high, steps.medium, steps.low))}"
    yield f"{'lowest grade':<22} {shown.child_floor} for a child, {shown.adult_floor} for an adult"
    yield f"{'repeats at first':<22} {shown.quick_repeats} times, then slowly"
    yield f"{'one digest':<22} for more than {shown.digest_over} cases"
    yield f"{'last episode counts':<22} for {durations.write(shown.episode_window)}"
    yield f"{'longest text':<22} {shown.longest_text} characters"


def _due(clock: ClockPolicy) -> str:
    lengths = (clock.due.high, clock.due.medium, clock.due.low)
    if not any(lengths):
        return "its own due time"
    return _written(lengths[0]) if len(set(lengths)) == 1 else " / ".join(map(_written, lengths))


def _written(length: timedelta | None) -> str:
    return "–" if length is None else durations.write(length)


def _besides(clock: ClockPolicy) -> str:
    said = ["at once"] if clock.at_once else []
    said += [f"again every {durations.write(clock.repeat)}"] if clock.repeat else []
    said += [f"a sign-off gives {durations.write(clock.signed_off)}"] if clock.signed_off else []
    return f"  ({', '.join(said)})" if said else ""


def _reason(name: str) -> str:
    """Why the clock exists, as its function says."""
    written = name.replace("-", "_")
    found: Callable[..., Any] | None = next(
        (getattr(module, written) for module in _CLOCKS_STAND_IN if hasattr(module, written)), None
    )
    return " ".join((inspect.getdoc(found) or "").split()) if found else ""
