"""`missing-bot demo`, as a newcomer runs it: real processes, the story to its end, nothing left behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

import pytest

from sandbox.client.wires import Wires
from tests.outside import free_port
from tests.waiting import until

pytestmark = pytest.mark.slow

FAST = "600"  # ten case minutes a second: time stands while somebody acts, so nobody is too slow for it


@contextmanager
def demo(*options: str, page: str = "--no-page") -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The demo and the mark that every process it starts carries in its environment."""
    mark = f"TEST_MARK_OF_MISSING={token_hex(8)}"
    name, _, value = mark.partition("=")
    command = [sys.executable, "-m", "cli", "demo", page, *options]
    surroundings = {key: text for key, text in os.environ.items() if key != "REDIS_URL"} | {name: value}
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)
    try:
        yield process, mark
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def alive(mark: str) -> list[str]:
    """Command lines of the processes that carry the mark."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue  # it ended while we looked
    return found


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_the_story_ends_with_the_page_cleared_an_owner_and_the_child_recorded_as_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MISSING_WORKERS")  # as many as a newcomer has
    with demo("--until-end", "--speed", FAST) as (process, mark):
        told, _ = process.communicate(timeout=180)
        assert process.returncode == 0
        assert told.startswith("workspace http://127.0.0.1:")
        in_order = [
            "types /missing and reports the child",
            "Fay Marsh (FIM) acknowledged: FIM aware",
            "FIM paged: no owner",
            "Duty inspector paged: no owner",
            "Sam Doyle (supervisor) assigned it to Ola Brandt; awaiting acceptance",
            "Ola Brandt (officer) accepted ownership",
            "Sam Doyle (supervisor) recorded it as missing",
        ]
        places = [told.find(words) for words in in_order]
        assert -1 not in places, f"not told: {in_order[places.index(-1)]}"
        assert places == sorted(places)
        fim = [block for block in told.split("\n\n")[-1].split("#") if block.startswith("fim (changed)")]
        assert fim and "child still missing" in fim[-1]
        assert alive(mark) == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_stopping_the_demo_leaves_no_process_behind(how: signal.Signals) -> None:
    with demo() as (process, mark):
        assert first_line(process).startswith("workspace ")
        until("all of it runs", lambda: len(alive(mark)) > 5)
        process.send_signal(how)
        process.communicate(timeout=40)
        assert process.returncode == 0
        until("every process of the demo ended", lambda: not alive(mark))


def test_a_demo_that_is_killed_leaves_no_process_behind() -> None:
    with demo() as (process, mark):
        first_line(process)
        process.kill()
        process.wait()
        until("every process of the demo noticed", lambda: not alive(mark))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a browser always opens")
def test_without_a_screen_the_address_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with demo("--port", str(free_port()), page="--page") as (process, _):
        line = first_line(process)
        address = line.split()[1]
        assert line == f"Open {address} in a browser: the story begins once somebody looks.\n"
        wires = Wires(address)
        until("the story waits for its reader", lambda: wires.get("stage")["opening"]["ready"], seconds=150)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=40)
        assert said == ""
