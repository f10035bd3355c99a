"""One request to the control API."""

import http.client
import json
from urllib.parse import urlencode, urlsplit

from sandbox.errors import BadSeed, NotPossible
from sandbox.wire import JSON, dumps

PATIENCE = 60.0


class Wires:
    def __init__(self, url: str) -> None:
        self.url = url
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port

    def get(self, path: str, **query: object) -> JSON:
        return self._ask("GET", f"{path}?{urlencode(query)}" if query else path)

    def post(self, path: str, body: JSON) -> JSON:
        return self._ask("POST", path, body)

    def delete(self, path: str, **query: object) -> JSON:
        return self._ask("DELETE", f"{path}?{urlencode(query)}" if query else path)

    def _ask(self, verb: str, path: str, body: JSON | None = None) -> JSON:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)
        try:
            connection.request(verb, f"/_control/{path}", None if body is None else dumps(body).encode())
            reply = connection.getresponse()
            return _read(reply.status, reply.read())
        finally:
            connection.close()


def _read(status: int, raw: bytes) -> JSON:
    if status >= 500:
        raise BadSeed(raw.decode())
    answer: JSON = json.loads(raw)
    if status == 409:
        raise NotPossible(answer["error"])
    if status >= 400:
        raise BadSeed(answer["error"])
    return answer
