"""What is done again and again and fails for an hour is logged as that begins, and as it is over."""

from threading import Event

from structlog.testing import capture_logs

from bot.ports.errors import StoreUnavailable
from tests.waiting import until
from workers.periodic import PeriodicTask


class Turns:
    """Raises what it is given, turn by turn, and then works."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)
        self.works = Event()

    def __call__(self) -> None:
        if self._errors:
            raise self._errors.pop(0)
        self.works.set()


def logged_of(turns: Turns) -> list[str]:
    with capture_logs() as logged, PeriodicTask(turns, every=0.001, what="a look"):
        until("it works again", turns.works.is_set)
        until("that is said", lambda: "works again" in str(logged))
    assert {line["what"] for line in logged} == {"a look"}
    return [f"{line.get('why')} {'trace' in line} {line.get('failures')}" for line in logged]


def test_a_record_that_is_away_is_one_line_without_a_trace_and_one_when_it_is_back() -> None:
    errors = [StoreUnavailable(kind) for kind in ("ConnectionError", "TimeoutError", "ConnectionError")]
    assert logged_of(Turns(*errors)) == ["the record server does not answer False None", "None False 3"]


def test_another_fault_is_another_line_with_its_place() -> None:
    turns = Turns(ValueError(), ValueError(), KeyError())
    assert logged_of(turns) == ["ValueError True None", "KeyError True None", "None False 3"]
