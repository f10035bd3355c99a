"""config/policy.toml: the table of domain.md §5, and what a force may write in its place."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.domain.clocks import ClockName
from bot.domain.clocks.makers import ALL
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.policy import PerGrade
from bot.files import policy_file
from bot.files.invalid import FileInvalid
from bot.files.policy_file import PolicyInvalid, load

M, H = timedelta(minutes=1), timedelta(hours=1)
F, S, D, X, OWN = Role.FIM, Role.SUPERVISOR, Role.DUTY_INSPECTOR, Role.SUPERINTENDENT, Role.OWNER

# domain.md §5, row by row.
TABLE = {
    "fim-aware": ((5 * M, None, None), (F, D, X)),
    "fim-asked": ((0 * M,) * 3, (F, D, X)),
    "grade-recorded": ((10 * M,) * 3, (S, F)),
    "owner-accepted": ((5 * M, 15 * M, 30 * M), (F, D, X)),
    "concern-for-safety": ((15 * M,) * 3, (F, F, D)),
    "rationale-signed-off": ((15 * M,) * 3, (S, F)),
    "duty-inspector-told": ((15 * M, 60 * M, 60 * M), (F, X)),
    "lines-of-enquiry": ((30 * M, 60 * M, 120 * M), (S, F, D)),
    "silent-case": ((30 * M, 60 * M, 120 * M), (S, F, D)),
    "review": ((60 * M, 240 * M, 480 * M), (S, F)),
    "new-information": ((10 * M, 30 * M, 60 * M), (OWN, S, F)),
    "enquiry-done": ((None,) * 3, (OWN, S)),
    "regrade-approval": ((15 * M,) * 3, (F, D)),
    "handover-accepted": ((15 * M,) * 3, (F, X)),
    "transfer-accepted": ((10 * M,) * 3, (F, D)),
    "transfer-refused": ((0 * M,) * 3, (F, D)),
    "ppn": ((24 * H,) * 3, (OWN, S)),
    "caller-told": ((20 * M, 60 * M, 60 * M), (OWN, S)),
    "social-care-told": ((60 * M, 120 * M, None), (OWN, S)),
    "first-attendance": ((None,) * 3, (S, F)),
    "pnc": ((48 * H,) * 3, (OWN, S)),
    "ukmpu": ((72 * H,) * 3, (OWN, S)),
    "prevention-interview": ((1 * H, 24 * H, 24 * H), (OWN, S)),
    "return-interview": ((72 * H,) * 3, (S,)),
    "closure": ((24 * H,) * 3, (S,)),
}
SLOW = {"ppn", "pnc", "ukmpu", "return-interview", "closure"}


@pytest.mark.parametrize("name", TABLE)
def test_the_shipped_clock_is_the_table_s(name: str) -> None:
    clock = load().clocks[name]
    due, ladder = TABLE[name]
    assert (clock.due.high, clock.due.medium, clock.due.low) == due
    assert clock.ladder == ladder
    assert clock.at_once is (name == "fim-aware")
    assert clock.repeat == (4 * H if name in SLOW else None)
    assert clock.step == (10 * M if name == "transfer-refused" else None)
    assert clock.signed_off == (60 * M if name == "concern-for-safety" else None)


def test_the_shipped_numbers_are_the_rules_s() -> None:
    policy = load()
    grades = (Grade.HIGH, Grade.MEDIUM, Grade.LOW)
    assert [policy.step.of(grade) for grade in grades] == [5 * M, 15 * M, 30 * M]
    assert [policy.slow.of(grade) for grade in grades] == [30 * M, 60 * M, 120 * M]
    assert [policy.quiet.of(grade) for grade in grades] == [10 * M, 30 * M, 60 * M]
    assert (policy.quick_repeats, policy.digest_over) == (3, 5)
    assert policy.episode_window == timedelta(days=90)
    assert (policy.child_floor, policy.adult_floor) == (Grade.MEDIUM, Grade.LOW)


def test_there_is_a_table_for_every_clock() -> None:
    assert list(load().clocks) == list(ClockName) == list(TABLE)
    made = {make.__name__.replace("_", "-") for make in ALL} - {"actions-done"}
    assert made | {"closure", "handover-accepted"} == set(ClockName)  # of what is left, and of a role


def test_overrides_change_what_they_name_and_no_more() -> None:
    changed = load(overrides={"clocks": {"owner-accepted": {"high": "7m"}}, "quick_repeats": 1})
    assert changed.clocks["owner-accepted"].due.high == 7 * M
    assert changed.clocks["owner-accepted"].due.medium == 15 * M
    assert changed.clocks["review"] == load().clocks["review"]
    assert changed.quick_repeats == 1


def test_an_override_may_take_a_deadline_away() -> None:
    changed = load(overrides={"clocks": {"review": {"low": None}}})
    assert changed.clocks["review"].due.low is None


def test_a_wrong_override_says_where_it_stands() -> None:
    with pytest.raises(PolicyInvalid) as refused:
        load(overrides={"clocks": {"review": {"loow": "5m"}}})
    assert [problem.where for problem in refused.value.problems] == [("clocks", "review", "loow")]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("digest_over = 5", 'digest_over = "five"', "digest_over"),
        (
            "quick_repeats = 3",
            "quik = 1\nquick_repeats = 3",
            "unknown key quik; expected one of quick_repeats",
        ),
        ('episode_window = "90d"', "episode_window = 90", "a duration such as 90s"),
        ('child = "medium"', 'child = "moderate"', "'high', 'medium' or 'low'"),
        ('[slow]\nhigh = "30m"', '[slow]\nhigh = "0m"', "longer than nothing"),
        ('ladder = ["supervisor"]', 'ladder = ["sergeant"]', "'supervisor'"),
        ('ladder = ["supervisor"]', "ladder = []", "at least one role"),
        ("[clocks.closure]", "[clocks.closing]", "unknown clock closing"),
        ("[floors]", "[floors", "expected TOML"),
        ('signed_off = "60m"', 'signed_off = "-60m"', "not negative"),
    ],
)
def test_a_mistake_is_named_by_its_line(tmp_path: Path, before: str, after: str, expected: str) -> None:
    shipped = policy_file.DEFAULT.read_text()
    assert before in shipped
    file = tmp_path / "policy.toml"
    file.write_text(shipped.replace(before, after, 1))
    line = shipped[: shipped.index(before)].count("\n") + 1 + after.startswith("[slow]")
    with pytest.raises(FileInvalid) as refused:
        load(file)
    said = str(refused.value).splitlines()
    assert any(each.startswith(f"{file}:{line}:") and expected in each for each in said), said


def written(folder: Path, text: str) -> Path:
    file = folder / "force.toml"
    file.write_text(text)
    return file


def test_a_file_of_one_line_changes_one_number(tmp_path: Path) -> None:
    assert load(written(tmp_path, "digest_over = 8")) == replace(load(), digest_over=8)


def test_an_empty_file_is_the_shipped_policy(tmp_path: Path) -> None:
    assert load(written(tmp_path, "")) == load()


def test_a_clock_s_table_changes_what_it_names_and_no_more(tmp_path: Path) -> None:
    changed = load(written(tmp_path, '[clocks.review]\nlow = "6h"\n[steps]\nhigh = "4m"')).clocks
    shipped = load().clocks
    assert changed["review"] == replace(shipped["review"], due=PerGrade(1 * H, 4 * H, 6 * H))
    assert {name: clock for name, clock in changed.items() if name != "review"} == {
        name: clock for name, clock in shipped.items() if name != "review"
    }


def test_a_clock_that_a_release_adds_is_as_shipped(tmp_path: Path) -> None:
    """A force's file from before that release has no table for it."""
    shipped = policy_file.DEFAULT.read_text()
    before = shipped[: shipped.index("# Everything is done but the paper")]
    assert "clocks.closure" not in before
    assert load(written(tmp_path, before)) == load()


