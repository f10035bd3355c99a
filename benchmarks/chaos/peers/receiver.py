"""What stands in Slack's place for the peers: takes pages over HTTP as fast as Slack does, and counts them by case."""

import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_TAKES = 0.1  # seconds until it has a page, and as long again until it says so


class Receiver:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._came: dict[str, list[float]] = defaultdict(list)
        self.url = ""

    def take(self, cases: list[str]) -> None:
        with self._lock:
            for case in cases:
                self._came[case].append(time.time())

    @property
    def came(self) -> dict[str, list[float]]:
        """Case → the machine seconds at which it came."""
        with self._lock:
            return {case: list(at) for case, at in self._came.items()}


def _cases(body: bytes) -> list[str]:
    """Of Alertmanager's webhook, or of the plain job: {"alerts": [{"status", "labels": {"case"}}]}."""
    alerts = json.loads(body)["alerts"]
    return [each["labels"]["case"] for each in alerts if each.get("status", "firing") == "firing"]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(_TAKES)
            receiver.take(_cases(body))
            time.sleep(_TAKES)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                return  # whoever asked was killed

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    receiver.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, name="receiver", daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
