#!/usr/bin/env bash
# Socket Mode: Slack renews a bot's line every few hours. It sends `disconnect` with the reason `refresh_requested`, and the client
# asks `apps.connections.open` for an address and opens the next one (Slack's documentation of Socket Mode, "Disconnections").
#
# Guess, written first: four renewals are four calls of `apps.connections.open`, and four new lines.
# Seen: eleven to thirty-three calls and four or five lines. The client closes the line that is renewed under its reader, which sleeps on for up to ten
# seconds; meanwhile the monitor finds no session and asks for another address each second, of which the next one makes the last
# useless. A button pressed in those seconds is not heard; and Slack allows few calls of that method.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check slack-sdk==3.48.0 websocket-client==1.9.2 websockets==15.0.1 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
import json
import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

from slack_sdk import WebClient
from slack_sdk.socket_mode.websocket_client import SocketModeClient
from websockets.sync.server import serve

logging.disable(logging.CRITICAL)
RENEWALS = 4
asked, lines = [], []


class Slack(BaseHTTPRequestHandler):
    def do_POST(self):
        asked.append(self.path)
        body = json.dumps({"ok": True, "url": f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def line(socket):
    socket.send(json.dumps({"type": "hello", "num_connections": 1}))
    lines.append(socket)
    for _ in socket:
        pass


server = serve(line, "127.0.0.1", 0)
threading.Thread(target=server.serve_forever, daemon=True).start()
http = ThreadingHTTPServer(("127.0.0.1", 0), Slack)
threading.Thread(target=http.serve_forever, daemon=True).start()


def until(holds, what, seconds=60):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited for {what}"
        time.sleep(0.05)


web = WebClient(token="xapp-1", base_url=f"http://127.0.0.1:{http.server_address[1]}/api/")
client = SocketModeClient("xapp-1", web_client=web, ping_interval=1)
client.connect()
until(lambda: lines, "the first line")
for _ in range(RENEWALS):
    before = len(lines)
    lines[-1].send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))
    until(lambda: len(lines) > before and client.is_connected(), "the next line")
    time.sleep(3)  # whatever else it opens, it has opened
print("slack-sdk", version("slack-sdk"), "websocket-client", version("websocket-client"))
print(f"{RENEWALS} renewals: {len(asked) - 1} calls of apps.connections.open, {len(lines) - 1} new lines")
assert len(asked) - 1 > RENEWALS, "each renewal asks about once"
PY
