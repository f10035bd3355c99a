"""Given a proxy and certificates of the force's own, each library that goes out goes through the one and trusts the
other: `slack.test` has no address but the proxy's, and a certificate that only the force's file vouches for."""

import base64
import hashlib
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import requests
import websocket
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.slack import slack_client
from cli.network import NAMES, go_out
from config.bad_settings import BadSettings
from config.settings import read_settings
from tests.unit.settings_given import only_good

HOST = "slack.test"


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.headers.get("Upgrade") != "websocket":
            return self._say(b'{"ok": true}')
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accepted = base64.b64encode(hashlib.sha1(key.encode(), usedforsecurity=False).digest()).decode()
        self.send_response(101)
        for name, value in {"Upgrade": "websocket", "Connection": "Upgrade"}.items():
            self.send_header(name, value)
        self.send_header("Sec-WebSocket-Accept", accepted)
        self.end_headers()
        return None

    do_POST = do_GET

    def _say(self, said: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class Proxy(ThreadingHTTPServer):
    """Knows where `slack.test` is, and who asked for it."""

    daemon_threads = True

    def __init__(self, behind: int) -> None:
        self.behind = behind
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), Tunnel)


class Tunnel(BaseHTTPRequestHandler):
    server: Proxy

    def do_CONNECT(self) -> None:
        self.server.asked.append(f"{self.path} {self.headers.get('Proxy-Authorization', '')}".strip())
        with socket.create_connection(("127.0.0.1", self.server.behind)) as there:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=_carry, args=(there, self.connection), daemon=True)
            back.start()
            _carry(self.connection, there)
            back.join(5)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


def _carry(one: socket.socket, other: socket.socket) -> None:
    try:
        while said := one.recv(65536):
            other.sendall(said)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        return


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The force's own, and that of `slack.test` with its key."""
    folder, now = tmp_path_factory.mktemp("certificates"), datetime.now(UTC)
    ours, theirs = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def made(name: str, key: Any, *extensions: tuple[Any, bool]) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Avonmead Police")]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
        )
        for extension, is_critical in extensions:
            builder = builder.add_extension(extension, critical=is_critical)
        return builder.sign(ours, hashes.SHA256())

    authority = made("Avonmead Police", ours, (x509.BasicConstraints(ca=True, path_length=None), True))
    of_slack = made(HOST, theirs, (x509.SubjectAlternativeName([x509.DNSName(HOST)]), False))
    pem = serialization.Encoding.PEM
    key = theirs.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "force.pem").write_bytes(authority.public_bytes(pem))
    (folder / "slack.pem").write_bytes(of_slack.public_bytes(pem) + key)
    return folder / "force.pem", folder / "slack.pem"


@pytest.fixture(scope="module")
def proxy(certificates: tuple[Path, Path]) -> Iterator[Proxy]:
    there = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificates[1])
    there.socket = tls.wrap_socket(there.socket, server_side=True)
    ours = Proxy(there.server_address[1])
    for server in (there, ours):
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield ours
    for server in (ours, there):
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only_good(monkeypatch, tmp_path)
    monkeypatch.setattr("urllib.request._opener", None)  # made once by a process, by the environment of then
    for name in (*NAMES, "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def by_slack_sdk() -> object:
    return slack_client.asking("xoxb-1", f"https://{HOST}/api/").auth_test()["ok"]


def by_socket_mode() -> object:
    line = websocket.create_connection(f"wss://{HOST}/link", timeout=10)
    try:
        return line.getstatus() == 101
    finally:
        line.shutdown()


def by_urllib() -> object:
    with urlopen(f"https://{HOST}/ping", timeout=10) as answer:
        return answer.status == 200


def by_apprise() -> object:
    return requests.get(f"https://{HOST}/", timeout=10).ok


@pytest.mark.parametrize("goes_out", [by_slack_sdk, by_socket_mode, by_urllib, by_apprise])
def test_each_goes_through_the_proxy_and_trusts_the_forces_certificates(
    goes_out: Callable[[], object],
    proxy: Proxy,
    certificates: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MISSING_PROXY", f"http://bot:secret@127.0.0.1:{proxy.server_address[1]}")
    monkeypatch.setenv("MISSING_CA_FILE", str(certificates[0]))
    go_out(read_settings(), os.environ)
    proxy.asked.clear()
    assert goes_out()
    assert proxy.asked == [f"{HOST}:443 Basic {base64.b64encode(b'bot:secret').decode()}"]


def test_this_machine_is_reached_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISSING_PROXY", "http://127.0.0.1:1")
    environment = {"NO_PROXY": "intranet.example"}
    go_out(read_settings(), environment)
    go_out(read_settings(), environment)
    assert environment["NO_PROXY"] == "intranet.example,localhost,127.0.0.1,::1"


def test_what_is_not_set_leaves_the_machines_own() -> None:
    environment = {"HTTPS_PROXY": "http://machine:3128"}
    go_out(read_settings(), environment)
    assert environment == {"HTTPS_PROXY": "http://machine:3128"}


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        ("MISSING_PROXY", "secret.example:3128", "MISSING_PROXY is wrong: it is no proxy's address"),
        ("MISSING_PROXY", "socks5://secret.example", "MISSING_PROXY is wrong: it is no proxy's address"),
        ("MISSING_CA_FILE", "/nowhere/secret.pem", "MISSING_CA_FILE is wrong"),
    ],
)
def test_what_leads_nowhere_is_named(
    name: str, wrong: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, wrong)
    with pytest.raises(BadSettings, match=says) as no:
        read_settings()
    assert "secret" not in str(no.value)
