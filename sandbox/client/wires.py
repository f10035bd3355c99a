"""One request to the control API."""

import http.client
import json
from urllib.parse import parse_qs, urlencode, urlsplit

from sandbox.errors import BadSeed, NotPossible
from sandbox.wire import JSON, dumps

PATIENCE = 60.0


class Wires:
    def __init__(self, address: str) -> None:
        """As the workspace said it, with its token."""
        parts = urlsplit(address)
        self.url = f"{parts.scheme}://{parts.netloc}"
        self._host, self._port = parts.hostname or "", parts.port
        self._token = parse_qs(parts.query).get("token", [""])[0]

    def get(self, path: str, **query: object) -> JSON:
        return self._ask("GET", f"{path}?{urlencode(query)}" if query else path)

    def post(self, path: str, body: JSON) -> JSON:
        return self._ask("POST", path, body)

    def delete(self, path: str, **query: object) -> JSON:
        return self._ask("DELETE", f"{path}?{urlencode(query)}" if query else path)

    def _ask(self, verb: str, path: str, body: JSON | None = None) -> JSON:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)
        try:
            said = None if body is None else dumps(body).encode()
            connection.request(verb, f"/_control/{path}", said, {"Authorization": f"Bearer {self._token}"})
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
