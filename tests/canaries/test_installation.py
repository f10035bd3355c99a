"""The same with everything running: processes, jobs, `/healthz`, pages beside Slack, and a record that falls silent."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

import config
from bot.store.connection import for_store
from cli.demo import cast
from cli.demo.stage import running_process
from sandbox.client import Workspace
from sandbox.errors import SandboxError
from sandbox.runner import running_workspace
from tests.canaries.hunt import Hunt, in_arguments, in_pages, in_redis, in_slack, on_a_page
from tests.canaries.walk import Walk
from tests.chaos.conftest import family
from tests.handlers.evening import REFERENCES, of_yesterday, typed
from tests.outside import Pager, free_port
from tests.waiting import BUSY, until
from tests.world import PEOPLE

pytestmark = pytest.mark.redis
MANIFEST = Path(config.__file__).with_name("slack-manifest.yaml")
CONTROL = "control"
REPORT = "Report a missing child"


def seed() -> dict[str, object]:
    planted = cast.seed(PEOPLE)
    room = {CONTROL: {"kind": "private", "members": [*PEOPLE, "missing"]}}
    return {**planted, "channels": {**planted["channels"], **room}}


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with running_workspace(MANIFEST, seed()) as workspace:
        workspace.settings(**BUSY)
        yield workspace


@pytest.fixture
def hunt(workspace: Workspace, redis_url: str, prefix: str, beeper: Pager, tmp_path: Path) -> Iterator[Hunt]:
    """Through all of an installation in reference-only mode."""
    hunt, port, log = Hunt(), free_port(), tmp_path / "bot.log"
    mark = f"{prefix}-{os.getpid()}"
    ways = {"fim": {"pager": beeper.url}, "technician": {"pager": beeper.url}}
    given = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MISSING_")},
        **cast.surroundings(workspace.info),
        "REDIS_URL": redis_url,
        "MISSING_PREFIX": mark,
        "MISSING_RECORD_KEY": "ab" * 32,
        "MISSING_CONTENT": "reference",
        "MISSING_WORKERS": "1",
        "MISSING_HEALTH__PORT": str(port),
        "MISSING_WAYS_OUT": json.dumps(ways),
        "MISSING_PATIENCE__SLACK": "1",
    }
    run = [sys.executable, "-m", "cli", "run"]
    with for_store(redis_url) as redis, log.open("wb") as out, running_process(run, given, out.fileno()):
        workspace.wait_for_app(within=90)  # a busy machine starts it slowly
        hunt.places += [
            in_redis(redis),
            in_slack(workspace),
            on_a_page(port),
            in_pages(beeper),
            lambda: in_arguments(family(mark)),
            lambda: iter([("log of the processes", log.read_bytes())]),
        ]
        yield hunt


def reported(workspace: Workspace) -> str:
    """A child at high risk, of whom Slack takes no page."""
    cal = workspace.person("cal")

    def asked() -> bool:
        cal.type("/missing", CONTROL)
        return cal.modal is not None and cal.modal.title == REPORT

    until("call handlers are known and may report", asked, 60)
    workspace.fault("error", "chat.postMessage", error="internal_error")
    cal.submit(typed(of_yesterday(REFERENCES)))
    until("page 2", lambda: cal.modal is not None and cal.modal.title.startswith("Risk: "))
    assert cal.modal is not None
    ref = cal.modal.title.removeprefix("Risk: ")
    cal.close(everything=True)
    return ref


def test_no_canary_is_found_anywhere(workspace: Workspace, hunt: Hunt, beeper: Pager, redis_url: str) -> None:
    ref = reported(workspace)
    until("a page left beside Slack", lambda: any(ref in words for words in beeper.words), 60)
    workspace.clear_faults()
    walk = Walk(workspace, hunt, CONTROL, ref)
    walk.taken_up_again()
    walk.messages()
    while_the_record_is_silent(walk, redis_url)
    assert health(hunt)["cards_that_may_show_names"] == 0
    places = {place for where in hunt.places for place, _ in where()}
    assert {"ps", "health page", "metrics", "fallback channel", "log of the processes", "file .aof"} <= places
    lines = log_lines(hunt)
    assert all({"event", "level", "timestamp"} <= line.keys() for line in lines)
    assert [
        line for line in lines if line.get("case") == ref and line["event"] == "saved" and line["request"]
    ]
    assert hunt.found() == {}


def log_lines(hunt: Hunt) -> list[dict[str, Any]]:
    """Every line is an object, whatever process or library wrote it."""
    logs = (what for where in hunt.places for place, what in where() if place == "log of the processes")
    return [json.loads(line) for log in logs for line in log.splitlines()]


def health(hunt: Hunt) -> Any:
    return next(
        json.loads(what) for where in hunt.places for place, what in where() if place == "health page"
    )


def while_the_record_is_silent(walk: Walk, redis_url: str) -> None:
    """What fails then is logged by its kind, and told to the person."""
    with Redis.from_url(redis_url) as redis:
        redis.client_pause(3000)
    with suppress(SandboxError):
        walk.go_on("cal", lambda: walk.workspace.person("cal").type(f"/missing {walk.hunt.number}", CONTROL))
        walk.workspace.person("cal").type(f"/missing {walk.hunt.name}", CONTROL)
