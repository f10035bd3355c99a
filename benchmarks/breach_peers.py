"""RQ, dramatiq and Alertmanager, for `benchmarks.breaches`: each is given as many breaches at once, and timed."""

import asyncio
import json
import os
import subprocess
import threading
import time
import urllib.request
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import config
from benchmarks import breach_jobs
from bot.store.server import serving
from cli.demo.stage import running_process
from sandbox.client import Workspace
from tests.outside import free_port
from tests.waiting import until

PINNED = ("dramatiq[redis]==2.2.1", *(f"{name}=={version(name)}" for name in ("rq", "redis", "slack-sdk")))
VERSIONS = ", ".join(PINNED) + "; RQ with its SimpleWorker, dramatiq with 8 threads a process"
WORKERS = 2  # as many processes as ours that deliver
PATIENCE = 300.0  # seconds
_LOOK = 1.5  # seconds
_CONFIG = Path(config.__file__).parent
T = TypeVar("T")
_JOBS = Path(breach_jobs.__file__)


def made_venv(folder: Path) -> Path:
    """Its Python, with the peers at pinned versions: none of them is a dependency of ours."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", *PINNED], check=True)  # nosec B603 # our own
    return python


def by_jobs(kind: str, python: Path, home: Path, workspace: Workspace, places: Sequence[str]) -> float:
    """Seconds from the first to be enqueued to the last that is in its place."""
    with serving(None, _CONFIG / "redis.conf", home / kind) as url:
        env = {
            **os.environ,
            "PYTHONPATH": str(_JOBS.parent),
            "RECORD": url,
            "SLACK": workspace.api_url,
            "TOKEN": workspace.app().bot_token,
            "CARRIED_BY": kind,
        }
        log = (home / f"{kind}.log").open("wb")
        with log, _workers(kind, python, url, env, log.fileno()):
            _enqueue(python, env, [f"WARM-{kind} {places[0]}"])
            _told(workspace, f"WARM-{kind}", 1)
            began = _enqueue(python, env, [f"{kind}-{n} {at}" for n, at in enumerate(places)])
            return _told(workspace, f"{kind}-", len(places)) - began


@contextmanager
def _workers(kind: str, python: Path, url: str, env: dict[str, str], log: int) -> Iterator[None]:
    rq = [str(python), "-c", "from rq.cli import main; main()", "worker", breach_jobs.QUEUE, "--url", url]
    rq += ["--worker-class", "rq.SimpleWorker"]
    dramatiq = [str(python.with_name("dramatiq")), "breach_jobs", "-p", str(WORKERS)]
    commands = [rq] * WORKERS if kind == "rq" else [dramatiq]
    started = [running_process(command, env, log) for command in commands]
    for each in started:
        each.__enter__()
    try:
        yield
    finally:
        for each in started:
            each.__exit__(None, None, None)


def _enqueue(python: Path, env: dict[str, str], lines: Sequence[str]) -> float:
    done = subprocess.run(  # nosec B603 # our own
        [str(python), "-c", "import breach_jobs; breach_jobs.enqueue()"],
        env=env,
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def _told(workspace: Workspace, begins: str, many: int) -> float:
    """When the last of so many was posted, by Slack's clock, which is this machine's."""

    def found() -> list[float]:
        at = [float(post.ts) for post in workspace.posts() if post.text.startswith(begins)]
        return at if len(at) >= many else []

    return max(seldom(found, f"{many} of {begins}", PATIENCE))


def seldom(probe: Callable[[], T], what: str, within: float) -> T:
    """Its first true answer. Reading all posts takes the local Slack's time from who is measured."""
    over = time.monotonic() + within
    while not (found := probe()):
        assert time.monotonic() < over, f"waited {within:g} s for {what}"
        time.sleep(_LOOK)
    return found


# Alertmanager tells by a webhook, not through Slack's API, in whose place a socket counts what comes.


def by_alertmanager(program: str, home: Path, many: int, *, grouped: bool) -> float:
    """Seconds from the one request that brings all to the last that is told."""
    home = home / ("grouped" if grouped else "single")
    home.mkdir(parents=True)
    with _counting() as (url, came):
        wanted, port = home / "alertmanager.yml", free_port()
        # Without a wait the first message of a group is about whoever came first, and the next one 5 minutes later.
        by, waits = ("alertname", "1s") if grouped else ("...", "0s")
        wanted.write_text(
            f"route: {{receiver: pages, group_by: ['{by}'], group_wait: {waits}}}\n"
            f"receivers: [{{name: pages, webhook_configs: [{{url: '{url}', send_resolved: false}}]}}]\n",
            encoding="utf-8",
        )
        command = [program, f"--config.file={wanted}", f"--storage.path={home / 'data'}"]
        command += ["--cluster.listen-address=", f"--web.listen-address=127.0.0.1:{port}"]
        with (home / "log").open("wb") as log, running_process(command, dict(os.environ), log.fileno()):
            until("Alertmanager is up", lambda: _is_up(port), 20.0)
            began = time.time()
            _alert(port, [f"case-{number}" for number in range(many)])
            until("all are told", lambda: len(came) >= many, PATIENCE)
            return max(came.values()) - began


def _is_up(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/-/ready", timeout=1).close()  # nosec B310 # started here
    except OSError:
        return False
    return True


def _alert(port: int, cases: Sequence[str]) -> None:
    alerts = [{"labels": {"alertname": "Breach", "case": case}} for case in cases]
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v2/alerts",
        json.dumps(alerts).encode(),
        {"Content-Type": "application/json"},
    )
    urllib.request.urlopen(asked, timeout=30).close()  # nosec B310 # started here


@contextmanager
def _counting() -> Iterator[tuple[str, dict[str, float]]]:
    """An address, and when each case was told there for the first time."""
    came: dict[str, float] = {}

    async def take(asks: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        try:
            while head := await asks.readuntil(b"\r\n\r\n"):
                length = next(
                    line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
                )
                body = await asks.readexactly(int(length.split(b":")[1]))
                for alert in json.loads(body)["alerts"]:
                    came.setdefault(alert["labels"]["case"], time.time())
                answers.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                await answers.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            answers.close()

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(take, "127.0.0.1", 0, limit=1 << 24))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", came
    finally:
        asyncio.run_coroutine_threadsafe(_hang_up(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _hang_up() -> None:
    """On whoever keeps a line open."""
    taking = asyncio.all_tasks() - {asyncio.current_task()}
    for each in taking:
        each.cancel()
    await asyncio.gather(*taking, return_exceptions=True)
