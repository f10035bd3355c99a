"""Lines between a client and a server, for tests that cut, lose or swallow what goes over them."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import unquote, urlsplit


def connected(server_url: str) -> socket.socket:
    """A plain socket to the record server of that URL, over the network or on this machine."""
    where = urlsplit(server_url)
    if where.scheme != "unix":
        return socket.create_connection((where.hostname or "", where.port or 0))
    line = socket.socket(socket.AF_UNIX)
    line.connect(unquote(where.path))
    return line


_MUCH = 1 << 16


class Between:
    """A port of its own, on which it takes clients in the place of a server; what becomes of each is `_meet`'s."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    def close(self) -> None:
        self._listener.close()

    def _meet(self, client: socket.socket) -> None:
        """Must not wait: the next client stands behind it."""
        raise NotImplementedError

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:  # closed: the test is over
                return
            self._meet(client)


class Wire(Between):
    """Lines any of which may come to swallow everything: nobody is told, nothing arrives."""

    def __init__(self, reach: Callable[[], socket.socket]) -> None:
        self._reach = reach
        self._lines: list[_Line] = []
        self._takes_in = True
        # What the far end says of its own address, so that a client comes back through here. Of one length.
        self.own_address: tuple[bytes, bytes] = (b"", b"")
        super().__init__()

    def swallow(self, *, new_ones: bool = False) -> int:
        """Every line that there is, and with `new_ones` each that comes until it is mended; how many were alive."""
        alive = [line for line in self._lines if not line.swallows and not line.is_over]
        for line in alive:
            line.swallows = True
        self._takes_in = not new_ones
        return len(alive)

    def mend(self) -> None:
        """For new lines: those that swallow go on doing so."""
        self._takes_in = True

    def close(self) -> None:
        super().close()
        for line in self._lines:
            line.end()

    def _meet(self, client: socket.socket) -> None:
        line = _Line(client, self._reach(), self.own_address)
        line.swallows = not self._takes_in
        self._lines.append(line)
        line.start()


class _Line:
    def __init__(self, client: socket.socket, server: socket.socket, address: tuple[bytes, bytes]) -> None:
        self.swallows = self.is_over = False
        self._client, self._server = client, server
        self._address = address

    def start(self) -> None:
        for ends in ((self._client, self._server), (self._server, self._client)):
            Thread(target=self._carry, args=ends, daemon=True).start()

    def end(self) -> None:
        self.is_over = True
        for end in (self._client, self._server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while some := source.recv(_MUCH):
                if not self.swallows:
                    target.sendall(some.replace(*self._address) if self._address[0] else some)
        except OSError:
            self.is_over = True
        if not self.swallows:
            self.end()


@contextmanager
def wire_to(reach: Callable[[], socket.socket]) -> Iterator[Wire]:
    wire = Wire(reach)
    try:
        yield wire
    finally:
        wire.close()
