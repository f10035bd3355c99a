"""Many cases come due for the FIM in one second: when the first post is there, how many there are, who is left out.

    .venv/bin/python -m benchmarks.storm [CASES …]

The workspace's rate limits are on: one post a second and channel. A post of N is in time within N + 2 s.
"""

import re
import sys
from datetime import datetime, timedelta

from benchmarks.installation import Installation, late_by, running
from bot.domain.facts import Grade
from bot.domain.people import Role

OWNER_DUE = timedelta(minutes=15)  # at medium
REF = re.compile(r"MC-\d{2}-\d{4,}")
PATIENCE = 120.0  # seconds after they came due


def main(sizes: list[int]) -> None:
    for size in sizes:
        with running(rate_limits=True) as installation:
            print(_storm(installation, size), flush=True)


def _storm(installation: Installation, size: int) -> str:
    ahead = timedelta(seconds=20 + size / 20)
    due = (installation.now() + ahead).replace(microsecond=0)
    refs = {installation.report(due - OWNER_DUE, grade=Grade.MEDIUM) for _ in range(size)}
    assert installation.now() < due, "reporting took longer than there was time for"
    assert not installation.posts_in(Role.FIM), "a page came early"
    until_due = (due - installation.now()).total_seconds()
    installation.workspace.wait_for(
        lambda: _named(installation) >= refs, f"all {size} are named", until_due + PATIENCE
    )
    return f"{size} cases: {_told(installation, due)}, {len(refs - _named(installation))} left out"


def _named(installation: Installation) -> set[str]:
    return {ref for post in installation.posts_in(Role.FIM) for ref in REF.findall(post.words)}


def _told(installation: Installation, due: datetime) -> str:
    late = sorted(late_by(post, due).total_seconds() for post in installation.posts_in(Role.FIM))
    return f"{len(late)} posts, the first {late[0]:.2f} s after they came due, the last {late[-1]:.2f} s"


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [60, 500])
