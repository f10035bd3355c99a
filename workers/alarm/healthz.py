"""`GET /healthz`: 200 once a timer has really looked at the time after the question, 503 and what has stopped else.

`GET /metrics`: the numbers, whatever they are.
"""

import json
import socket
import threading
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any

import structlog
from msgspec import Struct

from bot.deadline import Deadline, within
from bot.time import MachineClock
from workers.alarm.watchdog import Watchdog

_DEADLINE = 3.0  # machine seconds in which a tick has to come; the question rings for one
_FACTS = (
    2.0  # seconds for all that the record is asked: whoever monitors waits no longer than ten for an answer
)
_AGAIN = 0.1
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
_PATIENCE = 10.0  # seconds in which whoever asks has to send the question, and to take the answer

log = structlog.get_logger()


class Facts(Struct, frozen=True, kw_only=True):
    """Asked anew for each answer. No reference and no name: whoever may ask this port may read them."""

    stopped: str = ""  # a sentence; "" while all that must run runs
    degraded: tuple[str, ...] = ()  # sentences: it works, and somebody should look at it
    known: Mapping[str, Any] = {}


class HealthServer:
    """Serves from threads of its own while the block lasts."""

    def __init__(
        self,
        watchdog: Watchdog,
        facts: Callable[[], Facts],
        machine: MachineClock,
        address: str,
        port: int,
        metrics: Callable[[], bytes] = bytes,
    ) -> None:
        """`metrics`: in Prometheus' text format."""
        self._watchdog = watchdog
        self._facts = facts
        self._machine = machine
        self._address = address
        self._asked_port = port
        self._metrics = metrics
        self._ends = threading.Event()
        self._served: tuple[_Server, threading.Thread] | None = None
        self.port = 0
        self.trouble = ""  # why nobody is answered, and what to do

    def __enter__(self) -> "HealthServer":
        """Where nobody may listen there, `look` tries again: who reports a child does not wait for who monitors."""
        self.look()
        return self

    def look(self) -> None:
        if self._served is not None:
            return
        try:
            server = _Server(self._address, self._asked_port, self._answer, self._measured)
        except OSError as no:
            self._cannot(no.strerror or type(no).__name__)
            return
        self.port = server.server_address[1]
        serve = partial(server.serve_forever, poll_interval=_AGAIN)
        thread = threading.Thread(target=serve, name="healthz", daemon=True)
        thread.start()
        self._served, self.trouble = (server, thread), ""

    def _cannot(self, why: str) -> None:
        trouble = (
            f"cannot listen on {self._address}, port {self._asked_port} ({why}): neither /healthz nor /metrics answers "
            "there. End what listens there, or set MISSING_HEALTH__PORT to another port."
        )
        if trouble != self.trouble:
            log.error("/healthz does not answer, will try again", why=trouble)
        self.trouble = trouble

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.set()
        if self._served is not None:
            server, thread = self._served
            server.shutdown()
            server.server_close()
            thread.join()

    def _answer(self) -> tuple[HTTPStatus, Mapping[str, Any]]:
        asked = self._machine.seconds()
        question = _Question(self._watchdog, asked)
        self._watchdog.ask_timers()
        while not question.is_answered() and self._machine.seconds() - asked < _DEADLINE:
            if self._ends.wait(_AGAIN):
                break
        with within(Deadline(_FACTS)):
            facts = self._facts()
        stopped = facts.stopped or ("" if question.is_answered() else "No timer looks at the time.")
        said = {"ok": not stopped, "stopped": stopped, "degraded": list(facts.degraded), **facts.known}
        return HTTPStatus.SERVICE_UNAVAILABLE if stopped else HTTPStatus.OK, said

    def _measured(self) -> bytes:
        with within(Deadline(_FACTS)):
            return self._metrics()


class _Question:
    """Has a timer looked at the time since? The watchdog looks each second, so it is known within about one."""

    def __init__(self, watchdog: Watchdog, asked: float) -> None:
        self._watchdog = watchdog
        self._asked = asked
        self._beats = {watchdog.seen.beat}

    def is_answered(self) -> bool:
        """By the timer's clock; or where that is behind ours, by the second new sign of it: the first may be older than
        the question."""
        beat = self._watchdog.seen.beat
        self._beats.add(beat)
        return beat is not None and (beat.at >= self._asked or len(self._beats) > 2)


Answer = Callable[[], tuple[HTTPStatus, Mapping[str, Any]]]


class _Server(ThreadingTCPServer):
    """Not http.server's own: that one asks the name service who it is before it listens."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: str, port: int, answer: Answer, measured: Callable[[], bytes]) -> None:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        self.address_family = found[0][0]  # of 4 or of 6
        self.answer = answer
        self.measured = measured
        super().__init__((address, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - socketserver's own
        """Whoever asked has hung up: nobody is there to be told."""
        log.debug("a question for /healthz was not answered", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _PATIENCE

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        try:
            if path == "/metrics":
                return self._send(HTTPStatus.OK, self.server.measured(), _PROMETHEUS)
            if path == "/healthz":
                status, said = self.server.answer()
            else:
                status, said = HTTPStatus.NOT_FOUND, {"error": "not found; ask for /healthz or /metrics"}
        except Exception:
            log.exception("a question could not be answered", path=path)
            status, said = HTTPStatus.INTERNAL_SERVER_ERROR, {"error": "see the bot's log"}
        self._say(status, said)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        self._say(HTTPStatus.METHOD_NOT_ALLOWED, {"error": "GET /healthz"}, Allow="GET, HEAD")

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST

    def _say(self, status: HTTPStatus, said: Mapping[str, Any], **headers: str) -> None:
        self._send(status, json.dumps(said).encode(), "application/json; charset=utf-8", **headers)

    def _send(self, status: HTTPStatus, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {
            **headers,
            "Content-Type": kind,
            "Content-Length": str(len(body)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Each question would be a line in the log."""
