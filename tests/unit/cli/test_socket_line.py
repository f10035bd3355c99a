"""The line to Slack: why there is none is known by host and reason, once."""

import asyncio
import json
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from aiohttp import web
from slack_bolt import App
from structlog.testing import capture_logs

from bot.slack import slack_client
from bot.slack.slack_client import quiet
from cli.socket_line import Line
from tests.waiting import in_time, until


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[int]:
    """The port of somebody on this machine who shows a certificate that nobody has signed."""
    if shutil.which("openssl") is None:
        pytest.skip("makes its certificate with openssl")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 1 -keyout {key} -out {certificate}"
    subprocess.run(made.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=_shows_it, args=(server, context), daemon=True).start()
        yield int(server.getsockname()[1])


def _shows_it(server: socket.socket, context: ssl.SSLContext) -> None:
    with suppress(OSError):  # closed: the test is over
        while True:
            client, _ = server.accept()
            with suppress(OSError), client, context.wrap_socket(client, server_side=True) as line:
                line.recv(1)


class Counting:
    """A Slack that hands a press to the connection by which it is asked for its count."""

    def __init__(self) -> None:
        self.url = ""
        self.is_up, self._is_over = Event(), asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._is_over.set)
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        app = web.Application()
        app.router.add_post("/api/apps.connections.open", self._open)
        app.router.add_get("/link", self._link)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"127.0.0.1:{runner.addresses[0][1]}"
        self.is_up.set()
        await self._is_over.wait()
        await runner.cleanup()

    async def _open(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True, "url": f"ws://{self.url}/link"})

    async def _link(self, asked: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(asked)
        await line.send_json({"type": "hello", "num_connections": 3})
        await line.send_json({"type": "interactive", "envelope_id": "E1", "payload": {}})
        async for _ in line:
            pass
        return line


class Garbling(Counting):
    """One whose first line says what is no text, and whose second says a press."""

    links = 0

    async def _link(self, asked: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(asked)
        self.links += 1
        press = {"type": "interactive", "envelope_id": "E1", "payload": {"text": "Zo\u00eb"}}
        said = (
            b'{"envelope_id": "\xff"}' if self.links == 1 else json.dumps(press, ensure_ascii=False).encode()
        )
        assert line._writer is not None, "it was prepared"
        await line._writer.send_frame(said, web.WSMsgType.TEXT)
        async for _ in line:
            pass
        return line


@pytest.fixture
def garbling() -> Iterator[Garbling]:
    slack = Garbling()
    slack.is_up.wait(60)
    yield slack
    slack.close()


@pytest.fixture
def counting() -> Iterator[Counting]:
    slack = Counting()
    slack.is_up.wait(60)
    yield slack
    slack.close()


def line_to(base_url: str = slack_client.SLACK) -> Line:
    token = "xoxb-not-a-real-one"
    app = App(client=slack_client.asking(token), token_verification_enabled=False, logger=quiet("line"))
    return Line(app, "xapp-not-a-real-one", slack_client.asking(token, base_url))


def test_the_connection_that_counts_is_not_counted_and_what_it_is_handed_is_taken_up(
    counting: Counting,
) -> None:
    line = line_to(f"http://{counting.url}/api/")
    taken_up: list[str] = []
    line.client.message_listeners.append(lambda _, message, __: taken_up.append(json.dumps(message)))
    line.client.socket_mode_request_listeners.clear()
    assert line.connections() == 2
    until("the press is taken up", lambda: bool(taken_up))
    assert ["E1" in said for said in taken_up] == [True], "and its hello is nobody's"
    line.client.close()


def test_the_first_line_is_up_at_once(counting: Counting) -> None:
    """slack_sdk's reader looks for it each half second."""
    lines: list[Line] = []

    def make() -> None:
        lines.append(line_to(f"http://{counting.url}/api/"))
        lines[-1].client.socket_mode_request_listeners.clear()

    def connect() -> None:
        lines[-1].client.connect_to_new_endpoint()
        until("the line is up", lambda: lines[-1].is_connected)

    in_time(0.3, connect, first=make)
    for line in lines:
        line.leave()


def test_what_is_no_text_ends_its_line_and_the_next_one_is_heard(garbling: Garbling) -> None:
    line = line_to(f"http://{garbling.url}/api/")
    taken_up: list[dict[str, object]] = []
    line.client.message_listeners.append(lambda _, message, __: taken_up.append(message))
    line.client.socket_mode_request_listeners.clear()
    line.client.connect_to_new_endpoint()
    until("the press on the second line", lambda: bool(taken_up))
    assert garbling.links == 2
    assert taken_up == [{"type": "interactive", "envelope_id": "E1", "payload": {"text": "Zo\u00eb"}}]
    line.leave()


def test_a_certificate_that_is_not_trusted_is_told_with_its_host_and_once(stranger: int) -> None:
    line = line_to()
    tried: list[object] = []
    line.client.issue_new_wss_url = lambda: (
        tried.append(1) or f"wss://localhost:{stranger}/link?ticket=secret"
    )  # type: ignore[method-assign, func-returns-value]
    with capture_logs() as logged:
        line.client.connect()
        until("the reason is known", lambda: bool(line.client.trouble))
        until("it has tried again", lambda: len(tried) > 2)
        line.client.close()
    assert line.client.trouble == "TLS to localhost: self-signed certificate"
    said = [entry for entry in logged if entry["event"].startswith("the line to Slack fails")]
    assert [entry["why"] for entry in said] == ["TLS to localhost: self-signed certificate"]
    assert "secret" not in str(logged)
