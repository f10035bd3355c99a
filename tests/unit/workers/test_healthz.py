"""`GET /healthz`, asked over a real line: 200 after a tick that is newer than the question, 503 and why, else."""

import json
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from threading import Event, Thread
from typing import Any

import pytest

from bot.store.memory import MemoryStores
from bot.time import CaseClock, HostClock
from workers.alarm.healthz import Facts, HealthServer
from workers.alarm.sources import unmonitored
from workers.alarm.watchdog import Watchdog, WatchdogPatience
from workers.timing.timer import BEAT


class HastyMachine:
    """A second goes by with each look at it."""

    def __init__(self) -> None:
        self.at = 5000.0

    def seconds(self) -> float:
        self.at += 1
        return self.at


class Asked:
    def __init__(self) -> None:
        self.machine, self.stores = HastyMachine(), MemoryStores()
        self.dog = Watchdog(
            self.stores, CaseClock(self.machine), self.machine, self.machine.seconds, BEAT, WatchdogPatience()
        )
        self.facts = Facts(known={"open_cases": 3})
        self.port = 0

    def known(self) -> Facts:
        return self.facts

    def tick(self) -> None:
        """A timer's, which nobody can have asked after."""
        self.stores.heartbeats.beat(BEAT, self.machine.at + 1000)
        self.dog.look()

    def ask(self, method: str = "GET", path: str = "/healthz") -> tuple[HTTPResponse, bytes]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request(method, path)
        answer = line.getresponse()
        try:
            return answer, answer.read()
        finally:
            line.close()

    def said(self) -> tuple[int, dict[str, Any]]:
        answer, body = self.ask()
        assert answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(body)


@pytest.fixture
def asked() -> Iterator[Asked]:
    asked = Asked()
    with HealthServer(asked.dog, lambda: asked.known(), asked.machine, "127.0.0.1", 0) as server:
        asked.port = server.port
        yield asked


def test_after_a_tick_it_is_ok(asked: Asked) -> None:
    asked.tick()
    assert asked.said() == (200, {"ok": True, "stopped": "", "degraded": [], "open_cases": 3})


@pytest.mark.parametrize(("timers_live", "status"), [(True, 200), (False, 503)])
def test_timers_of_a_machine_that_is_some_seconds_behind_are_heard(timers_live: bool, status: int) -> None:
    machine, stores, is_over = HostClock(), MemoryStores(), Event()
    dog = Watchdog(stores, CaseClock(machine), machine, machine.seconds, BEAT, WatchdogPatience())

    def goes_on() -> None:
        while not is_over.wait(0.05):
            if timers_live:
                stores.heartbeats.beat(BEAT, machine.seconds() - 8)
            dog.look()

    stores.heartbeats.beat(BEAT, machine.seconds() - 8)
    looking = Thread(target=goes_on)
    looking.start()
    try:
        with HealthServer(dog, Facts, machine, "127.0.0.1", 0) as server:
            line = HTTPConnection("127.0.0.1", server.port, timeout=60)
            line.request("GET", "/healthz")
            assert line.getresponse().status == status
            line.close()
    finally:
        is_over.set()
        looking.join()


def test_without_a_tick_it_waits_and_says_what_has_stopped(asked: Asked) -> None:
    status, said = asked.said()
    assert (status, said["ok"], said["stopped"]) == (503, False, "No timer looks at the time.")


def test_what_else_has_stopped_is_said_after_a_tick_too(asked: Asked) -> None:
    asked.tick()
    asked.facts = Facts(stopped="The bot has no connection to Slack.", degraded=("A worker is missing.",))
    status, said = asked.said()
    assert status == 503
    assert (said["stopped"], said["degraded"]) == (
        "The bot has no connection to Slack.",
        ["A worker is missing."],
    )


def test_other_questions_are_refused(asked: Asked) -> None:
    asked.tick()
    assert asked.ask(path="/")[0].status == 404
    assert asked.ask("POST")[0].status == 405
    answer, body = asked.ask("HEAD")
    assert (answer.status, body) == (200, b"")


def test_a_fault_of_ours_is_an_answer_and_the_next_one_is_right(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Facts:
        raise RuntimeError("broken")

    asked.tick()
    with monkeypatch.context() as breaking:
        breaking.setattr(asked, "known", broken)
        assert asked.ask()[0].status == 500
    assert asked.said()[0] == 200


def test_who_says_nothing_and_who_hangs_up_keep_nobody_waiting(asked: Asked) -> None:
    asked.tick()
    with socket.create_connection(("127.0.0.1", asked.port)):
        with socket.create_connection(("127.0.0.1", asked.port)) as rude:
            rude.sendall(b"GET /healthz HTTP/1.1\r\n\r\n")
        assert asked.said()[0] == 200


def test_it_ends_and_gives_the_port_back(asked: Asked) -> None:
    with HealthServer(asked.dog, asked.known, asked.machine, "127.0.0.1", 0) as other:
        port = other.port
    with HealthServer(asked.dog, asked.known, asked.machine, "127.0.0.1", port) as again:
        assert again.port == port


def test_a_port_that_is_taken_ends_nobody_and_is_listened_on_once_it_is_free() -> None:
    asked = Asked()
    with socket.create_server(("127.0.0.1", 0)) as other:
        asked.port = other.getsockname()[1]
        server = HealthServer(asked.dog, asked.known, asked.machine, "127.0.0.1", asked.port)
        server.__enter__()
        said = unmonitored(server.trouble, "alpha, 7")
    try:
        (matter,) = said.values()
        assert matter and matter.says == (
            f"The bot alpha, 7 cannot listen on 127.0.0.1, port {asked.port} (Address already in use): neither "
            "/healthz nor /metrics answers there. End what listens there, or set MISSING_HEALTH__PORT to another port."
        )
        server.look()
        asked.tick()
        assert asked.said()[0] == 200
        assert unmonitored(server.trouble, "alpha, 7") == {}
    finally:
        server.__exit__(None, None, None)


def test_whoever_never_got_the_port_ends_all_the_same() -> None:
    asked = Asked()
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        HealthServer(asked.dog, asked.known, asked.machine, "127.0.0.1", other.getsockname()[1]) as server,
    ):
        assert server.trouble
