#!/usr/bin/env bash
# GOV.UK Notify's own Python client sends the text messages of most public bodies in the United Kingdom.
#
# Guess, written first: a refused connection raises requests' ConnectionError or an error of the client's without a status;
# HTTP503Error ("used for detecting whether failed requests should be retried") is raised for an answer of 503 alone.
# Seen: nobody listening, and a server that took the whole request and was slow to answer, both raise HTTP503Error with
# status_code 503. The second may well have sent the text: whoever retries on that class, as its docstring invites, sends it twice.
# The difference is only in `error.response is None`.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check notifications-python-client==13.0.0 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
import logging
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version

from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

logging.disable(logging.CRITICAL)
taken: list[bytes] = []
told_off = threading.Event()


class Slow(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        taken.append(self.rfile.read(int(self.headers["Content-Length"])))
        told_off.wait(5)

    def log_message(self, *_: object) -> None: ...


KEY = "test-" + "0" * 8 + "-0000-4000-8000-" + "0" * 12 + "-" + "1" * 8 + "-0000-4000-8000-" + "1" * 12


def send(port: int) -> tuple[str, int, bool]:
    client = NotificationsAPIClient(KEY, base_url=f"http://127.0.0.1:{port}", timeout=0.5)
    try:
        client.send_sms_notification("07700 900123", "template")
    except HTTPError as error:
        told_off.set()
        return type(error).__name__, error.status_code, error.response is None
    raise AssertionError("nothing was raised")


with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    nobody = probe.getsockname()[1]
server = HTTPServer(("127.0.0.1", 0), Slow)
threading.Thread(target=server.serve_forever, daemon=True).start()
refused, silent = send(nobody), send(server.server_port)
server.shutdown()
print("notifications-python-client", version("notifications-python-client"))
print("nobody listens:", refused)
print("request taken, answer late:", silent, "· bodies that the server had read:", len(taken))
assert refused == ("HTTP503Error", 503, True), refused
assert silent == ("HTTP503Error", 503, True) and len(taken) == 1, (silent, taken)
PY