def test_none_takes_a_deadline_away(tmp_path: Path) -> None:
    changed = load(written(tmp_path, '[clocks.review]\nlow = "none"\n[clocks.ppn]\nrepeat = "none"')).clocks
    assert changed["review"].due.low is None and changed["review"].due.medium == 4 * H
    assert changed["ppn"].repeat is None


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("digest_over = 8\ndigest = 8", 2, "unknown key digest; expected one of quick_repeats"),
        ('digest_over = 8\n\n[clocks.patrols]\nladder = ["fim"]', 3, "unknown clock patrols"),
        ('[clocks.review]\nhigh = "1h"\nhihg = "1h"', 3, "unknown key hihg"),
        ("\nsteps = 5", 2, "expected keys high, medium, low"),
        ('\n\n[steps]\nhigh = "none"', 4, "a duration such as 90s"),
    ],
)
def test_a_mistake_in_a_short_file_is_named_by_its_line(
    tmp_path: Path, text: str, line: int, expected: str
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(FileInvalid) as refused:
        load(file)
    (said,) = str(refused.value).splitlines()
    assert said.startswith(f"{file}:{line}: ") and expected in said


def test_a_file_that_may_not_be_read_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(FileInvalid) as no:
        policy_file.load(tmp_path)
    assert str(no.value) == f"{tmp_path}:1: expected a file that this user may read (Is a directory)"
