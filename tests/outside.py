"""What lies beyond Slack: a mail server and a web server of this machine, which keep what they are sent."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Letterbox:
    """`url` is Apprise's. `refuses`: addresses that do not exist here; `puts_off`: how many are to come again first."""

    def __init__(self) -> None:
        self.subjects: list[str] = []
        self.bodies: list[str] = []
        self.recipients: list[str] = []
        self.refuses: set[str] = set()
        self.puts_off = 0
        self.url = ""

    async def handle_RCPT(
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 5.1.1 No such user"
        if self.puts_off > 0:
            self.puts_off -= 1
            return "451 4.7.1 Greylisted, please come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        parts = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
        self.bodies += [part.get_content() for part in parts]
        self.subjects.append(mail["Subject"])
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@contextmanager
def letterbox() -> Iterator[Letterbox]:
    box = Letterbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.url = f"mailto://127.0.0.1:{port}?from=bot@example.org&to=duty@example.org&mode=insecure"
    try:
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    """aiosmtpd knocks at the port that it was told, so it cannot be told to choose."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Pager:
    """A web server that takes JSON, and plain GETs. `status` and `answer` are what it answers from now on."""

    def __init__(self, port: int) -> None:
        self.url = f"json://127.0.0.1:{port}/page"
        self.address = f"http://127.0.0.1:{port}/beat"
        self.status = 200
        self.answer = b""
        self.pages: list[dict[str, Any]] = []
        self.asked = 0  # however it was answered
        self.gets = 0

    @property
    def words(self) -> list[str]:
        return [f"{page['title']}\n{page['message']}" for page in self.pages]


@contextmanager
def pager() -> Iterator[Pager]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5.0  # seconds for whoever connects and says nothing

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            ours.asked += 1
            if ours.status == 200:
                ours.pages.append(json.loads(body))
            self._answer(ours.status, ours.answer)

        def do_GET(self) -> None:
            ours.gets += 1
            self._answer(200)

        def _answer(self, status: int, body: bytes = b"") -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Says nothing on the tests' screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # closing it waits for those that still answer
    ours = Pager(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield ours
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
