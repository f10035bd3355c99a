"""A record server that is a long way off: each question takes its time to get there, and is counted."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import unquote, urlsplit

_MUCH = 1 << 20


class FarRecord:
    def __init__(self, server_url: str) -> None:
        self._server = urlsplit(server_url)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.seconds = 0.0  # there and back
        self.trips = 0
        Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Over TCP, with the server's password where it has one."""
        port = self._listener.getsockname()[1]
        login = f"{self._server.netloc.rpartition('@')[0]}@" if "@" in self._server.netloc else ""
        return f"redis://{login}127.0.0.1:{port}/0"

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed: the test is over
            while True:
                client, _ = self._listener.accept()
                server = self._reached()
                Thread(target=self._there, args=(client, server), daemon=True).start()
                Thread(target=_carry, args=(server, client), daemon=True).start()

    def _reached(self) -> socket.socket:
        if self._server.scheme != "unix":
            return socket.create_connection((self._server.hostname, self._server.port))
        server = socket.socket(socket.AF_UNIX)
        server.connect(unquote(self._server.path))
        return server

    def _there(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError), client, server:
            while question := client.recv(_MUCH):
                self.trips += 1
                time.sleep(self.seconds)
                server.sendall(question)


def _carry(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while said := source.recv(_MUCH):
            sink.sendall(said)


@contextmanager
def far_record(server_url: str) -> Iterator[FarRecord]:
    record = FarRecord(server_url)
    try:
        yield record
    finally:
        record.close()
