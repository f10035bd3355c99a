"""From the second a clock comes due to the message in the channel: idle machine, real processes, one page at a time.

    .venv/bin/python -m benchmarks.due_to_posted [--json FILE] [CASES]

Each case gives two pages, its grade's to the supervisor and its owner's to the FIM, both read off their clocks. Takes
some 6 minutes and 1.1 s a case. The workspace's rate limits are off: at one post a second and channel, nothing idle
meets them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from benchmarks import tables
from benchmarks.installation import Installation, late_by, running
from benchmarks.tables import Table
from bot.domain.clocks import clocks
from bot.domain.people import Role

CASES = 300
APART = timedelta(seconds=1.1)
AHEAD = timedelta(seconds=15)  # of its first page, a case is reported
GRADE_DUE = timedelta(minutes=10)
PAGES = {"grade-recorded": Role.SUPERVISOR, "owner-accepted": Role.FIM}
PATIENCE = 60.0  # seconds after the last page was due


def measure(given: Sequence[str]) -> Iterator[Table]:
    cases = int(given[0]) if given else CASES
    with running(rate_limits=False) as installation:
        refs = _report_all(installation, cases)
        late = [each / timedelta(milliseconds=1) for each in sorted(_lateness(installation, refs))]
    yield Table(
        title="From due to posted",
        command=f"python -m benchmarks.due_to_posted {cases}",
        heads=("pages", "p50 ms", "p99 ms", "slowest ms", "earliest ms"),
        rows=[(len(late), late[len(late) // 2], late[int(len(late) * 0.99)], late[-1], late[0])],
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


if __name__ == "__main__":
    tables.main(__doc__, measure)
