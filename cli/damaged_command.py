"""`missing-bot damaged`: what cannot be read back from the record, and what mends it."""

import sys
from pathlib import Path

import click

from bot.ports.damaged import Damaged, DamageKind
from bot.ports.destination import Destination
from bot.ports.rosters import ROSTER
from bot.store.redis_stores import RedisStores
from bot.views.wording import damage_words
from cli.plainly import FILE
from cli.the_record import the_record

_HAND_OVERS = "hand-overs"
_ROWS = 10_000  # of one lane
_STAYS = (DamageKind.CONSULTATION, DamageKind.DUE)  # where it was, or nowhere
_SHOWN = 100  # bytes of one line


@click.group(invoke_without_command=True)
@click.pass_context
def damaged(context: click.Context) -> None:
    """Lists what lies in the record and cannot be read, a line each: its name, and what follows. Ends with 1 where
    there is something. Nothing of what it holds is shown."""
    if context.invoked_subcommand is None:
        with the_record() as ours:
            stores = ours.stores
            found = _found(stores)
        for each in found:
            click.echo(damage_words.line(each))
        if not found:
            click.echo("Everything that was read back could be read.")
        sys.exit(1 if found else 0)


@damaged.command()
@click.argument("name")
def show(name: str) -> None:
    """Shows the bytes of NAME, as `missing-bot damaged` calls it. They may hold words about a child."""
    with the_record() as ours:
        stores = ours.stores
        stored = _one(stores, name).stored
    for first in range(0, len(stored), _SHOWN):
        click.echo(repr(stored[first : first + _SHOWN])[2:-1])


@damaged.command()
@click.argument("name")
@click.option(
    "--from", "file", type=FILE, help="Its bytes, mended or from a backup; left out, those that are kept."
)
def restore(name: str, file: Path | None) -> None:
    """Puts NAME back where it lay."""
    with the_record() as ours:
        stores = ours.stores
        found = _one(stores, name)
        if found.mended:
            raise click.ClickException(
                f"It was written again from the record, and may have left: {found.id}."
            )
        if found.doubt and file is None:
            raise click.ClickException(
                f"It is not believed, and is not put back: {found.id}. Name a file that you trust (--from)."
            )
        if found.kind in _STAYS:
            raise click.ClickException(
                f"There is nothing to put back: {found.id}. {damage_words.follows(found)}"
            )
        stores.damaged.restore(found, file.read_bytes() if file else found.stored)
        if not _is_read(stores, found):
            raise click.ClickException(f"Put back, and it still cannot be read: {found.id}.")
    click.echo(f"Put back: {found.id}.")


@damaged.command()
@click.argument("name")
def dismiss(name: str) -> None:
    """Strikes NAME off the list: what it was to say is said no more.

    `hand-overs` for NAME goes on with what can be read of who took which role over; all that lay there is kept."""
    with the_record() as ours:
        stores = ours.stores
        if name == _HAND_OVERS:
            kept = stores.go_on_with_hand_overs()
            click.echo(
                f"Gone on with. What lay there is kept under {kept}. Say who is on duty: /missing duty."
            )
            return
        found = _one(stores, name)
        if found.kind is DamageKind.ENTRY:
            whose = (
                f"missing-bot damaged dismiss {_HAND_OVERS}"
                if found.name.startswith(ROSTER)
                else "restore it"
            )
            raise click.ClickException(f"An entry of a record is not struck off: {whose}.")
        stores.damaged.dismiss(found)
    click.echo(f"Struck off: {found.id}.")


def _found(stores: RedisStores) -> list[Damaged]:
    return [*stores.unreadable_entries(), *stores.damaged.all()]


def _one(stores: RedisStores, name: str) -> Damaged:
    found = {each.id: each for each in _found(stores)}
    if name not in found:
        raise click.ClickException(f"Nothing of that name is kept: {name}. `missing-bot damaged` lists all.")
    return found[name]


def _is_read(stores: RedisStores, found: Damaged) -> bool:
    """Where the bytes themselves tell."""
    if found.kind is DamageKind.ROW:
        stores.outbox.pending(Destination(found.lane), _ROWS)
    return found.id not in {each.id for each in _found(stores)}
