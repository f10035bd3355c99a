"""A roster as CSV: read whole, or each wrong row named with its line."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.people import Role
from bot.files import plan_file
from bot.files.invalid import FileInvalid
from bot.files.plan_file import KnownPeople, gaps, load

NAMES = {"fay marsh": "U1", "kim rudd": "U2", "u1": "U1", "u2": "U2", "ola brandt": "U3"}


def find(said: str) -> str | None:
    if said.lower() == "sam":
        raise ValueError
    return NAMES.get(said.lower())


PEOPLE = KnownPeople(find=find, may_hold=lambda person, _: person != "U3", zone=ZoneInfo("Europe/London"))


def written(tmp_path: Path, *rows: str) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text("\n".join(["role,person,from,to", *rows]), encoding="utf-8")
    return file


def test_times_are_the_forces_unless_they_say_otherwise(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "fim,Fay Marsh,2026-07-01T07:00,2026-07-01T15:00",
        "FIM,u2,2026-07-01T15:00+00:00,2026-07-01T23:00+01:00",
    )
    first, second = load(file, PEOPLE).turns
    assert (first.role, first.person, first.since) == (Role.FIM, "U1", datetime(2026, 7, 1, 6, tzinfo=UTC))
    assert (second.person, second.since) == ("U2", datetime(2026, 7, 1, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("officer,Fay Marsh,2026-07-01T07:00,2026-07-01T15:00", "expected a role (duty_inspector, fim"),
        (",Fay Marsh,2026-07-01T07:00,2026-07-01T15:00", "not nothing"),
        ("fim,Pat Quill,2026-07-01T07:00,2026-07-01T15:00", "expected a person of this force, not Pat Quill"),
        ("fim,Sam,2026-07-01T07:00,2026-07-01T15:00", "several are called Sam; write the id"),
        ("fim,Ola Brandt,2026-07-01T07:00,2026-07-01T15:00", "expected somebody who may hold fim"),
        ("fim,Fay Marsh,7am,2026-07-01T15:00", "expected 'from' as 2026-03-02T07:00, not 7am"),
        ("fim,Fay Marsh,2026-07-01T15:00,2026-07-01T07:00", "expected 'to' after 'from'"),
        ("fim,Fay Marsh,2026-10-25T01:30,2026-10-25T07:00", "2026-10-25T01:30 is in a clock change"),
        ("fim,Fay Marsh,2026-07-01T07:00", "expected 'to' as"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, row: str, expected: str) -> None:
    good = "fim,Kim Rudd,2026-07-01T07:00,2026-07-01T15:00"
    with pytest.raises(FileInvalid) as wrong:
        load(written(tmp_path, good, row), PEOPLE)
    ((line, said),) = wrong.value.found
    assert line == 3 and expected in said


def test_nobody_is_planned_twice_at_once(tmp_path: Path) -> None:
    rows = (
        "fim,Kim Rudd,2026-07-01T07:00,2026-07-01T15:00",
        "fim,Kim Rudd,2026-07-01T14:00,2026-07-01T16:00",
    )
    with pytest.raises(FileInvalid, match="no two turns of Kim Rudd as fim at once"):
        load(written(tmp_path, *rows), PEOPLE)


def test_the_columns_are_named(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("who,what\nfay,fim\n", encoding="utf-8")
    with pytest.raises(FileInvalid, match=":1: expected the columns role, person, from, to"):
        load(file, PEOPLE)


def test_where_nobody_is_planned_is_found(tmp_path: Path) -> None:
    rows = (
        "fim,Fay Marsh,2026-07-01T07:00,2026-07-01T15:00",
        "fim,Kim Rudd,2026-07-01T16:00,2026-07-01T23:00",
    )
    plan = plan_file.load(written(tmp_path, *rows), PEOPLE)
    ((role, since, until),) = gaps(plan)
    assert (role, since.hour, until.hour) == (Role.FIM, 14, 15)
