"""`missing-bot keys`: which record keys are in use, and another one in their place (docs/security.md)."""

import sys
from collections.abc import Iterator, Mapping

import click

from bot.store.rotation import Rotated
from cli.the_record import the_record


@click.group(invoke_without_command=True)
@click.pass_context
def keys(context: click.Context) -> None:
    """Which record keys are given, and which ones the record is under. It tells their ids, never a key."""
    if context.invoked_subcommand is None:
        with the_record() as ours:
            click.echo(f"Given: {', '.join(ours.stores.house.masters.ids)}")
            click.echo(_in_use(ours.stores.rotation.in_use()))


@keys.command()
def rotate() -> None:
    """Puts the record under MISSING_RECORD_KEY, while everything runs. MISSING_OLD_RECORD_KEYS opens what it was under.

    Keys are wrapped anew, and no event is touched; what was written before there were keys is sealed. Whatever stops
    it, run it again. Ends with 1 where a damaged case had to be left.
    """
    with the_record() as ours:
        done = ours.stores.rotation.rotate()
    for line in _said(done):
        click.echo(line)
    sys.exit(1 if done.left else 0)


def _said(done: Rotated) -> Iterator[str]:
    yield f"The record is under {done.master}: {_keys(done.wrapped)} wrapped anew."
    if done.sealed or done.beside:
        yield f"Sealed, of what was in clear: {done.sealed} records, {done.beside} rows, drafts and documents."
    yield _in_use(done.under)
    if done.left:
        yield f"Left as they are, since they are damaged: {', '.join(done.left)}. Mend them, and run this again."
    elif len(done.under) == 1:
        yield "Take any other out of MISSING_OLD_RECORD_KEYS."


def _keys(number: int) -> str:
    return "1 key" if number == 1 else f"{number} keys"


def _in_use(under: Mapping[str, int]) -> str:
    return "In use: " + ", ".join(f"{id} ({_keys(number)})" for id, number in sorted(under.items()))
