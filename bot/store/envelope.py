"""What is sealed, and once lay on the server as it is: one line of JSON about a body, a line break, the body."""

import msgspec
from msgspec import Struct

_encode = msgspec.json.Encoder().encode


class Head(Struct, frozen=True, kw_only=True):
    """Each kind of envelope has its own."""


def close(head: Head, body: object) -> bytes:
    return _encode(head) + b"\n" + _encode(body)


def head_line(head: Head) -> bytes:
    return _encode(head)


def parts(envelope: bytes) -> tuple[bytes, bytes]:
    """The head's line and the body."""
    line, _, body = envelope.partition(b"\n")
    return line, body
