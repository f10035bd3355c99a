"""The record's server is killed again and again in a storm, and a copy takes its place: what of that which was
acknowledged is gone.

    .venv/bin/python -m benchmarks.fail_over [TIMES] [REPLICAS …]

Three servers and three Sentinels; call handlers report HIGH children as fast as they can, bot, timer and workers run
beside them. Prints a line of JSON for each number of copies that a step has to wait for.
"""

import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, field

from benchmarks.chaos.site import storm_policy
from benchmarks.installation import Installation, running
from benchmarks.storm import REF
from bot.domain.facts import Answer
from bot.domain.people import Role
from bot.ports.errors import DuplicateIncident, StoreUnavailable
from tests.trio import Trio, three_servers

MARKED = {"suicidal_today": Answer.YES}
HANDLERS = 3
APART = 0.05  # seconds between two reports of one of them
BETWEEN = (1.0, 3.0)  # seconds from one fail-over to the next
QUIET = 300.0  # seconds at most until every page is out


class Calls(Struct):
    """What call handlers were told."""

    saved: dict[str, str] = field(default_factory=dict)  # incident → its case
    in_doubt: int = 0
    refused: int = 0


def main(times: int, replicas: Iterable[int]) -> None:
    for copies in replicas:
        print(json.dumps(_stormed(times, copies)), flush=True)


def _stormed(times: int, copies: int) -> dict[str, object]:
    with (
        tempfile.TemporaryDirectory(prefix="missing-bench-") as home,
        three_servers(Path(home) / "record") as trio,
        running(rate_limits=False, record=_settings(Path(home), trio, copies)) as installation,
    ):
        calls, stop = Calls(), threading.Event()
        handlers = [
            threading.Thread(target=_report, args=(installation, number, calls, stop))
            for number in range(HANDLERS)
        ]
        for handler in handlers:
            handler.start()
        away = [_failed_over(trio) for _ in range(times)]
        stop.set()
        for handler in handlers:
            handler.join()
        return {
            "fail_overs": times,
            "replicas": copies,
            **_counted(installation, calls),
            "seconds_until_all_followed": _middle(away),
        }


def _settings(home: Path, trio: Trio, copies: int) -> dict[str, str]:
    policy = home / "storm.toml"
    policy.write_text(storm_policy(), encoding="utf-8")
    return {**trio.settings(copies), "MISSING_POLICY_FILE": str(policy)}


def _report(installation: Installation, number: int, calls: Calls, stop: threading.Event) -> None:
    asked = 0
    while not stop.wait(APART):
        asked += 1
        incident = f"LOG-{number}-{asked}"
        try:
            ref = installation.report(installation.now(), markers=MARKED, incident=incident)
        except DuplicateIncident as known:  # a try whose answer was not heard had saved it
            ref = known.ref
        except StoreUnavailable as no:
            calls.in_doubt += no.perhaps
            calls.refused += not no.perhaps
            continue
        calls.saved[incident] = ref


def _failed_over(trio: Trio) -> float:
    """Seconds from the kill until another server took writes, and followed by two copies."""
    time.sleep(random.uniform(*BETWEEN))  # nosec B311 # no secret
    began = time.monotonic()
    trio.fail_over()
    return time.monotonic() - began


def _counted(installation: Installation, calls: Calls) -> dict[str, object]:
    cases = installation.bot.stores.cases
    gone = {
        ref
        for incident, ref in calls.saved.items()
        if (case := cases.load(ref)) is None or case.incident != incident
    }
    left = set(calls.saved.values()) - gone
    began = time.monotonic()
    deadline = began + QUIET
    while left - set(_paged(installation)) and time.monotonic() < deadline:
        time.sleep(1)
    paged, waited = _paged(installation), time.monotonic() - began
    return {
        "acknowledged": len(calls.saved),
        "gone": len(gone),
        "in_doubt": calls.in_doubt,
        "refused": calls.refused,
        "seconds_until_all_paged": round(waited),
        "not_paged": len(left - set(paged)),
        "paged_twice": sum(paged[ref] > 1 for ref in left),
        "of_them_said_to_repeat": sum(
            paged[ref] > 1 for ref in left & set(_paged(installation, "May repeat"))
        ),
    }


def _paged(installation: Installation, words: str = "") -> Counter[str]:
    """In how many posts of the FIM's channel (with these words) each case is named."""
    posts = (post for post in installation.posts_in(Role.FIM) if post.says(words))
    return Counter(ref for post in posts for ref in set(REF.findall(post.words)))


def _middle(seconds: list[float]) -> float:
    return round(sorted(seconds)[len(seconds) // 2], 1)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(given[0] if given else 10, given[1:] or [0, 1])
