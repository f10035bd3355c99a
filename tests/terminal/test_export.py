"""A case leaves the record as a document: by who may read it, noted, for their eyes alone; and a change is found."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.domain.permissions import Look
from bot.store.redis_stores import RedisStores
from cli import main
from tests.terminal.conftest import Terminal
from tests.terminal.test_who_reads import looked
from tests.world import this_years


@pytest.fixture
def made(terminal: Terminal, tmp_path: Path) -> tuple[Path, Path]:
    """As JSON, and as a page."""
    terminal.reported()
    out = exporting(terminal, "sam", "--out", str(tmp_path))
    written, page = sorted(map(Path, out.splitlines()), reverse=True)
    return written, page


def exporting(terminal: Terminal, person: str, *more: str) -> str:
    """The files; or what was said instead."""
    outcome = terminal.run(person, " ".join(["export LOG-1042", *more]))
    return outcome.out if outcome.code == 0 else outcome.err


def verified(path: Path) -> tuple[int, str]:
    ran = CliRunner().invoke(main, ["verify", "--export", str(path)])
    return ran.exit_code, ran.output


def test_it_is_written_for_who_exports_it_and_noted(
    made: tuple[Path, Path], redis_stores: RedisStores
) -> None:
    written, page = made
    assert (written.suffix, page.suffix) == (".json", ".html")
    assert [oct(path.stat().st_mode & 0o777) for path in made] == ["0o600", "0o600"]
    assert json.loads(written.read_text())["made_by"] == "Sam Doyle"
    assert "Rowan" in page.read_text()
    assert (Look.EXPORT, True) in [(look, allowed) for look, _, allowed in looked(redis_stores, "sam")]


def test_each_form_is_as_it_was_made(made: tuple[Path, Path]) -> None:
    for path in made:
        code, said = verified(path)
        assert (code, said.startswith(f"As it was made: {this_years(1)}, by Sam Doyle")) == (0, True)


@pytest.mark.parametrize("form", [0, 1], ids=["the JSON", "the page"])
def test_what_was_changed_is_found(made: tuple[Path, Path], form: int) -> None:
    path = made[form]
    path.write_text(path.read_text().replace("age 13", "age 17"))
    code, said = verified(path)
    assert code == 1 and "was changed" in said


def test_a_page_that_shows_what_its_document_does_not_is_found(made: tuple[Path, Path]) -> None:
    page = made[1]
    page.write_text(page.read_text().replace("<h2>Facts</h2>", "<h2>Facts</h2><p>Nobody was worried.</p>", 1))
    assert "shows something else" in verified(page)[1]


def test_half_a_file_is_none(made: tuple[Path, Path]) -> None:
    for path in made:
        path.write_text(path.read_text()[:200])
        assert "is no whole export" in verified(path)[1]
        path.write_bytes(b"\xffno text")
        assert "is no whole export" in verified(path)[1]


def test_nothing_is_written_over(terminal: Terminal, tmp_path: Path, made: tuple[Path, Path]) -> None:
    for path in made:
        before = path.read_bytes()
        exporting(terminal, "sam", "--out", str(tmp_path))
        assert path.read_bytes() == before


def test_without_names_none_is_in_it(terminal: Terminal, tmp_path: Path) -> None:
    terminal.reported()
    for line in exporting(terminal, "sam", "--out", str(tmp_path), "--redact", "references").splitlines():
        assert "Rowan" not in Path(line).read_text()


def test_who_may_not_read_it_exports_nothing(
    terminal: Terminal, tmp_path: Path, redis_stores: RedisStores
) -> None:
    terminal.reported()
    assert "cases are read by those on duty" in exporting(terminal, "pat", "--out", str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    assert [allowed for look, _, allowed in looked(redis_stores, "pat") if look == Look.EXPORT] == [False]
