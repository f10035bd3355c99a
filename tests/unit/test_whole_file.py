"""A file of ours is there whole, or not at all."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIG_IGN, SIGXFSZ, signal

import click
import pytest

from bot.files.whole_file import whole_file
from cli.written_files import write_privately


def test_whoever_is_stopped_in_the_middle_leaves_nothing_and_the_next_can_write(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    with pytest.raises(KeyboardInterrupt), whole_file(path) as file:
        file.write(b"half")
        file.flush()
        assert not path.exists()
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
    write_privately(path, "all of it")
    assert path.read_text() == "all of it"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_full_disk_is_told_in_a_line_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    with _room_for(4096), pytest.raises(click.ClickException) as no:
        write_privately(path, "x" * 100_000)
    assert no.value.message == f"Not written: {path} (File too large). Name another folder with --out."
    assert list(tmp_path.iterdir()) == []


def test_who_was_there_first_stays(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    with pytest.raises(FileExistsError), whole_file(path) as file:
        file.write(b"ours")
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


@contextmanager
def _room_for(size: int) -> Iterator[None]:
    """As a full disk, without one: no file of this process grows further."""
    before, heard = resource.getrlimit(resource.RLIMIT_FSIZE), signal(SIGXFSZ, SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal(SIGXFSZ, heard)
