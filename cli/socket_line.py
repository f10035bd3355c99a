"""The Socket Mode client, which leaves a line that is cut or that swallows everything within some seven seconds.

slack_sdk's built-in client does not notice a line that was cut without a word (measured: not within 40 s; this one
reconnects in 2). Of a line that swallows everything nothing tells but a pong that does not come, and slack_sdk waits
for none. The time-out of websocket-client itself is no help: it looks at its own times, and each new ping makes it
forget the one before (measured: not within 10 s, with a ping each 3 s and 2.5 s for its pong).
"""

import json
import socket
import time
from contextlib import suppress
from typing import Any

import structlog
import websocket
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.websocket_client import SocketModeClient

from bot.slack.slack_client import why

log = structlog.get_logger()

_PING = 1.0  # seconds between two pings, and between two looks for their pongs
_SILENT = 5.0  # seconds without any pong: nobody is at the other end
_TIMEOUT = 5.0  # seconds to connect, to send, and to read what has begun to come
_AT_ONCE = 64  # envelopes in hand; with the client's ten, forty presses would wait for each other


class _Client(SocketModeClient):
    _opened = 0.0
    trouble = ""  # why there is no line, for the technician; "" once there is one

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.on_open_listeners.append(self._is_up)
        self.on_error_listeners.append(self._failed)

    def _is_up(self, _: websocket.WebSocketApp) -> None:
        self.trouble = ""

    def _failed(self, _: websocket.WebSocketApp, error: Exception) -> None:
        """slack_sdk and Bolt log no more of it than its kind."""
        reason = why(error, self.wss_uri or "")
        if reason != self.trouble:
            log.error("the line to Slack fails, will try again", why=reason)
        self.trouble = reason

    def connect(self) -> None:
        self._opened = time.time()
        super().connect()

    def _monitor_current_session(self) -> None:
        """Each second, in a thread of slack_sdk's. Its own look opens the next line where there is none."""
        session = self.current_session
        if session is not None and time.time() - max(session.last_pong_tm, self._opened) > _SILENT:
            self.logger.error("nothing is heard on the line to Slack, it is left")
            self._opened = time.time()  # the next one gets its time
            _cut(session)
        super()._monitor_current_session()  # type: ignore[no-untyped-call]


def _cut(session: websocket.WebSocketApp) -> None:
    """Its reader wakes up and ends. A polite close would wait for an answer."""
    with suppress(OSError, AttributeError):  # it has gone meanwhile
        session.sock.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]


class Line(SocketModeHandler):
    def __init__(self, app: App, app_token: str, web_client: WebClient) -> None:
        websocket.setdefaulttimeout(_TIMEOUT)
        self.app = app
        self.app_token = app_token
        self.client = _Client(
            app_token, logger=app.logger, web_client=web_client, ping_interval=_PING, concurrency=_AT_ONCE
        )
        self.client.socket_mode_request_listeners.append(self.handle)  # type: ignore[arg-type]

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
