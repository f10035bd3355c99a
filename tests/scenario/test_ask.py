"""`missing-bot ask`: the answer at a moment of a scenario, true then and not beyond."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.ask import ask
from tests.scenario.conftest import Written

SCENARIOS = Path(__file__).parents[2] / "scenarios"
S01 = SCENARIOS / "s01-left-school.yaml"
D01 = SCENARIOS / "d01-one-evening.yaml"
X01 = SCENARIOS / "x01-sixty-at-once.yaml"


def asked(text: str, *options: str, file: Path = S01) -> Result:
    return CliRunner().invoke(ask, [text, "--scenario", str(file), *options])


def told(text: str, at: str, *options: str, file: Path = S01) -> dict[str, Any]:
    result = asked(text, "--at", at, "--json", *options, file=file)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def test_intents_in_the_order_asked_and_one_answer() -> None:
    said = told("who has it and what's late?", "20m")
    assert said["intents"] == ["owner", "late"]
    assert said["answer"].splitlines() == [
        "At 14:00. No owner.",
        "Late:",
        "🔺 LATE since 13:45: no owner",
        "🔺 LATE since 13:50: no grade",
        "🔺 LATE since 13:55: still a concern for safety",
        "🔺 LATE since 13:55: rationale not signed off",
        "🔺 LATE since 14:00: caller not told",
    ]


@pytest.mark.parametrize(
    ("at", "owner"),
    [
        ("24m", "At 14:04. No owner."),
        ("26m", "At 14:06. No owner. Assigned 14:05 to ola; awaiting acceptance."),
        ("27m", "At 14:07. Owner: ola, accepted 14:07."),
    ],
)
def test_the_owner_is_who_accepted_by_then(at: str, owner: str) -> None:
    assert told("who's got it", at)["answer"] == owner


@pytest.mark.parametrize(
    ("at", "late"),
    [
        ("4m", "At 13:44. Late: nothing."),
        ("5m", "At 13:45. Late:\n🔺 LATE since 13:45: no owner"),
        ("28m", "At 14:08. Late:\n🔺 LATE since 14:00: caller not told"),
        (
            "30m",
            "At 14:10. Late:\n🔺 LATE since 14:00: caller not told\n🔺 LATE since 14:10: no line of enquiry",
        ),
        ("31m", "At 14:11. Late:\n🔺 LATE since 14:00: caller not told"),
    ],
)
def test_a_clock_is_late_from_its_due_second_until_it_is_done(at: str, late: str) -> None:
    assert told("what is late", at)["answer"] == late


def test_nothing_after_the_moment_is_known() -> None:
    assert "Duty inspector: NOT told, or nobody recorded it." in told("who knows?", "32m")["answer"]
    assert "14:13 the duty inspector, by fay" in told("who knows?", "33m")["answer"]
    assert "14:50" not in told("timeline", "69m")["answer"]
    assert "Concern for safety" in told("status", "21m")["answer"]
    assert "MISSING since 14:02" in told("status", "22m")["answer"]


def test_the_grade_and_its_sources() -> None:
    said = told("why is he high", "23m")["answer"]
    assert "suicidal statement today (report by father, cal 13:41)" in said
    assert "Recorded HIGH, fay 14:01: Said today that he will harm himself" in said


def test_who_was_told_names_each_page_and_groups_who_acknowledged() -> None:
    lines = told("who was told?", "19m", file=D01)["answer"].splitlines()
    assert "Paged: duty inspector 13:50; FIM 13:41, 13:45, 13:55; supervisor 13:55." in lines
    assert "Acknowledged: fay 13:44, 13:56; ian 13:52." in lines


def test_what_comes_next_and_who_is_paged_then() -> None:
    said = told("what happens next?", "12m")["answer"]
    assert said.startswith("At 13:52. Next: 13:55 ")
    assert "If nothing is done: 13:55" in said


def test_earlier_episodes_by_the_names_of_the_file() -> None:
    file = SCENARIOS / "s04-high-yesterday.yaml"
    said = told("been missing before?", "25h", "--case", "LOG-2", file=file)
    assert said["intents"] == ["previous"]
    assert "LOG-1: HIGH" in said["answer"]


def test_a_time_may_be_absolute() -> None:
    assert told("owner", "2026-03-02T14:07:00+00:00")["answer"].startswith("At 14:07. Owner: ola")


def test_what_is_not_understood_has_no_intents() -> None:
    said = told("what is she wearing", "20m")
    assert said["intents"] == []
    assert said["answer"].startswith("I did not understand the question. I can answer")


def test_plain_text_without_json() -> None:
    assert asked("owner?", "--at", "20m").stdout == "At 14:00. No owner.\n"


def test_with_several_cases_the_text_may_name_one() -> None:
    assert told("who has LOG-X-7", "20m", file=X01)["intents"] == ["owner"]


@pytest.mark.parametrize(
    ("options", "file", "sentence"),
    [
        (("--at", "20m"), X01, "Say which case, by --case or in the text. This file has: LOG-X-1, "),
        (("--at", "20m", "--case", "LOG-9"), S01, "--case: no case 'LOG-9' in this file. It has: LOG-1042."),
        (("--at", "soon"), S01, "--at: expected an offset such as 90s"),
        (("--at", "2026-03-02T14:07:00"), S01, "--at: expected a time with its offset"),
        (("--at", "99999999999d"), S01, "further than a calendar goes"),
        (("--at", "-5m"), S01, "LOG-1042 is not reported by then. Say a later --at."),
    ],
)
def test_what_cannot_be_asked_is_one_sentence_and_2(
    options: tuple[str, ...], file: Path, sentence: str
) -> None:
    result = asked("who has it", *options, file=file)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_valid_says_where(written: Written) -> None:
    bad = written("title:", "titel:", "bad.yaml")
    result = asked("status", "--at", "1m", file=bad)
    assert result.exit_code == 2
    assert f"{bad}:2: unknown key titel" in result.stderr
