"""`missing-bot duty`: who holds which role now, and would a page reach them?"""

import sys

import click

from bot.ports.errors import StoreUnavailable
from bot.views.wording import reach_words
from cli.compose.shared import share
from cli.plainly import told_plainly
from config.settings import read_without_slack


@click.group("duty", invoke_without_command=True)
@click.pass_context
def duty(context: click.Context) -> None:
    """Who holds each role that is paged, and would they hear it? Ends with 1 where nobody would."""
    if context.invoked_subcommand is None:
        _show()


def _show() -> None:
    with told_plainly():
        shared = share(read_without_slack())
        try:
            reach, screen = shared.reach(), shared.setting.at(shared.clock.now())
        except StoreUnavailable as away:
            raise click.ClickException(f"The record does not answer ({away.kind}).") from away
    shown = reach_words.on_ladders(screen)
    for line in reach_words.roles(reach, shown, screen):
        click.echo(line)
    click.echo(reach_words.as_of(reach))
    sys.exit(1 if reach.is_old or any(reach_words.is_wrong(reach.of(role)) for role in shown) else 0)
