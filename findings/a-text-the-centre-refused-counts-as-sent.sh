#!/usr/bin/env bash
# SMPP is how a text is handed to a mobile network's message centre. Apprise has `smpp://` on top of `smpplib`.
#
# Guess, written first: where the centre answers submit_sm with an error (message queue full, invalid destination), notify() is false.
# Seen: it is true, and no warning is logged: the plugin writes the message and leaves without reading the answer. A page that the
# network refused reads as sent. (We take no `smpp://` way, and say why.)
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check apprise==2.3.0 smpplib==2.2.4 2>/dev/null
"$room/venv/bin/python" -W ignore - 2>/dev/null <<'PY'
import socket
import struct
import threading
from importlib.metadata import version

import apprise

BIND_TRANSMITTER, SUBMIT_SM, UNBIND, ANSWER = 0x02, 0x04, 0x06, 0x80000000
STATUS = {"taken": 0x00, "invalid destination": 0x0B, "message queue full": 0x14}


def centre(listening: socket.socket, status: int, asked: list[int]) -> None:
    connection, _ = listening.accept()
    with connection:
        try:
            while header := connection.recv(16, socket.MSG_WAITALL):
                length, command, _, number = struct.unpack(">IIII", header)
                connection.recv(length - 16, socket.MSG_WAITALL) if length > 16 else b""
                asked.append(command)
                said = status if command == SUBMIT_SM else 0
                body = b"id\0" if command in (BIND_TRANSMITTER, SUBMIT_SM) and not said else b""
                connection.sendall(struct.pack(">IIII", 16 + len(body), ANSWER | command, said, number) + body)
        except ConnectionError:
            return  # the client has left


seen = {}
for what, status in STATUS.items():
    asked: list[int] = []
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        threading.Thread(target=centre, args=(listening, status, asked), daemon=True).start()
        way = apprise.Apprise()
        assert way.add(f"smpp://user:pass@127.0.0.1:{listening.getsockname()[1]}/+447700900100/+447700900123")
        seen[what] = bool(way.notify(body="HIGH MC-26-0142: acknowledge by 13:46"))
    assert SUBMIT_SM in asked, asked
print("apprise", version("apprise"), "· smpplib", version("smpplib"))
for what, truth in seen.items():
    print(f"the centre answers: {what} -> notify() is {truth}")
assert seen == dict.fromkeys(STATUS, True), seen
PY
