"""A log through both ends: what is wrong with it is named and counted, and two policies stand side by side."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from bot.backtest.backtest import Backtest, LogRow, RowLeftOut, Rules
from bot.backtest.columns import not_tested, without
from bot.backtest.log_rows import LogInvalid, log_rows, survey
from bot.backtest.report import quantile
from bot.backtest.tally import HourlyShifts, shift_of
from bot.domain.facts import Grade
from bot.files import policy_file
from cli import main
from tests.backtest.rows import at, row

LONDON = ZoneInfo("Europe/London")


def log_of(*rows: dict[str, str]) -> list[str]:
    """As lines of a file; the columns of the first row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().splitlines(keepends=True)


def said(lines: Sequence[str]) -> list[int | RowLeftOut]:
    """The line of each row that is well, and what is wrong with each other."""
    return [each.line if isinstance(each, LogRow) else each for each in log_rows(lines)]


def test_each_incident_once_and_in_its_order() -> None:
    lines = log_of(
        row(incident="1", told_at=at(0)),
        row(incident="2", told_at=at(5)),
        row(incident="1", told_at=at(6)),
        row(incident="3", told_at=at(4)),
        row(incident="4", told_at=at(5)),
    )
    assert said([*lines, "5,6\n", "\n", ",,\n"]) == [
        2,
        3,
        RowLeftOut(4, "incident: 1 stands in line 2 already"),
        RowLeftOut(5, "told_at: expected rows in the order in which police were told"),
        6,
        RowLeftOut(7, "expected 7 cells, not 2"),
    ]


@pytest.mark.parametrize(
    ("header", "because"),
    [
        ("incident,told_at,category,age,grades,seen_at", "columns missing: closed_at"),
        ("incident,told_at,category,age,grades,seen_at,closed_at,name", "columns not known: name"),
        ("incident,told_at,category,age,age,grades,seen_at,closed_at", "columns there twice: age"),
        ("", "columns missing: incident, told_at, category, age, grades, seen_at, closed_at"),
    ],
)
def test_a_file_that_is_no_log(header: str, because: str) -> None:
    with pytest.raises(LogInvalid, match=because):
        survey([header])


def test_a_column_that_says_nothing_of_anybody_is_not_held() -> None:
    seen = survey(log_of(row(incident="1", reviews=""), row(incident="2", reviews="")))
    assert seen.rows == 2
    assert "reviews" not in seen.held
    assert "category" in seen.held


def test_last_times_grade_runs_on_within_the_force_s_window() -> None:
    """High in March is not quietly medium in May; after ninety days it is no reason any more."""
    policy = without(policy_file.load(), not_tested(row(person_ref="").keys()))
    told = {"1": "2025-03-01T12:00+00:00", "2": "2025-05-01T12:00+00:00", "3": "2025-12-01T12:00+00:00"}
    rows = [
        row(
            incident=number,
            person_ref="P1",
            told_at=when,
            grades=f"{when} high" if number == "1" else f"{when} medium",
            seen_at=when,
        )
        for number, when in told.items()
    ]
    batch = Backtest([Rules(name="a", policy=policy)], LONDON, keeps_pages=True).run(
        LogRow(line, cells) for line, cells in enumerate(rows, start=2)
    )
    assert batch.bad == []
    assert batch.tallies["a"].grades == {Grade.HIGH: 2, Grade.MEDIUM: 1}


def test_a_shift_begins_by_the_force_s_clock() -> None:
    shifts = policy_file.load().shifts
    assert shift_of(datetime(2025, 7, 2, 5, 59, tzinfo=UTC), shifts, LONDON) == datetime(
        2025, 7, 1, 22, tzinfo=UTC
    )
    assert shift_of(datetime(2025, 7, 2, 6, 0, tzinfo=UTC), shifts, LONDON) == datetime(
        2025, 7, 2, 6, tzinfo=UTC
    )
    assert (
        shift_of(datetime(2025, 7, 2, 6, 0, tzinfo=UTC), (), LONDON).timetz().replace(tzinfo=None) == time()
    )


