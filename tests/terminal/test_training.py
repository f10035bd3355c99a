"""A training case at the terminal: reported, listed, exported, and in no audit."""

import json
from pathlib import Path

from tests.terminal.conftest import IN_THEIR_WORDS, REPORTED, Terminal
from tests.world import this_years

REF = this_years(1, "TRAINING")
AROUND_NOW = "--from 2020-01-01 --to 2099-12-31"


def trained(terminal: Terminal) -> str:
    return terminal.done("sam", f"{REPORTED} --training yes", IN_THEIR_WORDS)


def test_what_is_said_of_it_begins_with_training(terminal: Terminal) -> None:
    assert f"{REF} · HIGH · age 13" in trained(terminal)
    listed = terminal.case("sam", "list").out
    assert listed.startswith("0 open and 1 TRAINING · 0 late") and f"\n{REF} · HIGH" in listed
    (shown,) = terminal.case("sam", "list --json").document
    assert (shown["ref"], shown["incident"], shown["training"]) == (
        REF,
        "TRAINING LOG-1042",
        True,
    )


def test_a_step_finds_it_by_its_reference(terminal: Terminal) -> None:
    trained(terminal)
    assert REF in terminal.done("fay", f"acknowledge {REF}")


def test_an_audit_leaves_it_out_and_says_so(terminal: Terminal, tmp_path: Path) -> None:
    trained(terminal)
    terminal.reported()
    typed = f"audit {AROUND_NOW} --out {tmp_path} --as sam"
    assert terminal.run_as_typed(typed.split()).code == 0
    (file,) = tmp_path.glob("*.json")
    document = json.loads(file.read_text(encoding="utf-8"))
    assert [case["ref"] for case in document["cases"]] == [this_years(2)]
    assert document["totals"]["cases"] == 1 and document["left_out"]["training"] == [REF]
    (page,) = tmp_path.glob("*.html")
    assert "Left out: 1 training." in page.read_text(encoding="utf-8")


def test_assurance_looks_through_childrens_cases_alone(terminal: Terminal) -> None:
    trained(terminal)
    said = terminal.run_as_typed(f"audit {AROUND_NOW} --assure --as sam".split())
    assert said.out.endswith("0 cases looked through: 0 lapses. Left out: 1 training.\n")
