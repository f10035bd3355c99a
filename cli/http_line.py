"""HTTP in place of Socket Mode: a gateway hands on what Slack sends to the app's Request URL.

Waitress reads each request whole before a thread of it is taken up, so that none waits for a slow client; what does not
come whole in time is cut here, however steadily it drips. TLS is the gateway's.
"""

import os
import socket
from collections.abc import Callable, Iterable
from threading import Thread

import structlog
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from bot.slack.slack_client import quiet
from cli.socket_line import Heard
from config.setting_parts import Http
from handlers.dependencies import Body

_AT_ONCE = 64  # requests in hand, as over Socket Mode
_LONGEST_BODY = 1024 * 1024  # bytes; the longest that Slack sends is a view's 250 kB, and its form encoding
_LONGEST_HEAD = 16 * 1024
_WHOLE_WITHIN = 10  # seconds from its first byte
_CONNECTIONS = 500
_ENDS_WITHIN = 5  # seconds: longer than any answer takes

log = structlog.get_logger()

WsgiApp = Callable[..., Iterable[bytes]]


class _Channel(HTTPChannel):
    """One connection of a client's."""

    begun: float | None = None  # when the request began that has not come whole yet, in seconds

    def received(self, data: bytes) -> bool:
        if self.begun is None:
            self.begun = self.last_activity
        is_read: bool = super().received(data)  # type: ignore[no-untyped-call]
        if self.request is None:
            self.begun = None
        return is_read


class _HttpServer(TcpWSGIServer):
    channel_class = _Channel
    is_closing = False  # once whoever was answered has read it

    def maintenance(self, now: float) -> None:
        """Each second."""
        super().maintenance(now)  # type: ignore[no-untyped-call]
        for channel in self.active_channels.values():
            if channel.begun is not None and now - channel.begun > _WHOLE_WITHIN:
                channel.will_close = True

    def close_soon(self) -> None:
        self.is_closing = True

    def serve(self) -> None:
        while not (self.is_closing and self._has_told_all()):
            wasyncore.loop(timeout=1, use_poll=True, map=self._map, count=1)
        wasyncore.close_all(self._map)

    def _has_told_all(self) -> bool:
        return not any(channel.total_outbufs_len for channel in self.active_channels.values())


class NotListening(Exception):
    """Says why, and what to do."""


class HttpLine:
    """Listens from `connect` to `leave`. `port` is the one that was given to it, where it asked for any."""

    def __init__(self, http: Http, app_told: Callable[[Callable[[Body], None]], WsgiApp]) -> None:
        """`app_told`: the application that tells of each request."""
        self._app = app_told(self._told)
        self._http = http
        self._listeners: list[Heard] = []
        self._server: _HttpServer | None = None
        self._thread: Thread | None = None
        self.trouble = ""
        self.port = http.port

    def hears(self, listener: Heard) -> None:
        self._listeners.append(listener)

    def _told(self, body: Body) -> None:
        """As Socket Mode would have brought it."""
        kind = "events_api" if "event" in body else "slash_commands" if "command" in body else "interactive"
        envelope = {"envelope_id": "", "type": kind, "payload": body}
        for listener in self._listeners:
            listener(self, envelope, None)

    def connect(self) -> None:
        """Raises NotListening where nobody may listen there."""
        if self._server is not None:
            return
        quiet("waitress")
        listening = self._begun()
        self.port = listening.getsockname()[1]
        self._server = _served(self._app, listening)
        self._thread = Thread(target=self._server.serve, name="http", daemon=True)
        self._thread.start()
        log.info("listening for Slack over HTTP", address=self._http.address, port=self.port)

    def _begun(self) -> socket.socket:
        address, port = self._http.address, self._http.port
        try:
            return socket.create_server((address, port), backlog=_CONNECTIONS)
        except OSError as no:
            raise NotListening(
                f"nobody can listen on {address}, port {port}: {os.strerror(no.errno) if no.errno else no}. End "
                "what listens there, or set MISSING_HTTP__PORT to another port"
            ) from no

    @property
    def is_connected(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def connections(self) -> None:
        """Slack counts none over HTTP."""

    def leave(self) -> None:
        """Takes no more, and finishes what is in hand."""
        if self._server is None or self._thread is None or not self.is_connected:
            return
        self._server.accepting = False
        self._server.task_dispatcher.shutdown(timeout=_ENDS_WITHIN)
        # Said on its own thread: that one closes what it is woken by, and could be through before it is woken.
        self._server.trigger.pull_trigger(self._server.close_soon)
        self._thread.join(_ENDS_WITHIN)


def _served(app: WsgiApp, listening: socket.socket) -> _HttpServer:
    given = Adjustments(
        sockets=[listening],
        threads=_AT_ONCE,
        ident=None,
        max_request_body_size=_LONGEST_BODY,
        max_request_header_size=_LONGEST_HEAD,
        channel_timeout=6 * _WHOLE_WITHIN,  # of a gateway's connection between two requests
        cleanup_interval=1,
        connection_limit=_CONNECTIONS,
    )
    workers = ThreadedTaskDispatcher()
    workers.set_thread_count(_AT_ONCE)
    about = (listening.family, listening.type, listening.proto, listening.getsockname())
    return _HttpServer(  # type: ignore[no-untyped-call]
        app, {}, True, listening, dispatcher=workers, adj=given, bind_socket=False, sockinfo=about
    )
