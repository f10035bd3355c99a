"""One night: people and faults for so many seconds, then quiet, then what was found. Ends with 1 on a fault."""

import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from random import Random

from benchmarks.soak.checks import PROMISES
from benchmarks.soak.checks.leftovers import kinds_of_keys, logged
from benchmarks.soak.evidence import Evidence
from benchmarks.soak.faults import Faults, about
from benchmarks.soak.house import MACHINES, House, memory, standing
from benchmarks.soak.people import Crowd, crowds
from config.setting_parts import Content
from tests.waiting import until

_SHOWN = 12  # offenders of a promise
_TRIED_WITHIN = 180.0  # seconds


def main(seconds: float, seed: int, home: Path, machines: int = len(MACHINES)) -> int:
    chance = Random(seed)  # nosec B311 # has to be repeatable
    speed, cases = chance.choice([20.0, 30.0, 60.0]), chance.randint(4, 24)
    content = chance.choice(list(Content))
    print(
        f"seed {seed}: {seconds:.0f} s, a case minute in {60 / speed:.0f} s, at most {cases} cases, "
        f"content {content.value}",
        flush=True,
    )
    with standing(home, speed, content, MACHINES[:machines]) as house:
        faults, people, before = Faults(house, seed), [], _memory(house)
        people = _act(house, faults, seed, cases, seconds)
        house.wait_until_all_run()
        after = _memory(house)
        with faults.lasting("restart of all machines"):
            house.calm_down()
        house.wait_for_quiet()
        house.end_all()  # what is read from now on stands still
        found = Evidence(house, faults.timeline, [told for crowd in people for told in crowd.told])
        _tell(found, people, faults, before, after)
        return _judge(found)


def _act(house: House, faults: Faults, seed: int, cases: int, seconds: float) -> list[Crowd]:
    stop = threading.Event()
    people = crowds(house.workspace, seed, cases, stop)
    for crowd in people:
        crowd.thread.start()
    try:
        faults.rage(seconds)
        until("there are steps and pages", lambda: _is_tried(house, people), _TRIED_WITHIN)
    finally:
        stop.set()
        for crowd in people:
            crowd.thread.join(70)
    for crowd in people:
        if crowd.trouble:
            raise crowd.trouble
    return people


def _is_tried(house: House, people: list[Crowd]) -> bool:
    """On a slow machine a short night may be over before anybody was paged."""
    if any(crowd.trouble for crowd in people):
        return True
    cases = house.bot.stores.cases.open_cases().cases
    return any(crowd.told for crowd in people) and any(case.pages for case in cases)


def _memory(house: House) -> dict[str, int]:
    return {f"{each.kind} of {each.machine}": memory(each) for each in house.running()}


def _tell(
    found: Evidence, people: list[Crowd], faults: Faults, before: dict[str, int], after: dict[str, int]
) -> None:
    met: Counter[str] = sum((crowd.met for crowd in people), Counter())
    entries = sum(len(each) for each in found.entries.values())
    print(f"{len(found.cases)} cases, {entries} entries, {len(found.pages)} pages, {len(found.posts)} posts")
    print(f"{len(found.told)} steps told as done; people met: {dict(met.most_common(40))}")
    print(f"{len(faults.timeline)} faults: {dict(faults.counted.most_common())}")
    print(f"keys: {dict(sorted(kinds_of_keys(found).items()))}")
    print(f"resident MB: { ({k: f'{before.get(k, 0) // 1024}→{v // 1024}' for k, v in after.items()}) }")
    print(f"counted: {found.stores.metrics.read()}")
    for line, count in logged(found).most_common(25):
        print(f"  {count:4} × {line}")


def _judge(found: Evidence) -> int:
    broken = 0
    for promise, check in PROMISES.items():
        offenders = check(found)
        broken += bool(offenders)
        print(f"{'BROKEN' if offenders else 'kept  '} {promise}", flush=True)
        for offender in offenders[:_SHOWN]:
            print(f"    {offender.what}")
            for span in about(found.timeline, offender.at):
                print(f"        {span.began - offender.at:+.1f} s {span}")
        if len(offenders) > _SHOWN:
            print(f"    and {len(offenders) - _SHOWN} more")
    return broken


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    chosen = given[1] if len(given) > 1 else int(time.time())
    with tempfile.TemporaryDirectory(prefix="missing-soak-") as directory:
        seconds, machines = given[0] if given else 90, given[2] if len(given) > 2 else len(MACHINES)
        sys.exit(1 if main(seconds, chosen, Path(directory), machines) else 0)
