"""The audit as JSON, as tables and as a page: the same figures in each, and nothing loaded from anywhere."""

import csv
import re
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.audit.checks import CLOCKS, CaseGrade, Check, Verdict
from bot.audit.fairness import QUESTIONS, ROWS, KnownBeside
from bot.audit.runs import ClockOutcome
from bot.domain.facts import Ethnicity, Sex
from bot.domain.inspection import InspectionHead
from bot.views.plain import audit_page
from bot.views.plain.audit_document import Equality, LeftOut, Made, Period, audit_document
from bot.views.plain.audit_return import ReturnTo, ukmpu_return
from bot.views.plain.audit_tables import tables
from bot.views.plain.export_document import SUM, sum_of
from tests.audit.twelve import ANSWERS, seen

PERIOD = Period(since=date(2026, 3, 1), until=date(2026, 3, 31))


@cache
def document() -> dict[str, Any]:
    audits = [seen(file)[0] for file in ANSWERS]
    made = Made(by="Sam Doyle", at=datetime(2026, 4, 1, 9, tzinfo=ZoneInfo("Europe/London")))
    left_out, beside = LeftOut(voided=("MC-26-0099",)), Equality(known={})
    return audit_document(audits, PERIOD, left_out, beside, made, ReturnTo.UKMPU)


@cache
def page() -> str:
    return audit_page.audit_page(document())


def rows_of(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(tables(document())[table].splitlines()))


def test_its_sum_is_of_all_that_is_in_it() -> None:
    assert document()[SUM] == sum_of(document())


def test_each_case_is_a_row_and_each_run_of_a_clock() -> None:
    assert [row["incident"] for row in rows_of("cases")] == [case["incident"] for case in document()["cases"]]
    first = rows_of("cases")[0]
    assert (first["grade"], first["fim_told"], first["accepted_minutes"]) == ("good", "passed", "4.0")
    assert len(rows_of("clocks")) == sum(len(case["clocks"]) for case in document()["cases"])


def test_each_total_is_a_row_under_its_whole_name() -> None:
    found = [tuple(row.values()) for row in rows_of("totals")]
    assert ("heads", "leadership", "fim-aware", "met", "3") in found
    assert ("grades", "good", "", "", "5") in found
    assert len({row[:-1] for row in found}) == len(found)


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_spreadsheet_reckons_nothing_of_what_somebody_typed(typed: str) -> None:
    case = document()["cases"][0] | {"incident": typed}
    written = tables(document() | {"cases": [case]})["cases"]
    assert next(csv.DictReader(written.splitlines()))["incident"] == f"'{typed}"


def test_a_return_has_a_row_for_each_missing_child_and_says_what_is_not_held() -> None:
    """A04's child was with somebody known, and never missing."""
    rows = rows_of("return-ukmpu")
    assert len(rows) == 11
    first = rows[0]
    assert (first["age"], first["looked_after"], first["risk"]) == ("15", "no", "high")
    assert (first["vulnerabilities"], first["found_by"], first["harm"]) == (
        "suicidal_today",
        "police",
        "none",
    )
    assert (first["missing_minutes"], first["found_at"]) == ("70.0", "2026-03-02T14:50:00+00:00")
    assert {row["calls"] + row["distance_from_home_km"] for row in rows} == {""}
    empty = {each["name"]: each["empty"] for each in document()["return"]["columns"]}
    assert (empty["calls"], empty["age"], empty["ethnicity"]) == (11, 0, 11)
    assert "places are kept in words, if at all" in page() and "row each in the file" in page()


def test_a_return_takes_what_is_known_beside_the_record() -> None:
    audit, _ = seen(ANSWERS[0])
    known = {audit.case.ref: KnownBeside(ethnicity=Ethnicity.INDIAN, sex=Sex.MALE, looked_after=True)}
    (row,) = ukmpu_return([audit], known, None)["rows"]
    assert (row["ethnicity"], row["sex"], row["looked_after"]) == ("indian", "male", False)  # as recorded


def test_a_return_carries_no_words_of_anybody_and_no_name() -> None:
    text = tables(document())["return-ukmpu"]
    assert not any(word in text for word in ("Wren", "Hale", "river", "MC-26"))


def test_the_page_is_whole_in_itself_and_marked() -> None:
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', page()) == []
    assert "url(http" not in page() and "@import" not in page() and "<script" not in page()
    assert page().count("OFFICIAL-SENSITIVE") == 3  # title, top and end


def test_every_plot_has_a_table_behind_it() -> None:
    """A drawing is silent to a reader of the screen; what follows it says the same."""
    for after in page().split("</svg></figure>")[1:]:
        assert after.lstrip().startswith('<div class="wide kept"><table><caption>')
    assert page().count("<svg aria-hidden") == page().count("<svg")


def test_words_of_plots_take_the_page_s_colour_and_names_are_one_plot_s_own() -> None:
    assert "#010203" not in page() and "currentColor" in page()
    ids = re.findall(r'\bid="([^"]+)"', page())
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'(?:xlink:href|clip-path)="(?:url\()?#([^")]+)', page())) <= set(ids)


def test_what_is_in_the_document_stands_on_the_page() -> None:
    assert "12 cases, 4 of them high at some time, 7 not closed" in page()
    assert "Left out: 1 voided" in page()
    assert '<tr><th scope="row">FIM told</th><td>3</td><td>0</td><td>1</td><td>8</td></tr>' in page()


def test_no_code_is_shown_as_it_is_stored() -> None:
    codes = {*CaseGrade, *Check, *Verdict, *InspectionHead, *ClockOutcome, *QUESTIONS}
    codes |= {row for rows in ROWS.values() for row in rows}
    text = re.sub(r"<[^>]*>", " ", page().partition("</style>")[2])
    assert [code for code in codes if "_" in code and code in text] == []
    assert not any(f" {clock.value} " in text for names in CLOCKS.values() for clock in names if "-" in clock)


def test_what_somebody_typed_is_text_on_the_page() -> None:
    case = document()["cases"][0] | {"incident": "<script>alert(1)</script>"}
    assert "<script" not in audit_page.audit_page(document() | {"cases": [case]})


def test_nothing_but_the_page_of_a_report_waits_for_the_plots() -> None:
    """Loading them takes seconds, and a bot that is started for a missing child has none to spare."""
    root = Path(__file__).parents[2]
    files = [
        file
        for room in ("bot", "cli", "handlers", "workers", "config")
        for file in (root / room).rglob("*.py")
    ]
    at_once = re.compile(
        r"^(?:from|import) (?:matplotlib|bot\.views\.plain\.(?:report_plots|audit_page)|cli\.backtest_plots)",
        re.MULTILINE,
    )
    found = {
        str(file.relative_to(root)) for file in files if at_once.search(file.read_text(encoding="utf-8"))
    }
    assert found == {
        "bot/views/plain/audit_page.py",
        "bot/views/plain/report_plots.py",
        "cli/backtest_plots.py",
    }


@pytest.mark.parametrize(
    ("day", "begins", "hours"),
    [
        (date(2026, 7, 1), "2026-06-30T23:00:00+00:00", 24),
        (date(2026, 3, 29), "2026-03-29T00:00:00+00:00", 23),  # the night it goes forward
        (date(2026, 10, 25), "2026-10-24T23:00:00+00:00", 25),  # and back
    ],
)
def test_a_day_is_one_of_the_force_s_zone(day: date, begins: str, hours: int) -> None:
    since, before = Period(since=day, until=day).moments(ZoneInfo("Europe/London"))
    assert since.isoformat() == begins
    assert before - since == timedelta(hours=hours)
