"""What a row may say, and what is said of one that says something else."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.backtest.columns import COLUMNS, not_tested
from bot.backtest.incident import PastEnquiry, PastGrade, PastInformation
from bot.backtest.incident_row import RowInvalid, incident_of
from bot.domain.facts import Grade
from bot.domain.policy import ClockName
from tests.backtest.rows import TOLD_AT, at, row


def test_a_time_keeps_its_instant_whatever_its_offset() -> None:
    told = incident_of(row(told_at="2025-06-02T15:40+01:00"))
    assert told.told_at == datetime(2025, 6, 2, 14, 40, tzinfo=UTC)


def test_items_stand_between_semicolons_with_a_dash_for_what_is_not_held() -> None:
    told = incident_of(
        row(
            grades=f"{at(0)} high; {at(0)} medium approved",
            enquiries=f"{at(0)} - {at(0)};{at(0)} {at(0)} -",
            information=f"{at(0)} -",
        )
    )
    assert told.grades == (PastGrade(TOLD_AT, Grade.HIGH, False), PastGrade(TOLD_AT, Grade.MEDIUM, True))
    assert told.enquiries == (PastEnquiry(TOLD_AT, None, TOLD_AT), PastEnquiry(TOLD_AT, TOLD_AT, None))
    assert told.information == (PastInformation(TOLD_AT, None),)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"incident": " "}, "incident: expected something that names it, not nothing"),
        ({"told_at": "2025-03-02T15:40"}, "told_at: expected a time with its offset, such as "),
        ({"told_at": "02/03/2025 15:40"}, "told_at: expected a time with its offset, such as "),
        ({"category": "absent"}, "category: expected one of missing, concern_for_safety, not absent"),
        ({"age": "15y"}, "age: expected whole years from 0 to 120, not 15y"),
        ({"age": "121"}, "age: expected whole years from 0 to 120, not 121"),
        ({"age": "²"}, "age: expected whole years from 0 to 120, not ²"),
        ({"age": ""}, "age: expected whole years from 0 to 120, not nothing"),
        ({"grades": "high"}, "grades: expected a time with its offset"),
        ({"grades": f"{at(1)} standard"}, "grades: expected one of high, medium, low"),
        ({"grades": f"{at(1)} medium agreed"}, "grades: expected a time, a grade, and 'approved' or nothing"),
        ({"markers": "suicidal_today; sad"}, "markers: expected codes out of suicidal_today, "),
        ({"looked_after": "Y"}, "looked_after: expected yes, no or not_known, not Y"),
        ({"enquiries": at(5)}, "enquiries: expected when set, when due, when a result came, with - for"),
        ({"other_entries": f"{at(5)};"}, "other_entries: expected a time with its offset"),
        ({"seen_at": at(-1)}, "seen_at: expected no time before told_at, not 2025-03-02T15:39:00+00:00"),
        ({"grades": f"{at(-1)} high"}, "grades: expected no time before told_at"),
        ({"harm": "scratched"}, "harm: expected one of none, physical"),
    ],
)
def test_what_is_wrong_is_said_with_what_was_expected(cells: dict[str, str], said: str) -> None:
    with pytest.raises(RowInvalid) as wrong:
        incident_of(row(**cells))
    assert str(wrong.value).startswith(said)


def test_a_log_tests_the_clocks_that_its_columns_are_for() -> None:
    """And of no clock that is added later, until a column is for it."""
    by_no_column = {
        ClockName.FIM_ASKED,
        ClockName.REGRADE_APPROVAL,
        ClockName.HANDOVER_ACCEPTED,
        ClockName.TRANSFER_ACCEPTED,
        ClockName.TRANSFER_REFUSED,
    }
    assert by_no_column <= not_tested(COLUMNS)
    without_two = not_tested(set(COLUMNS) - {"reviews", "other_entries"})
    assert without_two - not_tested(COLUMNS) == {ClockName.REVIEW, ClockName.SILENT_CASE}
    assert ClockName.FIM_AWARE not in without_two


def test_the_columns_are_documented_with_their_clocks() -> None:
    """docs/backtest.md tells each, in bold where no log is without it, and which clocks hang on it."""
    text = (Path(__file__).parents[2] / "docs" / "backtest.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| (\*\*)?`(\w+)`(?:\*\*)? \| [^|]* \|(.*)\|$", text, re.MULTILINE)
    told = {name: (bool(bold), tuple(re.findall(r"`([\w-]+)`", clocks))) for bold, name, clocks in found}
    assert told == {
        name: (column.must, tuple(clock.value for clock in column.ends)) for name, column in COLUMNS.items()
    }
