"""A wire between a store and its server that can lose a reply after the server has done the work."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from tests.wires import Between, connected

_MUCH = 1 << 20


class LossyWire(Between):
    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._loses = b""
        self._meanwhile: Callable[[], None] = lambda: None
        self.lost = 0
        super().__init__()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def lose_reply_to(self, command: bytes, meanwhile: Callable[[], None] = lambda: None) -> None:
        """The next reply to it; `meanwhile` happens after the server's work and before the retry."""
        self._loses, self._meanwhile = command, meanwhile

    def _meet(self, client: socket.socket) -> None:
        Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        """One question, one answer, until the client leaves or a reply is lost."""
        with client, connected(self._server_url) as server:
            while question := client.recv(_MUCH):
                server.sendall(question)
                answer = server.recv(_MUCH)
                if self._loses and self._loses in question and not answer.startswith(b"-"):
                    self._loses = b""
                    self.lost += 1
                    self._meanwhile()
                    return
                client.sendall(answer)


@contextmanager
def lossy_wire(server_url: str) -> Iterator[LossyWire]:
    wire = LossyWire(server_url)
    try:
        yield wire
    finally:
        wire.close()
