"""`missing-bot processing-log`: all that was done with a child's data, by whom and when, to who may read it."""

import json
from typing import Any

import pytest

from bot.domain.people import TIMER
from bot.domain.permissions import Look
from bot.domain.processing import Processing, ProcessingKind
from bot.store.redis_stores import RedisStores
from tests.terminal.conftest import HERE, IN_THEIR_WORDS, REPORTED, Terminal
from tests.world import this_years

REF = this_years(1)
OLD = (
    '{"at":"2026-01-03T03:12:00Z","by":"ola","roles":["officer"],"look":"status",'
    f'"ref":"{REF}","surface":"slack"}}'
)


@pytest.fixture
def evening(terminal: Terminal) -> Terminal:
    """Two cases; Sam takes a step on the first, and Ola looks at it."""
    terminal.reported()
    terminal.done("cal", REPORTED.replace("LOG-1042", "LOG-1043"), IN_THEIR_WORDS)
    terminal.done("sam", "note LOG-1042 --text Seen")
    terminal.done("ola", "show LOG-1042")
    return terminal


def logged(terminal: Terminal, person: str, options: str = "") -> list[dict[str, Any]]:
    outcome = terminal.run(person, f"processing-log --json {options}")
    assert outcome.code == 0, outcome
    found: list[dict[str, Any]] = json.loads(outcome.out)
    return found


def did(lines: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(line["kind"], line["by"], line["action"]) for line in lines]


def test_it_says_what_was_done_to_one_case_by_whom_and_ends_with_this_look(evening: Terminal) -> None:
    lines = logged(evening, "sam", "--case LOG-1042")
    found = did(lines)
    assert ("collection", "cal", "reported, markers answered") in found or (
        "collection",
        "cal",
        "reported",
    ) in found
    assert ("collection", "sam", "noted") in found
    assert ("consultation", "ola", "open case") in found
    assert ("combination", "cal", "episodes shown") in found
    assert found[-1] == ("consultation", "sam", "processing log")
    assert {line["ref"] for line in lines if line["kind"] != "combination"} == {REF}
    assert [line["at"] for line in lines] == sorted(line["at"] for line in lines)


def test_each_line_says_its_purpose_without_anybody_being_asked(evening: Terminal) -> None:
    (line,) = [line for line in logged(evening, "sam", "--by ola") if line["action"] == "open case"]
    assert (line["ref"], line["roles"], line["surface"]) == (REF, ["officer"], HERE)
    assert (line["name"], line["allowed"], line["proof"]) == ("Ola Brandt", True, "sealed")


def test_of_one_person_by_name_or_id_and_from_a_time_on(evening: Terminal) -> None:
    assert {line["by"] for line in logged(evening, "sam", "--by ola")} == {"ola"}
    assert did(logged(evening, "sam", "--by Ola_Brandt")) == did(logged(evening, "sam", "--by ola"))
    assert logged(evening, "sam", "--by ola --case LOG-1043") == []
    assert did(logged(evening, "sam", "--from 2026-01-01")) != []
    assert logged(evening, "sam", "--from 2999-01-01") == []
    assert logged(evening, "sam", "--from 2999-01-01T00:00:00+01:00") == []


def test_a_name_can_be_said_on_standard_input(evening: Terminal) -> None:
    outcome = evening.run_as_typed(["processing-log", "--json", "--by", "-", "--as", "sam"], "Ola Brandt\n")
    assert {line["by"] for line in json.loads(outcome.out)} == {"ola"}


def test_whoever_is_nobody_s_name_is_said_so(evening: Terminal) -> None:
    outcome = evening.run("sam", "processing-log --by nobody")
    assert (outcome.code, outcome.out) == (1, "") and "Nobody of that name" in outcome.err


@pytest.mark.parametrize("person", ["pat", "ola", "cal"])
def test_it_is_for_supervisors_and_who_was_refused_is_in_it(evening: Terminal, person: str) -> None:
    outcome = evening.run(person, "processing-log")
    assert (outcome.code, outcome.out) == (1, "")
    (refused,) = [
        line for line in logged(evening, "sam", f"--by {person}") if line["action"] == Look.LOG.value
    ]
    assert refused["allowed"] is False


def test_the_rows_say_it_in_short_words(evening: Terminal) -> None:
    outcome = evening.run("sam", "processing-log --case LOG-1042")
    assert "looked at: open case" in outcome.out and "Ola Brandt" in outcome.out
    assert "Rowan" not in outcome.out and "Seen" not in outcome.out
    assert outcome.out.rstrip().endswith("OFFICIAL-SENSITIVE")


def test_who_came_into_a_channel_where_the_case_stands_is_among_its_lines(
    evening: Terminal, redis_stores: RedisStores
) -> None:
    at = redis_stores.cases.entries(REF)[-1].at

    def disclosed(action: str, place: str, ref: str = "") -> Processing:
        kind = ProcessingKind.DISCLOSURE
        return Processing(
            kind=kind, at=at, by=TIMER.id, action=action, ref=ref, place=place, to=("fay", "sam")
        )

    redis_stores.processing_log.note(
        *(disclosed("members", channel) for channel in ("C1", "C2", "C1")),
        *(disclosed("card", "C1", ref) for ref in (REF, this_years(2))),
        *(disclosed("members", channel) for channel in ("C2", "C1")),
    )
    found = [line for line in logged(evening, "sam", "--case LOG-1042") if line["kind"] == "disclosure"]
    assert [(line["action"], line["place"], line["to"]) for line in found] == [
        ("members", "C1", ["fay", "sam"]),
        ("card", "C1", ["fay", "sam"]),
        ("members", "C1", ["fay", "sam"]),
    ]


def test_a_case_that_was_erased_is_in_it_still(evening: Terminal, redis_stores: RedisStores) -> None:
    redis_stores.cases.forget(REF)
    assert ("collection", "sam", "noted") in did(logged(evening, "sam", f"--case {REF}"))


def test_what_was_noted_before_it_was_chained_is_read_and_said_to_be_so(
    evening: Terminal, redis_stores: RedisStores, prefix: str
) -> None:
    redis_stores.outbox._redis.xadd(f"{prefix}:consultations", {"said": OLD})
    first = logged(evening, "sam", f"--case {REF}")[0]
    assert (first["proof"], first["action"], first["number"]) == ("unchained", "status", 1)
    assert "before the log was chained" in evening.run("sam", "processing-log").out


def test_it_says_whether_each_line_is_as_it_was_written(
    evening: Terminal, redis_stores: RedisStores, prefix: str
) -> None:
    redis_stores.processing_log.link()
    good = evening.run("sam", "processing-log --verify")
    assert good.code == 0 and "as it was written" in good.out
    redis_stores.outbox._redis.lset(f"{prefix}:processing", 0, b"forged")
    bad = evening.run("sam", "processing-log --verify")
    assert bad.code == 1 and "line 1" in bad.out
    assert "Cannot be read: line 1" in evening.run("sam", "processing-log").out
