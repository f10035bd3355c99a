"""What a command writes for whoever asked for it, and for nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click

from bot.files.whole_file import whole_file


def write_privately(path: Path, text: str) -> None:
    """Raises as `writing_privately`."""
    with writing_privately(path) as file:
        file.write(text)


@contextmanager
def writing_privately(path: Path) -> Iterator[TextIO]:
    """Says where it is, once all of it is on disk, in a folder that is made; nothing that is there already is written
    over: raises ClickException."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            text = TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
            yield text
            text.detach()
    except OSError as no:
        raise click.ClickException(
            f"Not written: {path} ({no.strerror}). Name another folder with --out."
        ) from None
    click.echo(path)
