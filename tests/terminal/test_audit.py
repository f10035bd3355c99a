"""An audit of a period, as whoever holds a role asks for it at a terminal."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from bot.domain.permissions import Look
from bot.store.redis_stores import RedisStores
from tests.contract.steps import report
from tests.terminal.conftest import IN_THEIR_WORDS, REPORTED, Outcome, Terminal
from tests.terminal.test_who_reads import looked
from tests.world import this_years

AROUND_NOW = "--from 2020-01-01 --to 2099-12-31"


class Audited(Struct, frozen=True):
    ended: Outcome
    folder: Path

    @property
    def document(self) -> Any:
        (file,) = self.folder.glob("*.json")
        return json.loads(file.read_text(encoding="utf-8"))

    def table(self, name: str) -> list[dict[str, str]]:
        (file,) = self.folder.glob(f"*-{name}.csv")
        return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


@pytest.fixture
def auditing(terminal: Terminal, tmp_path: Path) -> Any:
    terminal.reported()

    def audit(person: str = "sam", more: str = "", period: str = AROUND_NOW) -> Audited:
        out = tmp_path / "out"
        typed = f"audit {period} --out {out} {more}"
        return Audited(terminal.run_as_typed([*typed.split(), "--as", person], ""), out)

    return audit


def test_it_is_written_for_who_asks_marked_and_noted(auditing: Any, redis_stores: RedisStores) -> None:
    audit = auditing()
    assert audit.ended.code == 0
    written = [Path(line) for line in audit.ended.out.splitlines()]
    assert sorted(file.suffix for file in written) == [".csv"] * 4 + [".html", ".json"]
    assert all("OFFICIAL-SENSITIVE" in file.name and file.stat().st_mode & 0o077 == 0 for file in written)
    assert looked(redis_stores, "sam")[-1][::2] == (Look.AUDIT, True)


def test_a_case_is_in_it_by_its_number_and_nobody_by_name(auditing: Any) -> None:
    audit = auditing()
    (case,) = audit.document["cases"]
    assert (case["incident"], case["status"], case["high"]) == ("LOG-1042", "open", True)
    assert audit.document["totals"]["cases"] == 1
    assert [row["incident"] for row in audit.table("cases")] == ["LOG-1042"]
    assert not [*files_with(audit, "Rowan"), *files_with(audit, "Avonmead"), *files_with(audit, "Pike")]


def test_a_child_alone_is_known_by_none_of_the_figures(auditing: Any) -> None:
    audit = auditing()
    figures = [row["n"] for table in audit.document["fairness"] for row in table["rows"]]
    assert figures == ["suppressed"] * 4
    assert {row["count"] for row in audit.table("fairness") if row["answer"]} <= {"suppressed", ""}


def test_what_was_reported_on_another_day_is_not_in_it(auditing: Any) -> None:
    assert auditing(period="--from 2020-01-01 --to 2020-12-31").document["cases"] == []


def test_what_was_voided_is_named_and_not_audited(auditing: Any, terminal: Terminal) -> None:
    terminal.done("sam", "void LOG-1042 --why Typed_twice")
    terminal.done("sid", "confirm LOG-1042")
    document = auditing().document
    assert (document["cases"], document["left_out"]["voided"]) == ([], [this_years(1)])


def test_what_cannot_be_read_is_named_on_both(auditing: Any, redis_stores: RedisStores) -> None:
    redis_stores.cases._redis.hdel(redis_stores.cases._keys.record(this_years(1)), "key")
    audit = auditing()
    assert f"cannot be read: {this_years(1)}" in audit.ended.err
    assert audit.document["left_out"]["unreadable"] == [this_years(1)]


def test_who_holds_no_role_gets_no_file(auditing: Any, redis_stores: RedisStores) -> None:
    audit = auditing("pat")
    assert audit.ended.code == 1 and "cases are read by those on duty" in audit.ended.err
    assert not audit.folder.exists()
    assert looked(redis_stores, "pat")[-1][::2] == (Look.AUDIT, False)


def test_what_is_kept_outside_slack_is_joined_by_incident_and_bad_rows_are_said(
    auditing: Any, terminal: Terminal, tmp_path: Path
) -> None:
    terminal.done("cal", REPORTED.replace("LOG-1042", "LOG-1043"), IN_THEIR_WORDS)
    file = tmp_path / "equality.csv"
    file.write_text("incident,sex\nlog 1042,male\nLOG-1043,boy\nLOG-9,female\n", encoding="utf-8")
    audit = auditing(more=f"--equality {file}")
    assert f"{file}:3: left out, 'boy' is none of female, male, other, not_known" in audit.ended.err
    assert audit.document["equality_file"] == {
        "cases": 1,
        "of_no_case": 1,
        "bad_rows": [{"line": 3, "why": "'boy' is none of female, male, other, not_known"}],
    }
    by_sex = next(table for table in audit.document["fairness"] if table["axis"] == "sex")
    assert [row["row"] for row in by_sex["rows"]] == ["male", "not_recorded"]


def test_a_return_stands_beside_it_and_its_empty_columns_are_said(auditing: Any) -> None:
    audit = auditing(more="--return ukmpu")
    assert audit.ended.code == 0
    (row,) = audit.table("return-ukmpu")
    assert (row["incident"], row["age"], row["sex"], row["found_at"]) == ("LOG-1042", "13", "", "")
    said = audit.ended.err
    assert "Return to ukmpu: 1 incidents of missing children." in said
    assert "Empty throughout: distance_from_home_km (places are kept in words, if at all)." in said
    assert "age" not in re.findall(r"Empty throughout: (\w+)", said)
    assert not [*files_with(audit, "Rowan"), *files_with(audit, "Pike")]


def files_with(audit: Audited, word: str) -> Iterator[Path]:
    return (file for file in audit.folder.iterdir() if word in file.read_text(encoding="utf-8"))


def test_a_period_that_ends_before_it_begins_is_none(auditing: Any) -> None:
    audit = auditing(period="--from 2026-03-02 --to 2026-03-01")
    assert audit.ended.code == 2 and "comes before" in audit.ended.err


def test_the_log_audits_the_bot(auditing: Any, redis_stores: RedisStores) -> None:
    """No timer ever looked at this one."""
    redis_stores.cases.append(report("MC-26-0009", incident="LOG-9"))
    audit = auditing(period="--from 2026-03-02 --to 2026-03-02", more="--assure")
    assert audit.ended.code == 1
    assert (
        "MC-26-0009  LOG-9  grade-recorded came due 2026-03-02 13:50:00+00:00 and was never paged."
        in audit.ended.out
    )
    assert not audit.folder.exists()
    assert looked(redis_stores, "sam")[-1][::2] == (Look.AUDIT, True)


def test_a_night_without_a_lapse_ends_well(auditing: Any) -> None:
    audit = auditing(period="--from 2020-01-01 --to 2020-12-31", more="--assure")
    assert (audit.ended.code, audit.ended.out) == (0, "0 cases looked through: 0 lapses.\n")
