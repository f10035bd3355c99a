"""A record server that is a long way off: each question takes its time to get there, and is counted."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import urlsplit

from tests.wires import Between, connected

_MUCH = 1 << 20


class FarRecord(Between):
    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self.seconds = 0.0  # there and back
        self.trips = 0
        super().__init__()

    @property
    def url(self) -> str:
        """Over TCP, with the server's password where it has one."""
        login, at, _ = urlsplit(self._server_url).netloc.rpartition("@")
        return f"redis://{login}{at}127.0.0.1:{self.port}/0"

    def _meet(self, client: socket.socket) -> None:
        server = connected(self._server_url)
        Thread(target=self._there, args=(client, server), daemon=True).start()
        Thread(target=_carry, args=(server, client), daemon=True).start()

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
