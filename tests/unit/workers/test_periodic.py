"""What is done again and again and fails for an hour is logged as that begins, and as it is over."""

import subprocess
import sys
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


WAITS_BESIDE_A_BUSY_MAIN_THREAD = """
import os, signal, threading, time
from workers.periodic import stop_on_signals

def wait():
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    print("waits", flush=True)
    print("told" if stop.wait(50) else "not told", flush=True)
    os._exit(0)

stop = stop_on_signals()
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
threading.Thread(target=wait).start()
time.sleep(60)
"""


def test_a_signal_ends_a_wait_though_python_has_not_called_its_handler_yet() -> None:
    """Handlers are called between two steps of the main thread, and a wait may have begun just before: here the main
    thread is held up for good."""
    command = [sys.executable, "-c", WAITS_BESIDE_A_BUSY_MAIN_THREAD]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waits\n"
        process.terminate()
        assert process.stdout.readline() == "told\n"
