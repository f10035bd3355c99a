"""From the second a clock comes due to the message in the channel: idle machine, real processes, one page at a time.

    .venv/bin/python -m benchmarks.due_to_posted [CASES]

Each case gives two pages, its grade's to the supervisor and its owner's to the FIM, both read off their clocks. Takes
some 6 minutes and 1.1 s a case. The workspace's rate limits are off: at one post a second and channel, nothing idle
meets them.
"""

import sys
from datetime import datetime, timedelta
from operator import attrgetter

from benchmarks.installation import Installation, late_by, running
from bot.domain.clocks import clocks
from bot.domain.people import Role

APART = timedelta(seconds=1.1)
AHEAD = timedelta(seconds=15)  # of its first page, a case is reported
GRADE_DUE = timedelta(minutes=10)
PAGES = {"grade-recorded": Role.SUPERVISOR, "owner-accepted": Role.FIM}
PATIENCE = 60.0  # seconds after the last page was due


def main(cases: int) -> None:
    with running(rate_limits=False) as installation:
        refs = _report_all(installation, cases)
        lateness = sorted(_lateness(installation, refs))
    worst = lateness[-1]
    print(
        f"{len(lateness)} pages of {cases} cases: p50 {_ms(lateness[len(lateness) // 2])}, "
        f"p99 {_ms(lateness[int(len(lateness) * 0.99)])}, slowest {_ms(worst)}, earliest {_ms(lateness[0])}"
    )


def _report_all(installation: Installation, cases: int) -> list[str]:
    """One every APART, each AHEAD of its first page."""
    first_due = installation.now() + AHEAD
    refs = []
    for number in range(cases):
        due = first_due + number * APART
        _wait_until(installation, due - AHEAD)
        refs.append(installation.report(due - GRADE_DUE))
    return refs


def _wait_until(installation: Installation, then: datetime) -> None:
    installation.workspace.wait_for(lambda: installation.now() >= then, "the time to report", 10)


def _lateness(installation: Installation, refs: list[str]) -> list[timedelta]:
    return [each for name, role in PAGES.items() for each in _of_clock(installation, refs, name, role)]


def _of_clock(installation: Installation, refs: list[str], name: str, role: Role) -> list[timedelta]:
    due = {ref: _due(installation, ref, name) for ref in refs}
    last = (max(due.values()) - installation.now()).total_seconds()
    installation.workspace.wait_for(
        lambda: len(installation.posts_in(role)) >= len(refs),
        f"{len(refs)} pages of {name}",
        max(last, 0) + PATIENCE,
    )
    posts = sorted(installation.posts_in(role), key=attrgetter("ts"))
    return [late_by(next(post for post in posts if post.says(ref)), due[ref]) for ref in refs]


def _due(installation: Installation, ref: str, name: str) -> datetime:
    case = installation.bot.stores.cases.load(ref)
    assert case is not None
    found = next(clock for clock in clocks(case, installation.bot.policy) if clock.name == name)
    assert found.due is not None
    return found.due


def _ms(late: timedelta) -> str:
    return f"{late / timedelta(milliseconds=1):.0f} ms"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
