"""The workspace as a program of its own."""

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from slack_sdk import WebClient

from sandbox.client import Workspace
from sandbox.errors import BadSeed
from sandbox.runner import running_workspace
from tests.sandbox import lunch
from tests.sandbox.conftest import SEED


@pytest.fixture
def program(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "manifest.yaml").write_text(yaml.safe_dump(lunch.MANIFEST))
    (tmp_path / "seed.yaml").write_text(yaml.safe_dump(SEED))
    files = ["--manifest", str(tmp_path / "manifest.yaml"), "--seed", str(tmp_path / "seed.yaml")]
    command = [sys.executable, "-m", "sandbox", "--port", "0", *files]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_it_says_where_it_is_and_stops_when_asked(program: "subprocess.Popen[str]") -> None:
    assert program.stdout is not None and program.stderr is not None
    said = re.fullmatch(r"workspace (http://127\.0\.0\.1:\d+/\?token=[\w-]{43})\n", program.stdout.readline())
    assert said is not None
    workspace = Workspace(said[1])
    client = WebClient(token=workspace.app().bot_token, base_url=workspace.api_url)
    client.chat_postMessage(channel="kitchen", text="Hello")
    assert workspace.person("ada").sees("kitchen")[-1].text == "Hello"
    program.send_signal(signal.SIGTERM)
    assert program.wait(60) == 0
    assert program.stderr.read() == ""


def test_more_can_be_seeded_later() -> None:
    with running_workspace(lunch.MANIFEST, SEED) as workspace:
        workspace.seed(
            {"people": ["dee"], "channels": {"attic": {"kind": "public", "members": ["dee", "lunch"]}}}
        )
        workspace.seed({"channels": {"attic": {"members": ["ada"]}}})
        workspace.person("dee").type("Up here", "attic")
        assert workspace.person("ada").sees("attic")[-1].author == "Dee"


@pytest.mark.parametrize(
    "seed",
    [
        {"poeple": ["ada"]},
        {"channels": {"attic": {"members": ["nobody"]}}},
        {"channels": {"attic": {"kind": "open"}}},
        {"settings": {"speed": 3}},
        {"settings": "quick"},
        {"team": ["Control Room"]},
        {"people": 3},
        {"people": {"ada": "Ada"}},
        {"people": [{"ada": {}}]},
        {"groups": {"cooks": {"users": 3}}},
        {"channels": {"attic": {"members": True}}},
        {"apps": [{}]},
    ],
)
def test_a_bad_seed_is_refused(seed: dict[str, object]) -> None:
    with running_workspace() as workspace, pytest.raises(BadSeed):
        workspace.seed(json.loads(json.dumps(seed)))


def test_the_project_s_own_manifest_is_understood() -> None:
    with running_workspace("config/slack-manifest.yaml") as workspace:
        app = workspace.info["apps"][0]
    assert (app["name"], app["commands"]) == ("Missing", ["/missing"])
    assert app["shortcuts"][0]["callback_id"] == "add_information"


def test_a_port_that_somebody_else_has_is_said_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "sandbox", "--port", str(port)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert ended.stderr == (
        f"Port {port} cannot be had (Address already in use). Give another, or 0 for a free one.\n"
    )


@pytest.mark.parametrize("option", ["--seed", "--manifest"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "{} cannot be read (No such file or directory). Name a YAML file that is there."),
        (b"people: [ada\nchannels: {}", "{}, line 2, is no YAML. Mend it, or name another file."),
        (b"\xff\xfe\xfa", "{} is no YAML. Mend it, or name another file."),
    ],
)
def test_a_file_that_cannot_be_used_is_said_in_one_line(
    option: str, written: bytes | None, said: str, tmp_path: Path
) -> None:
    named = tmp_path / "mine.yaml"
    if written is not None:
        named.write_bytes(written)
    ended = started_with(option, str(named))
    assert (ended.returncode, ended.stderr) == (2, f"{said.format(named)}\n")


@pytest.mark.parametrize("written", ["just words", "- a list", "people: 3", "manifest: {}"])
@pytest.mark.parametrize("option", ["--seed", "--manifest"])
def test_a_file_that_describes_no_workspace_is_said_in_one_line(
    option: str, written: str, tmp_path: Path
) -> None:
    (tmp_path / "mine.yaml").write_text(written)
    ended = started_with(option, str(tmp_path / "mine.yaml"))
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1


def test_a_port_that_is_none_is_said() -> None:
    ended = started_with("--port", "80000")
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr and "from 0 to 65535" in ended.stderr


def started_with(*options: str) -> "subprocess.CompletedProcess[str]":
    """With what it cannot start with."""
    command = [sys.executable, "-m", "sandbox", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
