"""A storm under kill -9, each other fault by itself, then what arrived. Ends with 1 where something was lost.

    python -m benchmarks.chaos [--cases 600] [--rounds 6] [--apart 10] [--wave 6] [--stopped 70] [--peers]

Its last line is JSON: sent, arrived, doubled, explained, lost, in cases; what each means stands at `count.Count`.
"""

import argparse
import json
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path

import structlog

from benchmarks.chaos.breaches import Reporters, Wave, let_come_due
from benchmarks.chaos.count import PAGES, Count, counted, pages_in
from benchmarks.chaos.disk import small_disk
from benchmarks.chaos.peers import Peers, beside
from benchmarks.chaos.site import STRUCK, Site, standing
from benchmarks.chaos.strikes import Strike, kill_in_turn, one_by_one
from benchmarks.soak.checks import PROMISES
from benchmarks.soak.evidence import Evidence
from benchmarks.soak.faults import Span

# Of the soak's promises those that hold whatever the load of the machine, and while cards wait: at a post a second 600
# cases' cards and threads take the better part of an hour, and pages do not wait for them.
HELD = (
    "What somebody was told is done is in the record.",
    "No step was written twice, and every record's chain is whole.",
    "Every page in the record is in its channel.",
    "No page is there twice, unless it says that it may be.",
    "No page is there that the record does not call for.",
)
_SOONEST = 5.0  # seconds until the first of a wave comes due
_STILL = 900.0  # seconds for everything to arrive once nothing strikes any more
_SHOWN = 8
_POSTS = "posts.json"  # as they stand at the end, and when each was edited


def main(how: argparse.Namespace, home: Path) -> int:
    began = time.time()
    with small_disk(home / "disk") as disk, standing(home, disk.place) as site:
        with beside(home / "peers", how.cases) if how.peers else nullcontext(Peers()) as peers:
            waves, spans = [Wave("storm")], list[Span]()
            storm(site, waves[0], how, peers, spans)
            for strike in one_by_one(site, disk, how.stopped) if how.wave else []:
                waves.append(Wave(re.sub(r"\W+", "-", strike.name).strip("-")))
                struck(site, waves[-1], strike, how.wave, spans)
            told = peers.wait()
        site.end_all()  # what is read from now on stands still
        found = Evidence(site, spans, [told for wave in waves for told in wave.told])
        seen = {"posts": [post.raw for post in found.posts], "edits": found.edits}
        (home / _POSTS).write_text(json.dumps(seen))
        return judge(found, waves, told, time.time() - began)


def storm(site: Site, wave: Wave, how: argparse.Namespace, peers: Peers, spans: list[Span]) -> None:
    lasts = how.rounds * len(STRUCK) * how.apart
    came_due = how.cases // 2
    let_come_due(site, wave, came_due, _SOONEST + how.cases / 50, lasts)
    reporters = Reporters(site, wave, how.cases - came_due, lasts)
    say(f"{_clock()} storm: {how.cases} breaches, {how.rounds} times kill -9 of {', '.join(STRUCK)}")
    reporters.start()
    peers.start(lasts)
    spans += kill_in_turn(site, how.rounds, how.apart, peers.kill)
    reporters.wait()
    arrive(site, wave)


def struck(site: Site, wave: Wave, strike: Strike, size: int, spans: list[Span]) -> None:
    """Half is reported meanwhile, half comes due."""
    say(f"{_clock()} {strike.name}, {strike.seconds:.0f} s")
    let_come_due(site, wave, size // 2, 1.0, strike.seconds)
    end, at = strike.begin(), time.time()
    reporters = Reporters(site, wave, size - size // 2, strike.seconds / 2)
    reporters.start()
    time.sleep(strike.seconds)
    end()
    spans.append(Span(strike.name, at, time.time()))
    reporters.wait()
    arrive(site, wave)


def arrive(site: Site, wave: Wave) -> None:
    """Waits until all has come due, and no page is to be written or waits."""
    time.sleep(max(0.0, max(wave.due.values(), default=0.0) - time.time()))
    site.wait_for_quiet(_STILL, PAGES)
    say(f"{_clock()} no page waits; people met: {dict(wave.met.most_common(6))}")


def judge(found: Evidence, waves: list[Wave], peers: Mapping[str, object], seconds: float) -> int:
    by_incident, pages = {case.incident: ref for ref, case in found.cases.items()}, pages_in(found)
    counts = {wave.name: counted(wave, by_incident, pages) for wave in waves}
    for name, count in counts.items():
        say(
            f"{name}: {count.arrived} of {count.sent} arrived, {count.doubled} doubled, slowest {count.slowest:.1f} s"
        )
        for lost in count.lost[:_SHOWN]:
            say(f"    LOST {lost}")
    broken = 0
    for promise in HELD:
        offenders = PROMISES[promise](found)
        broken += bool(offenders)
        say(f"{'BROKEN' if offenders else 'kept  '} {promise}")
        for offender in offenders[:_SHOWN]:
            say(f"    {offender.what}")
    for name, told in peers.items():
        say(f"{name}: {json.dumps(told)}")
    total = summed(list(counts.values()), waves, found) | {"broken": broken, "seconds": round(seconds)}
    say(json.dumps(total | ({"peers": peers} if peers else {})))
    well = total["arrived"] == total["sent"] and total["doubled"] == total["explained"]
    return 0 if well and not broken else 1


def summed(counts: list[Count], waves: list[Wave], found: Evidence) -> dict[str, object]:
    def total(of: Callable[[Count], float]) -> int:
        return int(sum(of(count) for count in counts))

    return {
        "sent": total(lambda count: count.sent),
        "arrived": total(lambda count: count.arrived),
        "doubled": total(lambda count: count.doubled),
        "explained": total(lambda count: count.explained),
        "lost": total(lambda count: len(count.lost)),
        "acknowledged": sum(len(wave.told) for wave in waves),
        "recorded": sum(len(wave.told) for wave in waves) - total(lambda count: len(count.unrecorded)),
        "kills": sum(span.kind.startswith("kill") for span in found.timeline),
        "faults": len(found.timeline),
        "slowest_s": round(max(count.slowest for count in counts)),
    }


def _clock() -> str:
    return time.strftime("%H:%M:%S")


def say(line: str) -> None:
    print(line, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--cases", type=int, default=600, help="breaches in the storm")
    parser.add_argument("--rounds", type=int, default=6, help="how often each process is killed")
    parser.add_argument("--apart", type=float, default=10.0, help="seconds between two kills")
    parser.add_argument(
        "--wave", type=int, default=6, help="breaches under each other fault; 0: the storm alone"
    )
    parser.add_argument("--stopped", type=float, default=70.0, help="seconds of a SIGSTOP")
    parser.add_argument("--peers", action="store_true", help="Alertmanager and plain RQ under the same kills")
    return parser.parse_args()


def run(how: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended then, too
    with tempfile.TemporaryDirectory(prefix="missing-chaos-") as directory:
        home = Path(directory)
        with (home / "keepers.log").open("w") as log:
            structlog.configure(logger_factory=structlog.PrintLoggerFactory(log))
            ended = main(how, home)
        if ended:
            print(f"Its logs and posts: {kept(home)}", file=sys.stderr)
        return ended


def kept(home: Path) -> Path:
    """Where they lie: what broke once may not break again for a night."""
    there = Path(tempfile.mkdtemp(prefix="missing-chaos-broken-"))
    for found in (*home.rglob("*.log"), home / _POSTS):
        shutil.copy(found, there / "-".join(found.relative_to(home).parts))
    return there


if __name__ == "__main__":
    sys.exit(run(arguments()))
