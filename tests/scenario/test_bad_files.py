"""A file that is not valid: which line, and what was expected there."""

import pytest

from bot.files.invalid import FileInvalid
from bot.replay.scenario import load
from tests.scenario.conftest import Written

UNTIL = "until: 30m"


@pytest.mark.parametrize(
    ("before", "after", "line", "expected"),
    [
        ("title:", "titel:", 2, "unknown key titel; expected one of id, title, source"),
        ("id: T1\n", "", 1, "id is missing"),
        (UNTIL, "", 1, "until is missing"),
        ("+00:00", "", 4, "start: expected a time with its offset from UTC"),
        ("start: 2026-03-02T13:40:00+00:00", "start: 10m", 4, "a time with its offset, such as"),
        ("[fim]", "[fmi]", 5, "'fim'"),
        ("[fim]", "[owner]", 5, "a duty"),
        ("at: 0m", "at: 10", 7, "an offset such as 90s, 15m, 1h30m or -55m"),
        ("at: 0m", "at: soon", 7, "not 'soon'"),
        ("by: cal", "times: 0", 8, "greater than or equal to 1"),
        ("    by: cal\n", "", 7, "'by', the person who takes the step"),
        ("report:", "reprot:", 9, "unknown key reprot; expected one of at, by, case, times, report"),
        ("category:", "categry:", 12, "unknown key categry"),
        ("age: 15", "age: fifteen", 11, "steps.1.report.child.age: expected a whole number"),
        ("markers: {}", "markers: {cse: maybe}", 15, "yes, no or not_known, not 'maybe'"),
        ("age: 15", "born: 6 May 2010", 11, "child.born: expected a date such as 2010-05-06"),
        ("[fim]", "fim", 5, "people.fay: expected a list in brackets"),
        ("markers: {}", "markers: {csa: yes}", 15, "report.markers.csa: expected a marker code"),
        ("markers: {}", "grade: {level: severe}", 15, "'high', 'medium' or 'low'"),
        ("expect:", "  - {at: 1m, by: cal}\nexpect:", 16, "exactly one verb of report, grade"),
        ("expect:", "  - {at: 1m, by: cal, take: {}, accept: {}}\nexpect:", 16, "exactly one verb"),
        ("expect:", "  - {at: 1m, by: cal, down: {}}\nexpect:", 16, "no 'by'"),
        ("expect:", "  - {at: 1m, by: cal, take: {now: yes}}\nexpect:", 16, "unknown key now"),
        ("expect:", "  - {at: 1m, by: cal, case: LOG-9, take: {}}\nexpect:", 16, "'case' to be one of LOG-1"),
        ("expect:", "  - {at: 1m, by: cal, times: 2, take: {}}\nexpect:", 16, "'times' beside a report"),
        ("expect:", "  - {at: 1m, by: cal, by: fay, take: {}}\nexpect:", 16, "each key once, not 'by' again"),
        (UNTIL, "until: {", 19, "expected YAML"),
        ("is: open", "is: lost", 17, "'open', 'located' or 'closed'"),
        ("status:", "state:", 17, "unknown key state; expected one of page, no_page"),
        ("{is: open, at: 0m}", "{is: open}", 17, "expect.1.status.at is missing"),
        (
            "status: {is: open",
            "clock: {name: fim-awre, state: off",
            17,
            "a clock (caller-told, closure",
        ),
        ("status: {is: open", "clock: {name: ppn, state: done", 17, "'breached' or 'off'"),
        ("status: {is: open, at: 0m}", "refused: {step: 1, because: no}", 17, "'no-such-person'"),
        ("status: {is: open", "proposed: {level: high, because: [tired]", 17, "a reason of a proposal"),
        (UNTIL, "policy: {clocks: {ppn: {hihg: 5m}}}\nuntil: 30m", 18, "unknown key hihg"),
        (UNTIL, "policy: {clocks: {ppm: {high: 5m, ladder: [fim]}}}\nuntil: 30m", 18, "unknown clock ppm"),
        (UNTIL, "policy: {clocks: {ppm: {high: 5m}}}\nuntil: 30m", 18, "unknown clock ppm"),
        (UNTIL, "policy: {steps: {high: 0m}}\nuntil: 30m", 18, "longer than nothing"),
    ],
)
def test_says_where_and_what(written: Written, before: str, after: str, line: int, expected: str) -> None:
    file = written(before, after)
    with pytest.raises(FileInvalid) as refused:
        load(file)
    said = str(refused.value).splitlines()
    assert any(each.startswith(f"{file}:{line}: ") and expected in each for each in said), said


def test_names_every_mistake_at_once(written: Written) -> None:
    with pytest.raises(FileInvalid) as refused:
        load(written("title: A small one\nsource: Invented", "titel: x"))
    assert len(refused.value.found) == 1
    with pytest.raises(FileInvalid) as refused:
        load(
            written("    by: cal\n    report:", "    by: cal\n    times: no\n    report:\n      colour: red")
        )
    assert [line for line, _ in refused.value.found] == [9, 11]


def test_several_cases_must_be_named(written: Written) -> None:
    step = "  - {at: 1m, by: ola, take: {}}\n"
    with pytest.raises(FileInvalid, match="expected 'case', one of LOG-1-1, LOG-1-2") as refused:
        load(written("    by: cal\n", "    by: cal\n    times: 2\n"))
    assert [line for line, _ in refused.value.found] == [18]
    with pytest.raises(FileInvalid, match="one of the reports"):
        load(written(SMALL_REPORT, step))


SMALL_REPORT = """\
  - at: 0m
    by: cal
    report:
      ref: LOG-1
      child: {name: Kit Reed, age: 15}
      category: missing
      why_worried: Not home
      reporter: {name: Jo Reed, relationship: mother, phone: 07700 900100}
      markers: {}
"""


def test_an_empty_file(written: Written) -> None:
    file = written()
    file.write_text("")
    with pytest.raises(FileInvalid, match="the file is empty"):
        load(file)


def test_a_file_that_is_no_text(written: Written) -> None:
    file = written()
    file.write_bytes(b"id: T1\ntitle: \xff\xfe\n")
    with pytest.raises(FileInvalid, match=":2: expected text in UTF-8"):
        load(file)
