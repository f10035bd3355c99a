#!/usr/bin/env bash
# Socket Mode: Slack sends each press as one message of a WebSocket. A proxy that restarts, or a client that leaves its own line since
# a pong was late, cuts a message in two.
#
# Guess, written first: what came of a message before the line was cut is dropped; a listener gets whole messages or none.
# Seen: slack_sdk's built-in client hands the half to its listeners as if it were the message. Bolt's own then fails to read it as JSON,
# which is logged and no more: the press is gone, and nobody is told. (The client on websocket-client drops the half.)
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check slack-sdk==3.48.0 websocket-client==1.9.2 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
import base64
import hashlib
import json
import logging
import socket
import struct
import threading
import time
from importlib.metadata import version

from slack_sdk.socket_mode.builtin import SocketModeClient as BuiltIn
from slack_sdk.socket_mode.websocket_client import SocketModeClient as OnWebsocketClient

logging.disable(logging.CRITICAL)
PRESS = json.dumps({"type": "interactive", "envelope_id": "1", "payload": {"text": "x" * 900}}).encode()


def one_line(server):
    """Shakes hands, sends the first half of one message, and is gone."""
    client, _ = server.accept()
    asked = client.recv(4096).decode()
    key = next(each.split(": ")[1] for each in asked.split("\r\n") if each.lower().startswith("sec-websocket-key"))
    accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
    answer = f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}"
    client.sendall(f"{answer}\r\n\r\n".encode())
    time.sleep(0.5)
    client.sendall(b"\x81\x7e" + struct.pack("!H", len(PRESS)) + PRESS[: len(PRESS) // 2])
    time.sleep(0.5)
    client.shutdown(socket.SHUT_WR)  # in order, as a proxy does that is told to end
    while client.recv(4096):
        pass


def heard(kind):
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=one_line, args=(server,), daemon=True).start()
    client = kind("xapp-1", auto_reconnect_enabled=False)
    client.wss_uri = f"ws://127.0.0.1:{server.getsockname()[1]}/"
    found = []
    client.on_message_listeners.append(lambda *said: found.append(said[-1]))
    client.connect()
    end = time.monotonic() + 5
    while not found and time.monotonic() < end:
        time.sleep(0.05)
    return [text for text in found if text]


halves = {kind.__module__.split(".")[2]: [len(text) for text in heard(kind)] for kind in (BuiltIn, OnWebsocketClient)}
print("slack-sdk", version("slack-sdk"), "websocket-client", version("websocket-client"))
print(f"a message of {len(PRESS)} characters, of which {len(PRESS) // 2} came; what a listener got:", halves)
assert halves == {"builtin": [len(PRESS) // 2], "websocket_client": []}, "this has changed"
PY
