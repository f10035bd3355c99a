"""Many clocks come due at once: until the last of them is decided, on disk and told, beside what else could tell it.

    .venv/bin/python -m benchmarks.breaches [--json FILE] [CASES …]

Grouped: all to one role, who gets one message, or a few. Single: each to the owner of its own case, in a place of its
own. Ours is a whole installation on a local Slack without limits; RQ and dramatiq tell such a local Slack, too, with as
many processes as ours delivers with; Alertmanager (Debian: prometheus-alertmanager) tells a socket that counts. RQ and
dramatiq are put into an environment of their own, or found in the one whose Python `BENCHMARK_PEERS` names.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import breach_peers
from benchmarks.installation import CONFIG, PEOPLE, Installation, late_by, running
from benchmarks.seeding import somebody
from benchmarks.storm import OWNER_DUE, pages_left
from benchmarks.tables import Cell, Table, main
from bot.domain.commands import Take
from bot.domain.facts import Grade
from bot.domain.people import Actor, Role
from bot.slack.slack_chat import SlackChat
from bot.slack.slack_client import delivering
from cli.demo import cast
from sandbox.runner import running_workspace

CALLER_DUE = timedelta(hours=1)  # at medium, to the owner
SINGLE = 1_000  # places: as many as there are owners in the workspace
PATIENCE = 300.0  # seconds after they came due
_FEW = 100  # reports
_READ = 500  # cases at once
_OURS = "entries, chained and sealed; its page; that it arrived"
_DECIDED = "entries, chained and sealed; its page"
_QUEUED = "its job; that it was decided"
_NOTHING = "nothing until a snapshot each 15 minutes"

Row = tuple[Cell, ...]


def measure(given: list[str]) -> Iterator[Table]:
    sizes = [int(size) for size in given] or [1_000, 10_000]
    with TemporaryDirectory(prefix="missing-bench-") as folder:
        home = Path(folder)
        known = os.environ.get("BENCHMARK_PEERS")
        python = Path(known) if known else breach_peers.made_venv(home / "venv")
        yield _table("Breaches at once, each told by itself", sizes, list(_single(home, python)))
        for size in sizes:
            yield _table("Breaches at once, told together", [size], list(_grouped(size, home)))


def _table(title: str, sizes: list[int], rows: list[Row]) -> Table:
    return Table(
        title=title,
        command=f".venv/bin/python -m benchmarks.breaches {' '.join(map(str, sizes))}",
        heads=("who", "cases", "until all are told, s", "cases a second", "on disk of each"),
        rows=rows,
        notes=(breach_peers.VERSIONS,),
    )


def _grouped(size: int, home: Path) -> Iterator[Row]:
    decided, told = _ours_grouped(size)
    yield _row("missing-bot, until decided", size, decided, _DECIDED)
    yield f"missing-bot, first of {len(told)} messages", size, min(told), None, _DECIDED
    yield _row("missing-bot", size, max(told), _OURS)
    yield from _alertmanager(home / str(size), size, grouped=True)


def _single(home: Path, python: Path) -> Iterator[Row]:
    yield _row("missing-bot", SINGLE, _ours_single(), _OURS)
    seed = {**cast.seed(_owners()), "settings": {"rate_limits": False}}
    with running_workspace(CONFIG / "slack-manifest.yaml", seed) as workspace:
        chat = SlackChat(delivering(workspace.app().bot_token, workspace.api_url))
        places = [chat.direct(workspace.person(owner).id) for owner in _owners()]
        for kind in ("rq", "dramatiq"):
            took = breach_peers.by_jobs(kind, python, home, workspace, places[:SINGLE])
            yield _row(kind, SINGLE, took, _QUEUED)
    yield from _alertmanager(home / "single", SINGLE, grouped=False)


def _alertmanager(home: Path, size: int, *, grouped: bool) -> Iterator[Row]:
    if program := shutil.which("prometheus-alertmanager"):
        took = breach_peers.by_alertmanager(program, home, size, grouped=grouped)
        yield _row("Alertmanager", size, took, _NOTHING)


def _row(who: str, size: int, seconds: float, on_disk: str) -> Row:
    return who, size, seconds, size / seconds, on_disk


def _owners() -> cast.People:
    return {f"owner{number}": (Role.OFFICER,) for number in range(SINGLE)}


def _ours_grouped(size: int) -> tuple[float, list[float]]:
    """Seconds until the last is decided, and until each message is there."""
    with running(rate_limits=False) as installation:
        due = _due_after(installation, size, lambda at: installation.seed(_FEW, at, taken=True))
        installation.seed(size, due - OWNER_DUE, shown=True)
        assert installation.now() < due, "reporting took longer than there was time for"
        breach_peers.seldom(
            lambda: installation.now() >= due and not pages_left(installation),
            f"all {size} are told",
            (due - installation.now()).total_seconds() + PATIENCE,
        )
        told = [late_by(post, due).total_seconds() for post in installation.posts_in(Role.FIM)]
        return (_decided(installation, size) - due).total_seconds(), told


def _decided(installation: Installation, size: int) -> datetime:
    """When the last page to the FIM was. It was on disk before it was told."""
    cases = installation.bot.stores.cases
    at = [
        case.pages[Role.FIM].at
        for refs in cases.open_in_parts(_READ)
        for case in cases.readable(refs)[0]
        if Role.FIM in case.pages
    ]
    assert len(at) >= size, "each has its page"
    return max(at)


def _ours_single() -> float:
    with running(rate_limits=False, people={**PEOPLE, **_owners()}) as installation:
        workspace = installation.workspace

        def few(at: datetime) -> None:
            for _ in range(_FEW):
                installation.report(at, grade=Grade.MEDIUM, child=somebody())

        due = _due_after(installation, 2 * SINGLE, few)
        for owner in _owners():
            ref = installation.report(due - CALLER_DUE, grade=Grade.MEDIUM, child=somebody())
            who = Actor(id=workspace.person(owner).id, roles=frozenset({Role.OFFICER}))
            installation.bot.desk.handle(ref, Take(), who, "benchmark")
        assert installation.now() < due, "reporting took longer than there was time for"
        others = {post.channel for post in workspace.posts()}

        def told() -> list[float]:
            late = [
                late_by(post, due).total_seconds() for post in workspace.posts() if post.channel not in others
            ]
            return late if len(late) >= SINGLE else []

        until_due = (due - installation.now()).total_seconds()
        return max(breach_peers.seldom(told, "each owner is told", until_due + PATIENCE))


def _due_after(installation: Installation, steps: int, few: Callable[[datetime], None]) -> datetime:
    """Twice as long from now as so many steps take at the pace of the first few."""
    began = installation.now()
    few(began)
    ahead = 2 * steps * (installation.now() - began) / _FEW
    return (installation.now() + ahead + timedelta(seconds=20)).replace(microsecond=0)


if __name__ == "__main__":
    main(__doc__, measure)
