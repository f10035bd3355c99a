"""`missing-bot who-may`: the permission table, as `docs/permissions.md` has it."""

import click

from bot.views.plain import permission_table


@click.command()
def who_may() -> None:
    """Print who reads what, and who may take which step (Markdown)."""
    click.echo(permission_table.page(), nl=False)
