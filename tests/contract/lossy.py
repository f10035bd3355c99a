"""A wire between a store and its server that can lose a reply after the server has done the work."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from tests.wires import connected

_MUCH = 1 << 20


class LossyWire:
    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._loses = b""
        self._meanwhile: Callable[[], None] = lambda: None
        self.lost = 0
        Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._listener.getsockname()[1]}/0"

    def lose_reply_to(self, command: bytes, meanwhile: Callable[[], None] = lambda: None) -> None:
        """The next reply to it; `meanwhile` happens after the server's work and before the retry."""
        self._loses, self._meanwhile = command, meanwhile

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:  # closed: the test is over
                return
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
