"""What the benchmarks make of what they have seen: shares, what came early, who was not answered."""

from pathlib import Path

import benchmarks.tables
from benchmarks.acknowledged import SLACK_WAITS, Round, latency_of, row
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


def test_a_row_tells_middles_their_ratio_and_of_how_many_what_was_not_answered_or_never_opened() -> None:
    theirs = [Round([0.010, 0.010, 0.010]), Round([0.020, 0.020, 0.020])]
    ours = [Round([0.030, 0.030, SLACK_WAITS], never_opened=1), Round([0.060, 0.060, 0.060])]
    assert row(3, theirs, ours) == (3, 15.0, 45.0, 3.0, 20.0, 3000.0, "0 / 1 of 6", "0 / 1 of 6")


def test_a_table_tells_three_figures_and_what_was_not_measured() -> None:
    table = Table(title="T", command="c", heads=("a", "b", "c", "d"), rows=[(1234, 12.3456, 1234.5, None)])
    assert as_markdown(table).splitlines()[-1] == "| 1,234 | 12.3 | 1234 | – |"


def test_what_make_benchmark_runs_is_there() -> None:
    room = Path(benchmarks.tables.__file__).parent
    assert [name for name in MEASURED if not (room / f"{name}.py").exists()] == []
