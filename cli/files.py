"""Files that people hand to a command."""

from pathlib import Path
from typing import IO, Any

import click

from bot.files.invalid import FileInvalid

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class NotValid(click.ClickException):
    """One or more files say something that cannot be used."""

    exit_code = 2

    def __init__(self, errors: list[FileInvalid]):
        super().__init__("\n".join(str(error) for error in errors))

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file, err=True)
