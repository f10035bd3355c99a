"""config/risk_words.toml: each phrase can be read, and one that cannot is told by its line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.files import risk_words_file
from bot.files.invalid import FileInvalid
from cli import main

SHIPPED = risk_words_file.DEFAULT.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("was", "wrong", "said"),
    [
        ('"kill {self}"', '"kill {selves}"', "no class {selves}"),
        ('"kill {self}"', '"kill ({self}"', "brackets do not pair"),
        ('"kill {self}"', '"[kill]"', "found everywhere"),
        ("[suicidal_today]", "[suicidal]", "the code of a marker"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_told_by_its_line(
    tmp_path: Path, was: str, wrong: str, said: str
) -> None:
    file = tmp_path / "risk_words.toml"
    file.write_text(SHIPPED.replace(was, wrong, 1))
    line = (
        file.read_text().splitlines().index(next(x for x in file.read_text().splitlines() if wrong in x)) + 1
    )
    with pytest.raises(FileInvalid, match=said) as refused:
        risk_words_file.load(file)
    assert [number for number, _ in refused.value.found] == [line]


def test_a_force_adds_what_its_callers_say(tmp_path: Path) -> None:
    file = tmp_path / "risk_words.toml"
    file.write_text(SHIPPED.replace('"county [and] line",', '"county [and] line",\n  "the tinker crew",'))
    found = risk_words_file.load(file).asks("she's up town with the Tinker Crew again")
    assert ("cce", "the Tinker Crew") in {(each.marker, each.words) for each in found}


def test_the_command_prints_what_would_be_asked() -> None:
    said = CliRunner().invoke(main, ["risk-words", "She wants to kill herself", "--json"])
    assert said.exit_code == 0
    assert json.loads(said.output) == {"asks": [{"marker": "suicidal_today", "words": "kill herself"}]}


def test_the_command_says_it_in_words_too_and_nothing_where_there_is_nothing() -> None:
    asked = CliRunner().invoke(main, ["risk-words", "She wants to kill herself"])
    assert asked.output == "Their words say 'kill herself'. Suicidal statement today? (suicidal_today)\n"
    nothing = CliRunner().invoke(main, ["risk-words", "late from school", "--json"])
    assert (nothing.exit_code, json.loads(nothing.output)) == (0, {"asks": []})


def test_a_callers_own_words_come_on_standard_input() -> None:
    asked = CliRunner().invoke(main, ["risk-words", "-"], input="She wants to kill herself\n")
    assert "Suicidal statement today?" in asked.output


def test_the_command_checks_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SHIPPED.replace('"kill {self}"', '"kill {selves}"', 1))
    refused = CliRunner().invoke(main, ["risk-words", "--check", "--file", str(file)])
    assert refused.exit_code == 2 and "no class {selves}" in refused.output
    assert CliRunner().invoke(main, ["risk-words", "--check"]).exit_code == 0
