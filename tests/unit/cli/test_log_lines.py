"""Given a process of ours off a terminal, then each line of its log is one JSON object, with the request it is about,
and an error is told by kind and place: its words may be a person's."""

import json
from typing import Any

import pytest
import structlog

from bot.deadline import Deadline, within
from bot.pools import THREADS
from cli.log_lines import write_log
from handlers.background import BackgroundTasks

TYPED = "Wren Hale"


def fails() -> None:
    raise ValueError(TYPED)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(autouse=True)
def _written() -> None:
    write_log()


def test_a_line_is_an_object_with_its_request_and_its_case(capsys: pytest.CaptureFixture[str]) -> None:
    with within(Deadline(5.0, request="Ev01")):
        structlog.get_logger().info("saved", case="MC-26-0001")
    structlog.get_logger().warning("works again")
    about, by_itself = lines(capsys)
    assert about.pop("timestamp").endswith("Z")
    assert about == {"event": "saved", "level": "info", "case": "MC-26-0001", "request": "Ev01"}
    assert "request" not in by_itself


def test_of_an_error_it_has_kind_and_place_alone(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        fails()
    except ValueError:
        structlog.get_logger().exception("failed")
    (line,) = lines(capsys)
    assert line["why"] == "ValueError" and "in fails" in line["trace"]
    assert TYPED not in str(line)


def test_what_is_shown_after_the_answer_names_the_request_that_it_was_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tasks = BackgroundTasks(THREADS)
    with within(Deadline(5.0, request="Ev02")):
        tasks.do("home page", fails)
    tasks.close()
    (line,) = lines(capsys)
    assert (line["event"], line["request"]) == ("not shown", "Ev02")
    assert TYPED not in str(line)
