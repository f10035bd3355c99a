"""Lines between a client and a server, for tests that cut, lose or swallow what goes over them."""

import socket
from urllib.parse import unquote, urlsplit


def connected(server_url: str) -> socket.socket:
    """A plain socket to the record server of that URL, over the network or on this machine."""
    where = urlsplit(server_url)
    if where.scheme != "unix":
        return socket.create_connection((where.hostname or "", where.port or 0))
    line = socket.socket(socket.AF_UNIX)
    line.connect(unquote(where.path))
    return line
