"""What an operator can mend is said in a line each, and ends with 2; and the files that are handed to a command."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import click

from bot.files.invalid import FileInvalid
from bot.ports.errors import SecondInstallation
from bot.store.errors import NotBegun, ServerTrouble, WrongKey
from config.bad_settings import BadSettings

# Files that people hand to a command.

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

UK = "Europe/London"


class _Zone(click.ParamType[ZoneInfo]):
    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ZoneInfo:
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError):
            self.fail(f"{value} is no time zone of the tz database, such as {UK}.", param, ctx)


ZONE = _Zone()


class Unfit(Exception):
    """This installation would reach nobody. A line for each thing that has to be mended."""


class NotValid(click.ClickException):
    """One or more files say something that cannot be used."""

    exit_code = 2

    def __init__(self, errors: list[FileInvalid]):
        super().__init__("\n".join(str(error) for error in errors))

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=True)


@contextmanager
def told_plainly() -> Iterator[None]:
    """What an operator can mend is said in a line each, and ends with 2; anything else is a fault of ours."""
    try:
        yield
    except (BadSettings, FileInvalid, ServerTrouble, WrongKey, NotBegun, SecondInstallation, Unfit) as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
