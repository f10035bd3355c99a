#!/usr/bin/env bash
# Socket Mode: slack_sdk's adapter for websocket-client takes `ping_interval`. A line that takes everything and answers nothing (a
# half-open connection behind a gateway) must be left soon: commands and button presses that Slack sends there never come again.
#
# Guess, written first: with ping_interval=1 a line on which no pong comes is given up after a few seconds, and another one is asked for.
# Seen: eight pings go unanswered, the client still says that it is connected, and no other line is asked for: the adapter hands no
# `ping_timeout` on, without which websocket-client never looks for a pong. (We watch for pongs ourselves.)
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check slack_sdk==3.48.0 websocket-client==1.9.2 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
import base64
import hashlib
import json
import logging
import re
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from slack_sdk import WebClient
from slack_sdk.socket_mode.websocket_client import SocketModeClient

logging.disable(logging.CRITICAL)
PING = 0x9
asked, pings = [], []


def swallow(line: socket.socket) -> None:
    """Shakes hands as a web socket does; from then on takes what comes and says nothing."""
    key = re.search(rb"Sec-WebSocket-Key: (\S+)", line.recv(65536), re.IGNORECASE)[1]
    accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()).decode()
    line.sendall(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
    )
    while frame := line.recv(65536):
        if frame[0] & 0xF == PING:
            pings.append(frame)


class Opens(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked.append(self.path)
        body = json.dumps({"ok": True, "url": f"ws://127.0.0.1:{wire.getsockname()[1]}"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


def take_lines() -> None:
    while True:
        threading.Thread(target=swallow, args=(wire.accept()[0],), daemon=True).start()


wire = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=take_lines, daemon=True).start()
slack = ThreadingHTTPServer(("127.0.0.1", 0), Opens)
threading.Thread(target=slack.serve_forever, daemon=True).start()
client = SocketModeClient(
    app_token="xapp-test", ping_interval=1, web_client=WebClient(token="xapp-test", base_url=f"http://127.0.0.1:{slack.server_port}/")
)
client.connect()
deadline, at_the_first = time.monotonic() + 30, 0
while len(pings) < 8 and time.monotonic() < deadline:
    at_the_first = at_the_first or (len(asked) if pings else 0)
    time.sleep(0.1)
print("slack_sdk", version("slack_sdk"), "· websocket-client", version("websocket-client"))
print("pings unanswered:", len(pings), "· says that it is connected:", client.is_connected(), "· lines asked for since the first:", len(asked) - at_the_first)
assert len(pings) >= 8 and client.is_connected() and len(asked) == at_the_first, (len(pings), client.is_connected(), asked)
client.close()
PY
