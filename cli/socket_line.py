"""The Socket Mode client, which leaves a line that is cut or that swallows everything within some seven seconds.

slack_sdk's built-in client does not notice a line that was cut without a word (measured: not within 40 s; this one
reconnects in 2). Of a line that swallows everything nothing tells but a pong that does not come, and slack_sdk waits
for none. The time-out of websocket-client itself is no help: it looks at its own times, and each new ping makes it
forget the one before (measured: not within 10 s, with a ping each 3 s and 2.5 s for its pong).
"""

import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Timer
from time import monotonic
from typing import Any

import structlog
import websocket
from slack_bolt import App, BoltResponse
from slack_bolt.adapter.socket_mode.internals import send_response
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.interval_runner import IntervalRunner
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.websocket_client import SocketModeClient

from bot.slack.slack_client import why

log = structlog.get_logger()

_PING = 1.0  # seconds between two pings, and between two looks for their pongs
_SILENT = 5.0  # seconds without any pong: nobody is at the other end
_TIMEOUT = 5.0  # seconds to connect, to send, and to read what has begun to come
_OPENS_WITHIN = 2 * _TIMEOUT  # seconds for which a line may be on its way before another is opened
_LEAVES_WITHIN = 1.0  # seconds that the other end of a line that is left has to close it
_BETWEEN = 0.05  # seconds between the end of one line and the beginning of the next
_AT_ONCE = 64  # envelopes in hand; with the client's ten, forty presses would wait for each other


Heard = Callable[[object, dict[str, Any], str | None], None]
"""A listener of slack_sdk's client: the client, an envelope, and how it came."""


class _Client(SocketModeClient):
    """slack_sdk has three threads that open the next line, each while another's is on its way, and lets the reader of
    the line before sleep on: of 20 lines that Slack itself asked to renew, four stood still for 10 to 17 s. So one is
    opened at a time, and the reader of the one before is woken.
    """

    trouble = ""  # why there is no line, for the technician; "" once there is one

    def __init__(self, *args: Any, **given: Any) -> None:
        self._not_before = 0.0  # monotonic seconds, at which another line may be opened
        self._began = self._heard = 0.0  # monotonic seconds: of this line, and of its newest pong
        self._pong = 0.0  # when that was, by a clock that may be set back
        self._begun: websocket.WebSocketApp | None = None
        self._up: websocket.WebSocketApp | None = None  # the line that was opened last
        super().__init__(*args, **given)
        # slack_sdk's own has begun to wait for half a second already, and the first line would with it.
        self.current_session_runner.shutdown()  # type: ignore[no-untyped-call]
        self.current_session_runner = IntervalRunner(self._run_current_session, _BETWEEN).start()
        self.on_open_listeners.append(self._is_up)
        self.on_error_listeners.append(self._failed)

    def _is_up(self, session: websocket.WebSocketApp) -> None:
        self.trouble = ""
        self._up, self._not_before = session, 0.0

    def _failed(self, session: websocket.WebSocketApp, error: Exception) -> None:
        """slack_sdk and Bolt log no more of it than its kind."""
        if session is not self.current_session or not self.auto_reconnect_enabled:
            return  # one that was left
        if session is not self._up:
            self._not_before = monotonic() + _PING
        reason = why(error, self.wss_uri or "")
        if reason != self.trouble:
            log.error("the line to Slack fails, will try again", why=reason)
        self.trouble = reason

    def connect_to_new_endpoint(self, force: bool = False) -> None:
        with self.connect_operation_lock:
            if force or not (self.is_connected() or monotonic() < self._not_before):
                self.wss_uri = self.issue_new_wss_url()
                self.connect()

    def connect(self) -> None:
        before, self.current_session = (
            self.current_session,
            None,
        )  # slack_sdk would close it, and wait for an answer
        self._began, self._not_before = monotonic(), monotonic() + _OPENS_WITHIN
        super().connect()
        if before is not None:
            _leave(before)

    def _run_current_session(self) -> None:
        """Each line once: one that failed is followed by a new one, and that is the monitor's to open."""
        session = self.current_session
        if session is not self._begun:
            self._begun = session
            if session is not None:
                _leave_unchecked(session)
            super()._run_current_session()  # type: ignore[no-untyped-call]

    def enqueue_message(self, message: str | bytes) -> None:
        """What is no text ends its line, as it would if websocket-client had found out."""
        try:
            super().enqueue_message(message if isinstance(message, str) else message.decode())
        except UnicodeDecodeError:
            self.logger.error("what came from Slack is no text, its line is left")
            if self.current_session is not None:
                _cut(self.current_session)

    def _monitor_current_session(self) -> None:
        """Each second, in a thread of slack_sdk's. Its own look opens the next line where there is none."""
        if not self.auto_reconnect_enabled:
            return  # it was left for good
        session = self.current_session
        if session is not None and not self._is_heard(session):
            self.logger.error("nothing is heard on the line to Slack, it is left")
            self._began = monotonic()  # the next one gets its time
            _cut(session)
        super()._monitor_current_session()  # type: ignore[no-untyped-call]

    def _is_heard(self, session: websocket.WebSocketApp) -> bool:
        if session.last_pong_tm != self._pong:
            self._pong, self._heard = session.last_pong_tm, monotonic()
        return monotonic() - max(self._heard, self._began) <= _SILENT


