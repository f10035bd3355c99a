"""Given the compose file and the units, then what they start is there, is set by real settings, and has no more power
than it needs."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from cli import main

ROOT = Path(__file__).parents[2]
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
OURS = {name: each for name, each in SERVICES.items() if each.get("image") == "missing-bot"}
UNITS = {file.name: file.read_text() for file in (ROOT / "deploy/systemd").iterdir()}
COMMANDS = {
    "missing-bot.service": ["run"],
    "missing-bot@.service": ["bot", "timer"],
    "missing-bot-worker@.service": ["worker deliver", "worker recheck"],
}
_SETTING = re.compile(r"\b(?:MISSING|SLACK|REDIS)_\w+(?==)")


def is_a_command(words: list[str]) -> bool:
    return CliRunner().invoke(main, [*words, "--help"]).exit_code == 0


def test_every_process_is_a_service_of_its_own_and_workers_are_two() -> None:
    assert {name: each["command"] for name, each in OURS.items()} == {
        "bot": ["bot"],
        "deliver": ["worker", "deliver"],
        "recheck": ["worker", "recheck"],
        "timer": ["timer"],
    }
    assert all(is_a_command(each["command"]) for each in OURS.values())
    assert [SERVICES[kind]["deploy"]["replicas"] for kind in ("deliver", "recheck")] == [2, 2]


def test_nothing_is_published_but_the_dashboard_on_this_machine_and_only_where_it_is_asked_for() -> None:
    published = {name: each["ports"] for name, each in SERVICES.items() if "ports" in each}
    assert published == {"dashboard": ["127.0.0.1:9181:9181"]}
    assert {name for name, each in SERVICES.items() if "profiles" in each} == {"dashboard"}


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_writes_to_its_disk_or_gains_power(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", ["Dockerfile", "deploy/dashboard/Dockerfile"])
def test_no_container_of_ours_runs_as_root(name: str) -> None:
    (user,) = re.findall(r"^USER (\d+)$", (ROOT / name).read_text(), re.MULTILINE)
    assert int(user) > 0


@pytest.mark.parametrize("name", UNITS)
def test_each_unit_starts_a_command_that_is_there(name: str) -> None:
    (started,) = re.findall(r"^ExecStart=\S+/missing-bot (.+)$", UNITS[name], re.MULTILINE)
    assert {started.replace("%i", command.split()[-1]) for command in COMMANDS[name]} == set(COMMANDS[name])
    assert all(is_a_command(command.split()) for command in COMMANDS[name])


def test_what_they_set_is_a_setting() -> None:
    said = (ROOT / "README.md").read_text() + (ROOT / "config/settings.py").read_text().upper()
    given = {name for text in UNITS.values() for name in _SETTING.findall(text)}
    given |= {name for each in OURS.values() for name in each["environment"]}
    assert len(given) > 5
    for name in given:
        plain = name.removesuffix("_FILE")
        assert plain in said or plain.removeprefix("MISSING_") in said, name
