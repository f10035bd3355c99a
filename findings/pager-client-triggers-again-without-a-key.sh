#!/usr/bin/env bash
# PagerDuty's Events API joins events that carry the same `dedup_key`; without one, the server makes one up for each event.
#
# Guess, written first: the client's `trigger()` makes a key of its own before it sends, or does not send again after an
# answer was lost, since it cannot know whether the event was taken.
# Seen: `pdpyras` sends the event again after a lost answer, twice, each time without a key: a service that had taken all three
# calls the same officer three times for one child. Only a key that the caller gives makes the retries harmless.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check pdpyras==5.4.1 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version

import pdpyras

logging.disable(logging.CRITICAL)
events: list[dict] = []


class LosesTwoAnswers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        events.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if len(events) % 3:
            self.close_connection = True
            return
        body = json.dumps({"status": "success", "dedup_key": "made-by-the-server"}).encode()
        self.send_response(202)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


server = HTTPServer(("127.0.0.1", 0), LosesTwoAnswers)
threading.Thread(target=server.serve_forever, daemon=True).start()
session = pdpyras.EventsAPISession("0" * 32)
session.url, session.sleep_timer = f"http://127.0.0.1:{server.server_port}", 0.05
answer = session.trigger("HIGH MC-26-0142: acknowledge by 13:46", "missing-bot")
server.shutdown()
print("pdpyras", version("pdpyras"), "returned", answer, "after", len(events), "events with the keys", [e.get("dedup_key") for e in events])
assert len(events) == 3 and not any(event.get("dedup_key") for event in events), events
PY