def _leave_unchecked(session: websocket.WebSocketApp) -> None:
    """websocket-client looks in Python whether each byte is UTF-8, on the one thread that reads: milliseconds for each
    press in an open case. Decoding finds out the same."""
    session.run_forever = partial(session.run_forever, skip_utf8_validation=True)  # type: ignore[method-assign]


def _leave(session: websocket.WebSocketApp) -> None:
    """Politely: what is on its way is read until the other end closes, for a moment."""
    with suppress(OSError, AttributeError, websocket.WebSocketException):  # it has gone meanwhile
        session.sock.send_close()  # type: ignore[union-attr]
    late = Timer(_LEAVES_WITHIN, _cut, [session])
    late.daemon = True
    late.start()


def _cut(session: websocket.WebSocketApp) -> None:
    """Its reader wakes up and ends. A polite close would wait for an answer."""
    with suppress(OSError, AttributeError):  # it has gone meanwhile
        session.sock.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


class Line(SocketModeHandler):
    def __init__(
        self,
        app: App,
        app_token: str,
        web_client: WebClient,
        gate: Callable[[object], BoltResponse | None] = lambda _: None,
    ) -> None:
        """`gate` answers what must not come in."""
        self._gate = gate
        websocket.setdefaulttimeout(_TIMEOUT)
        self.app = app
        self.app_token = app_token
        self.client = self._ours = _Client(
            app_token, logger=app.logger, web_client=web_client, ping_interval=_PING, concurrency=_AT_ONCE
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        if refusal := self._gate(req.payload):
            send_response(client, req, refusal, time.time())
        else:
            super().handle(client, req)

    def hears(self, listener: Heard) -> None:
        self.client.message_listeners.append(listener)

    @property
    def is_connected(self) -> bool:
        return bool(self.client.is_connected())

    @property
    def trouble(self) -> str:
        return self._ours.trouble

    def leave(self) -> None:
        """At the end of a process. slack_sdk's own `close` waits for its reader to notice, which takes the length of a
        ping time-out (10 s). Its threads are daemons: they end with the process."""
        self.client.auto_reconnect_enabled = False
        self.client.disconnect()

    def connections(self) -> int | None:
        """How many Slack counts for this app: by one more, itself not counted, that is closed at once. What it is
        handed meanwhile is taken up like any other request. None where Slack says no count.

        Raises SlackClientError, OSError or WebSocketException.
        """
        opened = self.client.web_client.apps_connections_open(app_token=self.app_token)
        line = websocket.create_connection(opened["url"], timeout=_TIMEOUT)
        try:
            counted = _said(line.recv()).get("num_connections")
            line.send_close()
            self._take_up_all(line)
        finally:
            line.shutdown()  # type: ignore[no-untyped-call]
        return counted - 1 if isinstance(counted, int) else None

    def _take_up_all(self, line: websocket.WebSocket) -> None:
        while True:
            kind, given = line.recv_data()
            if kind == websocket.ABNF.OPCODE_CLOSE:
                return
            if "envelope_id" in _said(given):
                self.client.enqueue_message(given.decode())


def _said(given: str | bytes) -> dict[str, Any]:
    said = json.loads(given)
    return said if isinstance(said, dict) else {}
