"""`missing-bot replay`: scenarios in virtual time."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import click

import config
from bot import durations
from bot.files.invalid import FileInvalid
from bot.ports.stores import Stores
from bot.replay.engine import replay as run
from bot.replay.judge import Judged, judge
from bot.replay.scenario import Scenario, load
from bot.replay.timeline import Happened, Timeline
from bot.store.connection import for_store
from bot.store.master_keys import MasterKeys, new_key
from bot.store.memory import MemoryStores
from bot.store.redis_stores import RedisStores
from bot.store.server import serving
from cli.plainly import FILE, NotValid

_Outcome = tuple[Scenario, Timeline, list[Judged]]


@click.command()
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document for all files.")
@click.option("--policy", type=FILE, help="A force's policy in place of the shipped one.")
@click.option("--redis", is_flag=True, help="Through a Redis server (REDIS_URL, or one of its own).")
def replay(files: tuple[Path, ...], as_json: bool, policy: Path | None, redis: bool) -> None:
    """Run each scenario FILE in virtual time and judge what it expects.

    Exits 1 where an expectation does not hold, 2 where a file is not valid.
    """
    scenarios = _loaded(files, policy)
    with own_stores() if redis else nullcontext(MemoryStores) as new_stores:
        outcomes = [_outcome(scenario, new_stores()) for scenario in scenarios]
    if as_json:
        click.echo(json.dumps({"scenarios": [_as_json(outcome) for outcome in outcomes]}, ensure_ascii=False))
    else:
        click.echo("\n".join(line for outcome in outcomes for line in printed(*outcome)))
    if not all(each.held for _, _, judged in outcomes for each in judged):
        raise SystemExit(1)


def _loaded(files: tuple[Path, ...], policy: Path | None) -> list[Scenario]:
    """All of them, or the mistakes of all of them."""
    scenarios, errors = [], []
    for file in files:
        try:
            scenarios.append(load(file, policy))
        except FileInvalid as error:
            errors.append(error)
    if errors:
        raise NotValid(errors)
    return scenarios


def _outcome(scenario: Scenario, stores: Stores) -> _Outcome:
    timeline = run(scenario, stores)
    return scenario, timeline, judge(scenario, timeline)


def _as_json(outcome: _Outcome) -> dict[str, object]:
    scenario, timeline, judged = outcome
    return {
        "id": scenario.said.id,
        "timeline": [happened.as_json() for happened in timeline],
        "expect": [each.as_json() for each in judged],
    }


# Corners of a Redis server for replays: empty before, and empty after.

_CONF = Path(config.__file__).with_name("redis.conf")


@contextmanager
def own_stores() -> Iterator[Callable[[], Stores]]:
    """Makes empty stores, on the server of REDIS_URL or on one of its own; no key outlives the block."""
    own = f"replay-{token_hex(8)}"
    secrets = MasterKeys(new_key())
    with (
        TemporaryDirectory() as data,
        serving(os.environ.get("REDIS_URL"), _CONF, Path(data)) as url,
        for_store(url) as redis,
    ):
        try:
            yield lambda: RedisStores(redis, secrets, prefix=f"{own}-{token_hex(4)}")
        finally:
            for key in redis.scan_iter(match=f"{own}-*", count=1000):
                redis.unlink(key)


# A replay on a terminal.


def printed(scenario: Scenario, timeline: Timeline, judged: list[Judged]) -> Iterator[str]:
    """The timeline, then each expectation with what was seen."""
    yield f"{scenario.said.id}  {scenario.said.title}"
    several = len(scenario.refs) > 1
    yield from (_line(happened, several) for happened in timeline)
    yield ""
    yield from (_verdict(each) for each in judged)
    held = sum(each.held for each in judged)
    yield f"{held} of {len(judged)} expectations held."
    yield ""


def _line(happened: Happened, several: bool) -> str:
    told = happened.told
    case = f"{told['case']}  " if several and told.get("case") else ""
    at = durations.write(timedelta(seconds=happened.at))
    return f"  {at:>10}  {happened.kind:<9} {case}{_said(happened)}"


def _said(happened: Happened) -> str:
    told = happened.told
    match happened.kind:
        case "paged":
            return f"{told['clock']} → {told['role']}"
        case "posted":
            return f"to {told['role']}: {', '.join(told['clocks'])}" + _how_many(told["cases"])
        case "refused":
            return f"step {told['step']}: {told['because']}"
        case "proposed":
            return f"{told['level']} ({', '.join(told['because']) or 'no reason'})"
        case "clock":
            item = f" {told['item']}" if "item" in told else ""
            return f"{told['clock']}{item} {told['state']}"
        case "running":
            return str(told["level"])
        case _:
            return str(told["is"] or "nobody")


def _how_many(cases: list[str]) -> str:
    return f" ({len(cases)} cases)" if len(cases) > 1 else ""


def _verdict(judged: Judged) -> str:
    mark = "held    " if judged.held else "NOT HELD"
    (kind, wanted), *_ = judged.entry.items()
    said = ", ".join(f"{key} {_short(value)}" for key, value in (wanted or {}).items())
    return f"  {mark}  {kind}: {said or 'at all'}  — saw: {judged.saw}"


def _short(value: object) -> str:
    return "nobody" if value is None else ", ".join(value) if isinstance(value, list) else str(value)
