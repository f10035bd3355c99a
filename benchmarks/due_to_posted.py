"""From the second a clock comes due to the message in the channel: real processes, one page at a time.

    .venv/bin/python -m benchmarks.due_to_posted [--json FILE] [CASES [OPEN …]]

Each case gives a page to the FIM, since nobody owns it, read off its clock. OPEN: how many others are open meanwhile,
of which nothing is due; each number has an installation of its own. One takes half a minute, 1.1 s a case, and a minute
or more for a hundred thousand open. The workspace's rate limits are off: at one post a second and channel, nothing here
meets them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from statistics import median

from benchmarks import tables
from benchmarks.installation import Installation, late_by, running
from benchmarks.seeding import somebody
from benchmarks.tables import Cell, Table, p99
from bot.domain.clocks import clocks
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.domain.policy import ClockName

CASES = 300
APART = timedelta(seconds=1.1)
AHEAD = timedelta(seconds=15)  # of its page, a case is reported
OWNER_DUE = timedelta(minutes=15)  # at medium
PATIENCE = 60.0  # seconds after the last page was due


def measure(given: Sequence[str]) -> Iterator[Table]:
    cases, *others = (int(each) for each in (given or [str(CASES)]))
    others = others or [0]
    yield Table(
        title="From due to posted",
        command=f".venv/bin/python -m benchmarks.due_to_posted {cases} {' '.join(map(str, others))}",
        heads=("open meanwhile", "pages", "p50 ms", "p99 ms", "slowest ms", "earliest ms", "early"),
        rows=[(many, *told(_late(cases, many))) for many in others],
    )


def told(late: list[float]) -> tuple[Cell, ...]:
    """Of milliseconds, negative where a page came before it was due."""
    return len(late), median(late), p99(late), max(late), min(late), sum(each < 0 for each in late)


def _late(cases: int, others: int) -> list[float]:
    with running(rate_limits=False) as installation:
        if others:
            installation.seed(others, installation.now(), taken=True)
        refs = _report_all(installation, cases)
        return [each / timedelta(milliseconds=1) for each in _lateness(installation, refs)]


def _report_all(installation: Installation, cases: int) -> list[str]:
    """One every APART, each AHEAD of its page."""
    first_due = installation.now() + AHEAD
    refs = []
    for number in range(cases):
        due = first_due + number * APART
        _wait_until(installation, due - AHEAD)
        refs.append(installation.report(due - OWNER_DUE, grade=Grade.MEDIUM, child=somebody()))
    return refs


def _wait_until(installation: Installation, then: datetime) -> None:
    installation.workspace.wait_for(lambda: installation.now() >= then, "the time to report", 10)


def _lateness(installation: Installation, refs: list[str]) -> list[timedelta]:
    due = {ref: _due(installation, ref) for ref in refs}
    last = (max(due.values()) - installation.now()).total_seconds()
    installation.workspace.wait_for(
        lambda: len(installation.posts_in(Role.FIM)) >= len(refs),
        f"{len(refs)} pages",
        max(last, 0) + PATIENCE,
    )
    posts = sorted(installation.posts_in(Role.FIM), key=attrgetter("ts"))
    return [late_by(next(post for post in posts if post.says(ref)), due[ref]) for ref in refs]


def _due(installation: Installation, ref: str) -> datetime:
    case = installation.bot.stores.cases.load(ref)
    assert case is not None
    found = next(
        clock for clock in clocks(case, installation.bot.policy) if clock.name == ClockName.OWNER_ACCEPTED
    )
    assert found.due is not None
    return found.due


if __name__ == "__main__":
    tables.main(__doc__, measure)
