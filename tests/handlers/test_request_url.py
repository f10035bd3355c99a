"""Slack behind a gateway: what Slack signed is answered as over Socket Mode; of anything else nothing is read."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Event
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.ports.cases import Append
from bot.time import HostClock
from cli import http_line
from cli.http_line import HttpLine, NotListening
from config.setting_parts import Http
from handlers.app import build_app
from handlers.intake import Gate, Identity
from handlers.request_url import RequestUrl
from sandbox.sockets.signed_http import signature
from tests.handlers.evening import REPORT, Evening, typed
from tests.handlers.test_report import PAGE_1, PAGE_2
from tests.waiting import until

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
PING = urlencode({"ssl_check": "1", "token": "t"})


class Behind:
    """The bot as a gateway finds it."""

    def __init__(self, evening: Evening) -> None:
        self.secret = evening.workspace.app().signing_secret
        self.refused = 0
        self.heard: list[dict[str, Any]] = []
        identity = Identity(evening.deps.asking)
        identity.learn()
        gate = Gate()
        app = build_app(evening.deps, evening.refresher, identity, signing_secret=self.secret, gate=gate)
        self.line = HttpLine(
            Http(port=0),
            lambda heard: RequestUrl(
                app, self.secret, gate, HostClock(), "/slack/events", heard=heard, refused=self._count
            ),
        )
        self.line.hears(lambda _, envelope, __: self.heard.append(envelope))
        self.line.connect()

    def _count(self) -> None:
        self.refused += 1

    def ask(
        self,
        body: str | bytes,
        content_type: str = FORM,
        *,
        method: str = "POST",
        path: str = "/slack/events",
        stamp: str = "",
        signed: str | None = None,
        **more: str,
    ) -> tuple[int, str, dict[str, str]]:
        stamp = stamp or str(int(time.time()))
        text = body if isinstance(body, str) else body.decode("latin-1")
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(self.secret, stamp, text) if signed is None else signed,
            **more,
        }
        connection = HTTPConnection("127.0.0.1", self.line.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        finally:
            connection.close()


@pytest.fixture
def behind(evening: Evening) -> Iterator[Behind]:
    found = Behind(evening)
    yield found
    found.line.leave()


@pytest.fixture
def reached(evening: Evening, behind: Behind) -> Iterator[Evening]:
    """Slack sends everything there."""
    evening.workspace.deliver_over_http(f"http://127.0.0.1:{behind.line.port}/slack/events")
    yield evening
    evening.workspace.deliver_over_http(None)


def test_a_report_is_made_as_over_socket_mode(reached: Evening, behind: Behind) -> None:
    reached.missing("cal")
    reached.opened("cal", PAGE_1)
    assert reached.person("cal").submit(typed(REPORT)).acked
    reached.opened("cal", PAGE_2)
    assert reached.did() == ["Reported"]
    assert [envelope["type"] for envelope in behind.heard][:2] == ["slash_commands", "interactive"]
    assert behind.refused == 0


# --- what is not Slack's --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how",
    [
        {"signed": ""},
        {"signed": "v0=" + "0" * 64},
        {"signed": "v0=é"},
        {"ago": 301},
        {"ago": -400},
        {"stamp": "yesterday"},
        {"stamp": "٣"},
        {"stamp": "9" * 40},
        {"body": "\xff\xfe"},
    ],
)
def test_of_what_slack_did_not_sign_just_now_nothing_is_read(behind: Behind, how: dict[str, Any]) -> None:
    given = {
        name: value.encode().decode("latin-1") for name, value in how.items() if name in ("signed", "stamp")
    }
    if "ago" in how:
        given["stamp"] = str(int(time.time()) - how["ago"])
    status, said, _ = behind.ask(how.get("body", "payload={"), **given)
    assert (status, said, behind.heard, behind.refused) == (401, "", [], 1)


def test_a_copy_of_a_request_is_refused(behind: Behind) -> None:
    stamp = str(int(time.time()))
    assert [behind.ask(PING, stamp=stamp)[0] for _ in range(3)] == [200, 401, 401]
    assert behind.ask(PING, stamp=str(int(stamp) - 1))[0] == 200, "the same words at another second are new"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("", FORM),
        ("payload={", FORM),
        ("payload=[]", FORM),
        ("payload=", FORM),
        ("payload=%FF%FE", FORM),
        ("a;b", FORM),
        ("payload=" + "[" * 100_000, FORM),
        ("{", JSON),
        ("null", JSON),
        ('"words"', JSON),
        ("[1]", JSON),
        ("{}", JSON),
        ('{"type": "event_callback", "event": 3}', JSON),
        ("payload={}", FORM),
        ("command=%2Fmissing", FORM),
    ],
)
def test_what_is_signed_and_makes_no_sense_is_refused(behind: Behind, body: str, content_type: str) -> None:
    status, said, _ = behind.ask(body, content_type)
    assert (status, said) in [(400, ""), (200, "")], (
        "an event of no shape is taken, or it comes three times more"
    )
    assert status == 400 or "event" in body
    assert behind.heard == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/slack/events", 405),
        ("PUT", "/slack/events", 405),
        ("POST", "/", 404),
        ("POST", "/healthz", 404),
    ],
)
def test_no_page_tells_what_runs_here(behind: Behind, method: str, path: str, status: int) -> None:
    found, said, headers = behind.ask(PING, method=method, path=path)
    assert (found, said) == (status, "")
    assert "Server" not in headers


def test_a_port_that_is_taken_is_said_with_what_to_do(behind: Behind) -> None:
    other = HttpLine(Http(port=behind.line.port), lambda _: lambda *_: [])
    with pytest.raises(NotListening) as no:
        other.connect()
    assert str(no.value) == (
        f"nobody can listen on 127.0.0.1, port {behind.line.port}: Address already in use. End what listens there, or "
        "set MISSING_HTTP__PORT to another port"
    )
    assert not other.is_connected


def test_the_address_is_verified_as_slack_asks(behind: Behind) -> None:
    status, said, _ = behind.ask('{"type": "url_verification", "challenge": "here?", "token": "t"}', JSON)
    assert (status, "here?" in said) == (200, True)


# --- who takes too much, or too long --------------------------------------------------------------------------------


def test_a_body_that_slack_would_never_send_is_not_read(behind: Behind) -> None:
    with socket.create_connection(("127.0.0.1", behind.line.port), timeout=60) as line:
        line.sendall(b"POST /slack/events HTTP/1.1\r\nContent-Length: 1100000\r\n\r\n")
        assert b" 413 " in line.recv(100)
    assert _refuses_a_head(behind, "a" * 20_000)


def _refuses_a_head(behind: Behind, long: str) -> bool:
    """What the server left unread resets the line, at times before its answer is read."""
    try:
        return behind.ask(PING, **{"X-Long": long})[0] == 431
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("drip", [b"", b"X"], ids=["who stops", "who drips"])
def test_who_does_not_come_to_an_end_is_cut_and_nobody_waits_for_them(
    behind: Behind, drip: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_line, "_WHOLE_WITHIN", 1)
    slow = [socket.create_connection(("127.0.0.1", behind.line.port), timeout=0.05) for _ in range(80)]
    for each in slow:
        each.sendall(b"POST /slack/events HTTP/1.1\r\nX-")
    assert behind.ask(PING)[0] == 200, "though more of them are open than there are threads"
    until("the slow ones are cut", lambda: all(_is_cut(each, drip) for each in slow))
    for each in slow:
        each.close()


def _is_cut(line: socket.socket, drip: bytes) -> bool:
    try:
        line.sendall(drip)
        return line.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


def test_what_is_in_hand_is_answered_before_it_closes(
    reached: Evening, behind: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, let_go = Event(), Event()
    append: Callable[[Append], None] = reached.stores.cases.append

    def slowly(step: Append) -> None:
        begun.set()
        let_go.wait(60)
        append(step)

    reached.missing("cal")
    reached.opened("cal", PAGE_1)
    monkeypatch.setattr(reached.stores.cases, "append", slowly)
    with ThreadPoolExecutor(2) as hands:
        pressed = hands.submit(reached.person("cal").submit, typed(REPORT))
        assert begun.wait(60), "the report is being saved"
        closed = hands.submit(behind.line.leave)
        let_go.set()
        assert pressed.result(60).acked
        closed.result(60)
    assert reached.did() == ["Reported"]
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", behind.line.port), timeout=1)
