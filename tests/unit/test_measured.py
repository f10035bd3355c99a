"""What the benchmarks make of what they have seen: shares, what came early, who was not answered."""

from pathlib import Path

import benchmarks.tables
from benchmarks.acknowledged import SLACK_WAITS, latency_of
from benchmarks.due_to_posted import told
from benchmarks.measured import MEASURED
from benchmarks.tables import Table, as_markdown, p99


def test_a_hundredth_is_slower_and_of_fewer_the_slowest_is_told() -> None:
    assert p99([*range(200)]) == 198
    assert p99([3, 1, 2]) == 3


def test_a_page_that_came_before_it_was_due_is_counted_as_early() -> None:
    pages, middle, _, slowest, earliest, early = told([40.0, -2.0, 30.0])
    assert (pages, middle, slowest, earliest, early) == (3, 30.0, 40.0, -2.0, 1)


def test_a_page_on_the_second_is_not_early() -> None:
    assert told([0.0, 10.0])[-1] == 0


def test_what_was_not_answered_waited_for_as_long_as_slack_does() -> None:
    assert latency_of({"outcome": "acked", "latency": 0.2}) == 0.2
    assert latency_of({"outcome": "timeout", "latency": 2.9999}) == SLACK_WAITS
    assert latency_of({"outcome": "no_connection", "latency": 0.0}) == SLACK_WAITS


def test_a_table_tells_three_figures_and_what_was_not_measured() -> None:
    table = Table(title="T", command="c", heads=("a", "b", "c", "d"), rows=[(1234, 12.3456, 1234.5, None)])
    assert as_markdown(table).splitlines()[-1] == "| 1,234 | 12.3 | 1234 | – |"


def test_what_make_benchmark_runs_is_there() -> None:
    room = Path(benchmarks.tables.__file__).parent
    assert [name for name in MEASURED if not (room / f"{name}.py").exists()] == []
