"""The record, for a command of whoever looks after it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.ports.errors import StoreUnavailable
from bot.views.wording import record_words
from cli.compose.shared import Shared, share
from cli.plainly import told_plainly
from cli.terminal.session import with_server
from config.settings import read_without_slack


@contextmanager
def the_record(refused: type[click.ClickException] = click.ClickException) -> Iterator[Shared]:
    """Raises `refused` where it refuses, or is away."""
    with told_plainly():
        ours = share(with_server(read_without_slack()))
        try:
            ours.stores.key_check.look()
            yield ours
        except StoreUnavailable as away:
            raise refused(record_words.to_a_technician(away.trouble, away.kind)) from away
