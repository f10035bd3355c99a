"""Two hosts of one installation, each with bot, timer and workers; one of them is cut off for a minute while children
are reported. What is paged, how late, how often, and what does the one that is cut off say of itself?

    .venv/bin/python -m benchmarks.cut_off [SECONDS]      # as root, on Linux with iproute2

Three network namespaces: Slack and the record at home, a host to the left and one to the right, with one line each. It
makes them and takes them away. Prints one line of JSON.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Thread

from bot.store.server import embedded
from config.settings import read_settings
from sandbox.runner import running_workspace
from tests.chaos.conftest import MANIFEST, SEED, Force, installation, surroundings
from tests.conftest import REDIS_CONF
from tests.waiting import until

HOME = "missing-home"
HOSTS = {"left": "10.77.1", "right": "10.77.2"}
APART = 3.0  # seconds between two reports
RECORD, HEALTH = 6390, 8081
PROCESSES = (("bot",), ("timer",), ("worker", "recheck"), ("worker", "deliver"))

_ASK = """
import sys
from urllib.error import HTTPError
from urllib.request import urlopen
try:
    said = urlopen(sys.argv[1], timeout=60)
except HTTPError as unwell:
    said = unwell
print(said.status)
print(said.read().decode())
"""


def main(seconds: float) -> None:
    if os.geteuid() or not shutil.which("ip"):
        sys.exit("This wants root, and iproute2.")
    with _namespaces():
        inside = ["ip", "netns", "exec", HOME, sys.executable, "-m", "benchmarks.cut_off", "inside"]
        sys.exit(subprocess.run([*inside, str(seconds)], check=False).returncode)  # nosec B603 # this program


@contextmanager
def _namespaces() -> Iterator[None]:
    names = [HOME, *map(_name, HOSTS)]
    with ExitStack() as ends:
        for name in names:
            _ip("netns", "add", name)
            ends.callback(_ip, "netns", "del", name)  # its lines go with it
            _ip("-n", name, "link", "set", "lo", "up")
        for host, net in HOSTS.items():
            ours, theirs = ["name", f"to-{host}", "netns", HOME], ["name", "to-home", "netns", _name(host)]
            _ip("link", "add", *ours, "type", "veth", "peer", *theirs)
            for where, line, end in ((HOME, f"to-{host}", 1), (_name(host), "to-home", 2)):
                _ip("-n", where, "address", "add", f"{net}.{end}/24", "dev", line)
                _ip("-n", where, "link", "set", line, "up")
        yield


def _ip(*said: str) -> None:
    subprocess.run(["ip", *said], check=True)  # nosec B603 B607 # iproute2, with words of ours


def _name(host: str) -> str:
    return f"missing-{host}"


# At home.


def inside(seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="missing-bench-") as home, ExitStack() as ends:
        server = ends.enter_context(embedded(REDIS_CONF, Path(home) / "record"))
        workspace = ends.enter_context(running_workspace(MANIFEST, SEED))
        port = int(workspace.api_url.rpartition(":")[2].partition("/")[0])
        os.environ |= surroundings(workspace, server.url, "cut-off")
        force = ends.enter_context(installation(read_settings(), workspace))
        socket = server.url.removeprefix("unix://").partition("?")[0]
        for net in HOSTS.values():
            _serve(f"{net}.1", RECORD, socket)
            _serve(f"{net}.1", port, f"127.0.0.1:{port}")
        for host, net in HOSTS.items():
            _start(host, net, port, ends)
        print(json.dumps(_cut_off(force, seconds)), flush=True)


def _start(host: str, net: str, port: int, ends: ExitStack) -> None:
    """Its processes, and a door to Slack on its own 127.0.0.1: the local Slack answers nobody from elsewhere."""
    there = {
        "REDIS_URL": f"redis://{net}.1:{RECORD}/0",
        "MISSING_REDIS_UNPROTECTED": "true",
        "MISSING_HEALTH__PORT": str(HEALTH),
    }
    door = [sys.executable, "-m", "benchmarks.cut_off", "door", f"127.0.0.1:{port}", f"{net}.1:{port}"]
    for command in (door, *([sys.executable, "-m", "cli", *process] for process in PROCESSES)):
        process = subprocess.Popen([*_at(host), *command], env={**os.environ, **there})  # nosec B603 # ours
        ends.callback(process.wait)
        ends.callback(process.kill)


def _at(host: str) -> list[str]:
    return ["ip", "netns", "exec", _name(host)]


def _cut_off(force: Force, seconds: float) -> dict[str, object]:
    for host in HOSTS:
        _wait_until_well(host, 180)
    before, asked = _reported(force, 10), list[tuple[tuple[int, str], float]]()
    _ip("link", "set", "to-left", "down")
    began = time.monotonic()

    def ask() -> None:
        asked.append((_health("left"), time.monotonic() - began))

    asking = Thread(target=ask)
    asking.start()
    meanwhile = _reported(force, seconds)
    at_right = _health("right")[0]
    _ip("link", "set", "to-left", "up")
    back = time.monotonic()
    asking.join()
    ((status, why), after_seconds), *_ = asked
    _wait_until_well("left", 120)
    well = time.monotonic() - back
    after = _reported(force, 10)
    refs = [*before, *meanwhile, *after]
    until("every case is paged", lambda: all(force.pages(ref) for ref in refs), 120)
    force.wait_until_told()
    posts = Counter({ref: len(force.pages(ref)) for ref in refs})
    return {
        "seconds_cut_off": round(seconds),
        "reported_before_meanwhile_after": [len(before), len(meanwhile), len(after)],
        "not_paged": sum(count == 0 for count in posts.values()),
        "paged_twice": sum(count > 1 for count in posts.values()),
        "late_by_before": _late(force, before),
        "late_by_meanwhile": _late(force, meanwhile),
        "left_said_so_after": round(after_seconds, 1),
        "left_said": status,
        "because": json.loads(why or "{}").get("stopped"),
        "right_answered": at_right,
        "left_well_again_after": round(well, 1),
    }


def _wait_until_well(host: str, seconds: float) -> None:
    until(f"the {host} host is well", lambda: _health(host)[0] == 200, seconds)


def _reported(force: Force, seconds: float) -> list[str]:
    """Children, one each three seconds for so long."""
    refs: list[str] = []
    began = time.monotonic()
    while not refs or time.monotonic() - began < seconds:
        refs.append(force.report())
        time.sleep(APART)
    return refs


def _late(force: Force, refs: list[str]) -> dict[str, float]:
    """Seconds from the report of a HIGH child to the page in Slack."""
    cases = force.bot.stores.cases
    told = [(ref, cases.entries(ref)[0].at.timestamp()) for ref in refs]
    late = sorted(float(force.pages(ref)[0].ts) - at for ref, at in told)
    return {"middle": round(late[len(late) // 2], 2), "longest": round(late[-1], 2)}


def _health(host: str) -> tuple[int, str]:
    asked = subprocess.run(  # nosec B603 # ours
        [*_at(host), sys.executable, "-c", _ASK, f"http://127.0.0.1:{HEALTH}/healthz"],
        capture_output=True,
        text=True,
        check=False,
    )
    status, _, body = asked.stdout.partition("\n")
    with suppress(ValueError):
        return int(status), body
    return 0, ""


# Doors.


def _serve(address: str, port: int, target: str) -> None:
    Thread(target=lambda: asyncio.run(_door(f"{address}:{port}", target)), daemon=True).start()


async def _door(at: str, target: str) -> None:
    async def let_in(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if target.startswith("/"):
                there = await asyncio.open_unix_connection(target)
            else:
                there = await asyncio.open_connection(*target.split(":"))
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pass(reader, there[1]), _pass(there[0], writer))

    host, _, port = at.partition(":")
    async with await asyncio.start_server(let_in, host, int(port)) as server:
        await server.serve_forever()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while said := await reader.read(1 << 16):
            writer.write(said)
            await writer.drain()
    writer.close()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["inside", seconds]:
            inside(float(seconds))
        case ["door", at, target]:
            asyncio.run(_door(at, target))
        case given:
            main(float(given[0]) if given else 60.0)
