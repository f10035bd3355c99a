"""What a command writes for whoever asked for it, and for nobody else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click


def write_privately(path: Path, text: str) -> None:
    """Raises as `writing_privately`."""
    with writing_privately(path) as file:
        file.write(text)


@contextmanager
def writing_privately(path: Path) -> Iterator[TextIO]:
    """Says where it is, once it is on disk; nothing that is there already is written over: raises ClickException."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as no:
        raise click.ClickException(f"Not written: {path} ({no.strerror}).") from None
    with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    click.echo(path)
