"""Twenty people ask for `/missing list` at once: how long they wait, and how long somebody else's `/missing help` does.

    .venv/bin/python -m benchmarks.lists_at_once [ROUNDS [OPEN …]]

By the local Slack's own watch, from the envelope sent to its acknowledgement, with so many cases open. Each number of
them is an installation of its own. The help is asked for right behind the twenty; alone it was asked for before.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from benchmarks.acknowledged import latency_of
from benchmarks.installation import running
from benchmarks.tables import Cell, Table, main
from benchmarks.two_apps import CROWD, PATIENCE
from cli.demo import cast
from sandbox.client import Workspace

ASKING = 20
_LIST, _HELP = "list", "help"


def measure(given: list[str]) -> Iterator[Table]:
    rounds, *sizes = (int(each) for each in (given or ["9"]))
    sizes = sizes or [500]
    yield Table(
        title="Twenty lists at once",
        command=f".venv/bin/python -m benchmarks.lists_at_once {rounds} {' '.join(map(str, sizes))}",
        heads=("open", "list p50, ms", "list, slowest, ms", "help meanwhile p50, ms", "help alone p50, ms"),
        rows=[_row(rounds, many) for many in sizes],
    )


def _row(rounds: int, many: int) -> tuple[Cell, ...]:
    with running(rate_limits=False, people=CROWD) as installation:
        installation.seed(many, installation.now(), taken=True)
        alone = [_asked(installation.workspace, 0) for _ in range(rounds + 1)][1:]
        together = [_asked(installation.workspace, ASKING) for _ in range(rounds + 1)][1:]
    lists = [each for one in together for each in one[_LIST]]
    meanwhile, before = (median(each for one in some for each in one[_HELP]) for some in (together, alone))
    return many, median(lists) * 1000, max(lists) * 1000, meanwhile * 1000, before * 1000


def _asked(workspace: Workspace, lists: int) -> dict[str, list[float]]:
    """What was asked for → how long each waited, in seconds."""
    asked = [*[_LIST] * lists, _HELP]
    people = [workspace.person(name) for name in [*CROWD][-len(asked) :]]
    seen = len(workspace.deliveries("/missing"))
    with ThreadPoolExecutor(len(asked)) as pool:
        for person, word in zip(people, asked, strict=True):
            pool.submit(person.type, f"/missing {word}", cast.CASES)
    workspace.wait_for(lambda: not workspace.waiting, "every answer", PATIENCE)
    taken: dict[str, list[float]] = {_LIST: [], _HELP: []}
    for each in workspace.deliveries("/missing")[seen:]:
        taken[each["payload"]["text"]].append(latency_of(each))
    return taken


if __name__ == "__main__":
    main(__doc__, measure)
