"""Whoever adds a role or a clock touches three files of the product at most, and is told at once what was forgotten.

Each recipe is followed on a copy of the product, in processes of its own.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "cli", "config", "handlers", "workers")

# file, before which line, what is added
Edit = tuple[str, str, str]

ROLE: dict[str, Edit] = {
    "name": ("bot/domain/people.py", '    OWNER = "owner"\n', '    GOLD = "gold"\n'),
    "duty": (
        "bot/domain/people.py",
        "    Role.SUPERINTENDENT: Duty(",
        "    Role.GOLD: Duty(supervises=True),\n",
    ),
    "words": (
        "bot/views/wording/words.py",
        '    Role.OWNER: RoleWords("owner"',
        '    Role.GOLD: RoleWords("gold commander", "gold commander"),\n',
    ),
}
CLOCK: dict[str, Edit] = {
    "name": ("bot/domain/policy.py", '    CLOSURE = "closure"\n', '    SCHOOL_TOLD = "school-told"\n'),
    "maker": (
        "bot/domain/clocks/makers.py",
        "Maker = Callable",
        "def school_told(case: Case, policy: Policy) -> Clocks:\n"
        '    """The school knows."""\n'
        "    yield run(case, policy, ClockName.SCHOOL_TOLD, case.told_at)\n\n\n",
    ),
    "when it runs": ("bot/domain/clocks/makers.py", "    pnc,\n", "    school_told,\n"),
    "words": (
        "bot/views/wording/clock_words.py",
        "    ClockName.CLOSURE: ClockWords(",
        '    ClockName.SCHOOL_TOLD: ClockWords(title="School", do="Tell the school", missing="school not told", '
        'cleared_when="recorded as told", did="told the school", remedy=None),\n',
    ),
    "numbers": (
        "config/policy.toml",
        "[clocks.closure]",
        '[clocks.school-told]\nhigh = "5m"\nladder = ["supervisor"]\n\n',
    ),
}
SCENARIO = """
id: school
start: 2026-03-02T13:40:00+00:00
people: {cal: [control_room], sam: [supervisor], fay: [fim]}
policy: {clocks: {review: {ladder: LADDER}}}
steps:
  - at: 0m
    by: cal
    report:
      ref: LOG-1
      child: {name: Wren Hale, age: 12}
      category: missing
      reported_at: 0m
      why_worried: Never late before
      reporter: {name: Jo Lane, relationship: carer, phone: 07700 900003}
      markers: {suicidal_today: "yes"}
until: 30m
expect:
  - EXPECTED
"""


@pytest.fixture
def product(tmp_path: Path) -> Path:
    for room in PRODUCT:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def follow(product: Path, steps: Iterable[Edit]) -> None:
    for file, line, added in steps:
        text = (product / file).read_text(encoding="utf-8")
        assert text.count(line) == 1, (
            f"{file} is told otherwise now: mend this recipe, and the one in the docs"
        )
        (product / file).write_text(text.replace(line, added + line), encoding="utf-8")


def run(product: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=product,
        env={**os.environ, "PYTHONPATH": str(product)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_role_is_three_lines_in_two_files(product: Path) -> None:
    follow(product, ROLE.values())
    ladder = '[clocks.review]\nladder = ["gold"]'
    (product / "force.toml").write_text(ladder)
    checked = run(product, "-m", "cli", "policy", "check", "force.toml")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_clock_is_written_named_and_said_in_three_files(product: Path) -> None:
    follow(product, CLOCK.values())
    assert len({file for file, _, _ in CLOCK.values() if file.endswith(".py")}) <= 3
    checked = run(product, "-m", "cli", "policy", "check", "config/policy.toml")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    expected = "page: {clock: school-told, role: supervisor, at: 5m}"
    (product / "school.yaml").write_text(
        SCENARIO.replace("LADDER", "[fim]").replace("EXPECTED", expected), encoding="utf-8"
    )
    played = run(product, "-m", "cli", "replay", "school.yaml")
    assert played.returncode == 0, played.stdout + played.stderr


@pytest.mark.parametrize(
    ("recipe", "forgotten", "imported", "said"),
    [
        (ROLE, "duty", "bot.domain.people", "a role without a rank"),
        (ROLE, "words", "bot.views.wording.words", "a role without words"),
        (CLOCK, "words", "bot.views.wording.clock_words", "a clock without words"),
        (CLOCK, "when it runs", "bot.domain.clocks.makers", "a clock that never runs"),
    ],
)
def test_what_was_forgotten_stops_the_import(
    recipe: dict[str, Edit], forgotten: str, imported: str, said: str, product: Path
) -> None:
    follow(product, [edit for what, edit in recipe.items() if what != forgotten])
    done = run(product, "-c", f"import {imported}")
    assert done.returncode != 0
    assert said in done.stderr


def test_a_clock_without_numbers_is_no_policy(product: Path) -> None:
    follow(product, [edit for what, edit in CLOCK.items() if what != "numbers"])
    done = run(product, "-m", "cli", "policy", "check", "config/policy.toml")
    assert done.returncode == 2
    assert "no table for clock school-told" in done.stdout + done.stderr
