"""Twelve cases with their audit beside them, worked out by hand before there was any code for it, to the minute."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from bot import durations
from bot.audit.paged import PageSent
from bot.audit.runs import Run
from bot.audit.took import Took
from tests.audit.twelve import ANSWERS, expected, seen

by_case = pytest.mark.parametrize("file", ANSWERS, ids=lambda file: file.name.partition(".")[0])


def minutes(span: timedelta) -> str:
    return f"{span / timedelta(minutes=1):g}m"


def as_line(run: Run, start: datetime) -> str:
    done = minutes(run.done - start) if run.done else "-"
    return f"{run.key} {minutes(run.started - start)} {minutes(run.due - start)} {done} {run.outcome.value}"


def as_spans(took: Took) -> dict[str, str]:
    """What happened; a child who was not found has not been missing for any certain time."""
    spans = {name: span for name, span in structs.asdict(took).items() if isinstance(span, timedelta)}
    return {name: minutes(span) for name, span in spans.items() if name != "missing" or took.found}


def as_counts(pages: Sequence[PageSent]) -> dict[str, Any]:
    return {
        "posts": len(pages),
        "by_rung": dict(Counter(page.rung for page in pages)),
        "acknowledged": sum(page.acknowledged_at is not None for page in pages),
        "answered": sum(page.answered for page in pages),
    }


def test_there_are_twelve() -> None:
    assert len(ANSWERS) == 12


@by_case
def test_each_clock_is_met_late_or_missed_to_the_minute(file: Path) -> None:
    audit, start = seen(file)
    assert sorted(as_line(run, start) for run in audit.runs) == sorted(
        " ".join(line.split()) for line in expected(file)["clocks"]
    )


@by_case
def test_the_seven_checks_and_the_grade(file: Path) -> None:
    audit, _ = seen(file)
    wanted = expected(file)
    assert {check.value: verdict.value for check, verdict in audit.checks.items()} == wanted["checks"]
    assert (audit.grade.value, audit.high) == (wanted["grade"], wanted["high"])


@by_case
def test_how_long_things_took_and_what_was_never_done(file: Path) -> None:
    audit, _ = seen(file)
    wanted = expected(file)
    assert as_spans(audit.took) == {
        name: minutes(durations.parse(span)) for name, span in wanted["took"].items()
    }
    assert audit.attendance_refused == wanted["attendance_refused"]
    assert (audit.undone if audit.undone is None else list(audit.undone)) == wanted["undone"]


@pytest.mark.parametrize(
    "file",
    [file for file in ANSWERS if "pages" in expected(file)],
    ids=lambda file: file.name.partition(".")[0],
)
def test_the_pages_that_it_took(file: Path) -> None:
    audit, _ = seen(file)
    assert as_counts(audit.pages) == expected(file)["pages"]
