"""Slack answers nothing but errors for ten minutes, at real thresholds: what leaves another way, what is told after.

    .venv/bin/python -m benchmarks.slack_down [MINUTES]

Each minute meanwhile a HIGH child is reported. A page to one role about one case counts as told when a post in the
role's channel names the case.
"""

import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable

from benchmarks.installation import Installation, running
from bot.domain.facts import Grade
from bot.domain.people import Role
from tests.outside import Pager, pager

APART = 60.0  # seconds between two reports
LOOK = 0.2
TOLD_WITHIN = 60.0  # seconds, once Slack is back
PAGED = (Role.FIM, Role.DUTY_INSPECTOR, Role.SUPERINTENDENT, Role.SUPERVISOR)
REF = re.compile(r"MC-\d{2}-\d{4,}")


def main(minutes: int) -> None:
    with pager() as beeper:
        os.environ["MISSING_WAYS_OUT"] = json.dumps({role.value: {"SMS": beeper.url} for role in PAGED})
        with running(rate_limits=True) as installation:
            installation.workspace.fault("server_error")
            waited = _ten_minutes(installation, beeper, minutes)
            installation.workspace.clear_faults()
            print(f"Down for {minutes} min, {len(waited)} HIGH cases: first way out after {_seconds(waited)}")
            _after(installation, set(waited))


def _ten_minutes(installation: Installation, beeper: Pager, minutes: int) -> dict[str, float | None]:
    """Seconds from each report to its first SMS; None where none came. The last minute is left for the last SMS."""
    began = time.monotonic()
    reported: dict[str, float] = {}
    left: dict[str, float] = {}
    while (now := time.monotonic()) < began + minutes * 60:
        if now >= began + len(reported) * APART and len(reported) < minutes - 1:
            reported[installation.report(installation.now(), grade=Grade.HIGH)] = now
        for ref in _named(beeper.words) - left.keys():
            left[ref] = now - reported[ref]
        time.sleep(LOOK)
    return {ref: left.get(ref) for ref in reported}


def _after(installation: Installation, refs: set[str]) -> None:
    back = time.monotonic()
    installation.workspace.wait_for(
        lambda: _named(post.words for post in installation.posts_in(Role.FIM)) >= refs,
        "all are told",
        TOLD_WITHIN,
    )
    print(f"Back: all {len(refs)} told to the FIM {time.monotonic() - back:.1f} s later")
    installation.workspace.wait_for(
        lambda: not installation.bot.stores.outbox.lanes(), "nothing waits", 2 * TOLD_WITHIN
    )
    for role in PAGED:
        posts = installation.posts_in(role)
        told = Counter(ref for post in posts for ref in _named([post.words]))
        most = max(told.values(), default=0)
        print(f"  {role.value}: {len(posts)} posts, {len(told)} cases, none named more than {most} times")


def _named(texts: Iterable[str]) -> set[str]:
    return {ref for text in texts for ref in REF.findall(text)}


def _seconds(waited: dict[str, float | None]) -> str:
    came = sorted(each for each in waited.values() if each is not None)
    missed = len(waited) - len(came)
    return f"{came[0]:.0f} to {came[-1]:.0f} s" + (f"; {missed} WITHOUT" if missed else "")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