@pytest.mark.parametrize("starts", [(time(7), time(15), time(23)), (time(1, 30), time(14, 10)), ()])
@pytest.mark.parametrize("day", [datetime(2025, 10, 26, tzinfo=UTC), datetime(2025, 3, 30, tzinfo=UTC)])
def test_a_shift_that_is_kept_for_its_hour_is_the_one_of_each_moment(
    starts: tuple[time, ...], day: datetime
) -> None:
    """Also where one begins within the hour, and in the nights in which the clock is changed."""
    shifts = HourlyShifts(starts, LONDON)
    moments = [day + timedelta(minutes=minute) for minute in range(0, 24 * 60, 5)]
    asked = [shifts.of(at, (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(hours=1)) for at in moments]
    assert asked == [shift_of(at, starts, LONDON) for at in moments]


def test_quantiles() -> None:
    assert quantile(Counter(), 0.5) is None
    assert quantile(Counter({1: 1, 5: 1, 9: 2}), 0.5) == 5
    assert quantile(Counter({1: 9, 7: 1}), 0.9) == 1


def backtest(tmp_path: Path, lines: Sequence[str], *more: str) -> Result:
    log = tmp_path / "log.csv"
    log.write_text("".join(lines), encoding="utf-8")
    return CliRunner().invoke(main, ["backtest", str(log), "--processes", "2", *more])


def test_two_policies_side_by_side(tmp_path: Path) -> None:
    """An owner is asked for after a quarter of an hour, or after an hour; the third row is bad."""
    patient = tmp_path / "patient.toml"
    patient.write_text('[clocks.owner-accepted]\nmedium = "1h"\n', encoding="utf-8")
    shipped = Path(policy_file.DEFAULT)
    rows = [
        row(
            incident=str(number),
            told_at=at(number),
            grades=f"{at(number)} medium",
            accepted_at=at(40),
            seen_at=at(90),
        )
        for number in (1, 2)
    ]
    lines = log_of(*rows, row(incident="3", told_at=at(3), age="young", accepted_at=""))
    out = tmp_path / "out"
    told = backtest(tmp_path, lines, "--policy", str(shipped), "--policy", str(patient), "--out", str(out))
    assert told.exit_code == 0, told.output
    report = json.loads((out / "backtest.json").read_text(encoding="utf-8"))
    assert report["log"]["rows"] == 3
    assert report["log"]["bad_rows"] == [
        {"line": 4, "because": "age: expected whole years from 0 to 120, not young"}
    ]
    one, two = report["policies"]["policy"], report["policies"]["patient"]
    assert one["clocks"]["owner-accepted"] == {
        "paged": 2,
        "done_later": 2,
        "minutes_earlier": {"median": 23, "nine_in_ten": 24},
        "over_without": 0,
        "never": 0,
    }
    assert two["clocks"] == {}
    assert one["load"]["fim"]["at_least"]["an_hour"] == {
        "with_pages": 1,
        "median": 2,
        "nineteen_in_twenty": 2,
        "worst": 2,
        "worst_from": "2025-03-02T15:00+00:00",
    }
    pages = list(csv.reader((out / "pages.csv").read_text(encoding="utf-8").splitlines()))
    assert sorted(pages[1:]) == [
        ["policy", "1", "2025-03-02T15:56:00+00:00", "fim", "1", "first", "medium", "owner-accepted"],
        ["policy", "1", "2025-03-02T16:11:00+00:00", "duty_inspector", "2", "up", "medium", "owner-accepted"],
        ["policy", "2", "2025-03-02T15:57:00+00:00", "fim", "1", "first", "medium", "owner-accepted"],
        ["policy", "2", "2025-03-02T16:12:00+00:00", "duty_inspector", "2", "up", "medium", "owner-accepted"],
    ]
    page = (out / "backtest.html").read_text(encoding="utf-8")
    assert "59 % of those" in page
    assert "line 4" in page
    assert "Compliance, not safety" in told.output
    sections = page.split("<section>")[1:]
    drawn = [section.count("<svg") for section in sections]
    assert drawn == [0, 0, 1, 1, 2]  # pages; how much earlier; the load of an hour, and of a shift
    assert all("<table>" in section.rpartition("</figure>")[2] for section in sections[1:])
    assert page.count('<svg aria-hidden="true"') == sum(drawn)
    assert ">patient<" in sections[3] and "FIM, at least" in sections[4] and "19 in 20" in sections[4]
    assert '<th scope="row">Owner</th>' in sections[3] and "owner-accepted" not in sections[3]
    assert page.count("OFFICIAL-SENSITIVE") == 3 and not re.findall(r'(?:src|href)="(?!#)[^"]*"', page)


def test_a_log_that_pages_nobody_has_no_plots(tmp_path: Path) -> None:
    lines = log_of(row(told_at=at(0), grades=f"{at(0)} medium", accepted_at=at(1), seen_at=at(5)))
    out = tmp_path / "out"
    assert backtest(tmp_path, lines, "--out", str(out)).exit_code == 0
    page = (out / "backtest.html").read_text(encoding="utf-8")
    assert "<svg" not in page and page.count("<table>") == 4


def test_what_is_written_is_for_who_asked_alone_and_never_written_over(tmp_path: Path) -> None:
    lines = log_of(row(told_at=at(0)))
    out = tmp_path / "out"
    assert backtest(tmp_path, lines, "--out", str(out)).exit_code == 0
    written = {file.name: file.read_bytes() for file in out.iterdir()}
    assert set(written) == {"backtest.html", "backtest.json", "pages.csv"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in out.iterdir())
    again = backtest(tmp_path, lines, "--out", str(out))
    assert (again.exit_code, again.output.splitlines()[-1]) == (
        1,
        f"Error: Not written: {out / 'pages.csv'} (File exists). Name another folder with --out.",
    )
    assert {file.name: file.read_bytes() for file in out.iterdir()} == written


def test_where_the_report_cannot_be_it_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "shut").write_text("a file")
    told = backtest(tmp_path, log_of(row(told_at=at(0))), "--out", str(tmp_path / "shut" / "out"))
    assert (told.exit_code, told.output.splitlines()[-1]) == (
        1,
        f"Error: Not written: {tmp_path / 'shut' / 'out' / 'pages.csv'} (Not a directory). "
        "Name another folder with --out.",
    )


@pytest.mark.parametrize("zone", ["Europe/Lundun", "", "../x"])
def test_a_zone_that_is_none_is_refused_in_a_line(tmp_path: Path, zone: str) -> None:
    told = backtest(tmp_path, log_of(row(told_at=at(0))), "--zone", zone)
    assert told.exit_code == 2
    assert told.output.endswith(f"{zone} is no time zone of the tz database, such as Europe/London.\n")


def test_a_file_that_is_no_log_is_refused_in_a_line(tmp_path: Path) -> None:
    told = backtest(tmp_path, ["incident,when\n"])
    assert told.exit_code == 2
    assert told.output.endswith(
        "log.csv:1: columns missing: told_at, category, age, grades, seen_at, closed_at\n"
    )
