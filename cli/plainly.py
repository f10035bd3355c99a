"""What an operator can mend is said in a line each, and ends with 2; anything else is a fault of ours."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.files.invalid import FileInvalid
from bot.ports.errors import SecondInstallation
from bot.store.errors import ServerTrouble, WrongKey
from config.settings import BadSettings


@contextmanager
def told_plainly() -> Iterator[None]:
    """What an operator can mend is said in a line each, and ends with 2; anything else is a fault of ours."""
    try:
        yield
    except (BadSettings, FileInvalid, ServerTrouble, WrongKey, SecondInstallation) as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
