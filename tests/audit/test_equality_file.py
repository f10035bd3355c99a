"""What a force keeps outside Slack, as a CSV: rows that are used, and rows that are not, each with its reason."""

from pathlib import Path

import pytest

from bot.audit.fairness import KnownBeside
from bot.domain.facts import Ethnicity, Sex
from bot.files.equality_file import EqualityFile, load
from bot.files.invalid import FileInvalid


def read(folder: Path, *lines: str) -> EqualityFile:
    file = folder / "equality.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return load(file)


def test_words_codes_and_the_police_s_short_codes_are_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "\ufeffIncident,Ethnicity,Sex,Looked_after",
        "LOG-1,White British,Female,yes",
        "log 2,a2,male,No",
        "LOG-3,,not_known,not known",
        "",
        'LOG-4,"White and Asian",,',
    )
    assert found.bad == ()
    assert found.known == {
        "log1": KnownBeside(ethnicity=Ethnicity.WHITE_BRITISH, sex=Sex.FEMALE, looked_after=True),
        "log2": KnownBeside(ethnicity=Ethnicity.PAKISTANI, sex=Sex.MALE, looked_after=False),
        "log3": KnownBeside(sex=Sex.NOT_KNOWN),
        "log4": KnownBeside(ethnicity=Ethnicity.WHITE_AND_ASIAN),
    }


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",white_british", "it has no incident number"),
        ("LOG-2", "it has 1 fields, and the first row names 2"),
        ("LOG-2,martian", "'martian' is no ethnicity of the census's list, in words or as a code such as W1"),
        ("log1,indian", "this incident number has a row already; the first one counts"),
        ('LOG-2,"indian"x', "this is no row of a CSV file (',' expected after '\"')"),
    ],
)
def test_a_bad_row_is_said_with_its_line_and_the_others_are_used(tmp_path: Path, row: str, why: str) -> None:
    found = read(tmp_path, "incident,ethnicity", "LOG-1,indian", row, "LOG-3,chinese")
    assert [(bad.line, bad.why) for bad in found.bad] == [(3, why)]
    assert list(found.known) == ["log1", "log3"]


@pytest.mark.parametrize(
    "first", ["", "LOG-1,indian", "incident;ethnicity", "incident,name", "incident,sex,sex"]
)
def test_without_the_names_of_its_columns_it_is_no_such_file(tmp_path: Path, first: str) -> None:
    with pytest.raises(FileInvalid, match="1: expected the names of its columns: incident, ethnicity, sex"):
        read(tmp_path, first, "LOG-2,indian")
