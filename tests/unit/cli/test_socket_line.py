"""The line to Slack: why there is none is known by host and reason, once."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from slack_bolt import App
from structlog.testing import capture_logs

from bot import slack_client
from bot.library_log import quiet
from cli.socket_line import Line
from tests.waiting import until


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


def test_a_certificate_that_is_not_trusted_is_told_with_its_host_and_once(stranger: int) -> None:
    token = "xoxb-not-a-real-one"
    app = App(client=slack_client.asking(token), token_verification_enabled=False, logger=quiet("line"))
    line = Line(app, "xapp-not-a-real-one", slack_client.asking(token))
    tried: list[object] = []
    line.client.issue_new_wss_url = lambda: (
        tried.append(1) or f"wss://localhost:{stranger}/link?ticket=secret"
    )  # type: ignore[method-assign, func-returns-value]
    with capture_logs() as logged:
        line.client.connect()
        until("the reason is known", lambda: bool(line.client.trouble))
        until("it has tried again", lambda: len(tried) > 2, 20)
        line.client.close()
    assert line.client.trouble == "TLS to localhost: self-signed certificate"
    said = [entry for entry in logged if entry["event"].startswith("the line to Slack fails")]
    assert [entry["why"] for entry in said] == ["TLS to localhost: self-signed certificate"]
    assert "secret" not in str(logged)
