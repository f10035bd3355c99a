"""Together the scenarios tell every verb, page every rung of every ladder, and are refused for every reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.domain.refusals import Because
from bot.files import policy_file
from bot.replay.scenario_steps import VERBS

SCENARIOS = [yaml.safe_load(file.read_text()) for file in sorted(Path("scenarios").glob("*.yaml"))]


def expected(kind: str) -> Iterator[dict[str, Any]]:
    for told in SCENARIOS:
        yield from (entry[kind] for entry in told.get("expect", []) if kind in entry)


def test_every_verb_is_told() -> None:
    told = {verb for each in SCENARIOS for step in each["steps"] for verb in step}
    assert set(VERBS) - told == set()


def test_every_rung_of_every_ladder_is_paged() -> None:
    policy = policy_file.load()
    rungs = {(name, role.value) for name, clock in policy.clocks.items() for role in clock.ladder}
    assert rungs - {(page["clock"], page["role"]) for page in expected("page")} == set()


def test_every_refusal_is_met() -> None:
    assert {code.value for code in Because} - {refused["because"] for refused in expected("refused")} == set()
