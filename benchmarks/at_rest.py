"""What it costs that the record is sealed: this tree beside an older one, in turns, on one server each.

    .venv/bin/python benchmarks/at_rest.py OLDER [ROUNDS]

OLDER is a folder with an older tree (`git worktree add`). Prints, for each of a step, the memory of a case with twenty
events, and the FIM's home page with 500 open cases: both figures and their ratio. Machines differ, and so do minutes on
one machine: only the ratio of one run says something, and of each tree its fastest round counts.
"""

import json
import sys
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from random import choices
from string import ascii_lowercase
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.other_tree import measured_in

HERE = Path(__file__).resolve().parents[1]
EVENTS, CASES, OPEN, STEPS = 20, 40, 500, 100


def main(older: Path, rounds: int) -> None:
    trees = {"before": older, "now": HERE}
    best: dict[str, dict[str, float]] = {name: {} for name in trees}
    for _ in range(rounds):
        for name, tree in trees.items():
            for what, figure in measured_in(tree, __file__).items():
                best[name][what] = min(figure, best[name].get(what, figure))
    for what, before in best["before"].items():
        now = best["now"][what]
        print(f"{what:45} {before:8.2f} → {now:8.2f}   {now / before:.2f} ×")


# In one tree. What an older one does not know is not asked of it.


def measure() -> dict[str, float]:
    import config
    from bot.store.connection import for_store
    from bot.store.server import serving

    conf = Path(config.__file__).with_name("redis.conf")
    with TemporaryDirectory() as folder, serving(None, conf, Path(folder)) as url, for_store(url) as redis:
        return {
            "memory of a case with twenty events, kB": _memory(redis),
            "a step, ms": _step(redis),
            "home page of 500 open cases, ms": _home(redis),
        }


def _stores(redis: Any, prefix: str) -> Any:
    from bot.store import redis_stores

    try:
        from bot.store.master_keys import MasterKeys
    except ImportError:
        secrets = redis_stores.Secrets(chain=b"chain", index=b"index")  # type: ignore[attr-defined]
        return redis_stores.RedisStores(redis, secrets, prefix=prefix)
    return redis_stores.RedisStores(redis, MasterKeys(b"a key of the benchmark"), prefix=prefix)


def _world(redis: Any, prefix: str) -> Any:
    return import_module("tests.world").World(stores=_stores(redis, prefix))


def _memory(redis: Any) -> float:
    """Of everything that is kept of it once its pages have left: record, indexes, due."""
    world = _world(redis, "memory")
    world.timer_runs = False
    _with_twenty_events(world)
    _lanes_drained(redis)
    before = redis.info("memory")["used_memory"]
    for _ in range(CASES):
        _with_twenty_events(world)
    _lanes_drained(redis)
    return float(redis.info("memory")["used_memory"] - before) / CASES / 1000


def _with_twenty_events(world: Any) -> None:
    """Reported and graded high, taken, acknowledged, asked about and told; each time what is due is paged."""
    from bot.domain import commands
    from bot.domain.facts import Grade
    from bot.domain.refusals import Refused

    ref = world.report(child=_child(), grade=world.graded(Grade.HIGH))
    steps = [
        ("ola", commands.Take()),
        ("fay", commands.Acknowledge()),
        ("ola", commands.Tell(who=("caller",))),
        ("cal", commands.Describe(missing_from="school", looked_after=True)),
        ("sam", commands.Inform(id="i1", kind="call", text="Seen at the bus station")),
    ]
    while (number := world.case(ref).version) < EVENTS:
        world.desk.recheck(ref)
        world.clock.at += timedelta(minutes=5)
        who, command = (
            steps.pop(0) if steps else ("ola", commands.Note(text=f"Rang her mother: call {number}"))
        )
        with suppress(Refused):
            world.desk.handle(ref, command, world.actor(who), "test")


def _child() -> Any:
    """Like no other: nobody's earlier case is looked for."""
    from bot.domain.facts import Child

    return Child(name=f"{_letters()} {_letters()}", age=15)


def _letters() -> str:
    return "".join(choices(ascii_lowercase, k=7)).title()  # nosec B311 # names of nobody


def _lanes_drained(redis: Any) -> None:
    for key in [*redis.scan_iter("memory:lane*", count=1000)]:
        redis.delete(key)


def _step(redis: Any) -> float:
    """Load, decide, append, with its rows: the fastest tenth, which others on the machine disturb least."""
    from bot.domain import commands

    world = _world(redis, "step")
    world.timer_runs = False
    took = []
    for number in range(STEPS):
        if number % 20 == 0:
            ref = world.report(child=_child())
        began = perf_counter()
        world.do(0, "ola", commands.Note(text="Called the school: she left at noon"), ref)
        took.append(perf_counter() - began)
    return sorted(took)[STEPS // 10] * 1000


def _home(redis: Any) -> float:
    from bot.domain.people import Actor, Role
    from bot.ports.cases import Pulse
    from bot.views.lists.home_page import home
    from bot.views.lists.listing import Shown

    report, rowan = (
        import_module("tests.contract.steps").report,
        import_module("tests.unit.views.story").rowan,
    )

    world = _world(redis, "home")
    for number in range(OPEN):
        world.stores.cases.append(report(f"MC-26-{number:04}"))
    viewer, screen = Actor(id="fay", roles=frozenset({Role.FIM})), rowan().screen
    took = []
    for _ in range(7):
        began = perf_counter()
        home(world.stores.cases.open_cases(), viewer, Shown(), Pulse(last_check=world.clock.at), screen)
        took.append(perf_counter() - began)
    return min(took) * 1000


if __name__ == "__main__":
    if sys.argv[1:] == ["measure"]:
        print(json.dumps(measure()))
    elif len(sys.argv) > 1:
        main(Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    else:
        sys.exit(__doc__)
