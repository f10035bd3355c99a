"""What lies on the server: one line of JSON that stays readable without any key, a line break, the body sealed."""

from typing import Protocol

import msgspec
from msgspec import Struct

from bot.ports.errors import Unreadable

# The seam for encryption under a key per case. Erasing a case is forgetting its key; the chain stays whole.


class Cipher(Protocol):
    """Turns a body to and from what is stored. Raises Forgotten where the case's key was erased."""

    @property
    def name(self) -> str:
        """Written beside each body, so that what was stored before a change of cipher stays readable."""

    def seal(self, ref: str, plain: bytes) -> bytes: ...

    def open(self, ref: str, sealed: bytes) -> bytes: ...


class NoCipher:
    """No encryption: what is stored can be read by whoever reads the server."""

    name = "plain"

    def seal(self, ref: str, plain: bytes) -> bytes:  # noqa: ARG002
        return plain

    def open(self, ref: str, sealed: bytes) -> bytes:  # noqa: ARG002
        return sealed


_PLAIN = NoCipher()
_encode = msgspec.json.Encoder().encode


class Head(Struct, frozen=True, kw_only=True):
    """What can be read without a key. Each kind of envelope adds its own."""

    cipher: str = _PLAIN.name


class Envelopes:
    def __init__(self, cipher: Cipher = _PLAIN) -> None:
        self._cipher = cipher

    @property
    def cipher(self) -> str:
        return self._cipher.name

    def close(self, ref: str, head: Head, body: object) -> bytes:
        return _encode(head) + b"\n" + self._cipher.seal(ref, _encode(body))

    def open(self, ref: str, head: Head, sealed: bytes) -> bytes:
        """Also what was closed before there was a cipher. Raises Unreadable, or Forgotten from the cipher."""
        if head.cipher == self._cipher.name:
            return self._cipher.open(ref, sealed)
        if head.cipher == _PLAIN.name:
            return sealed
        raise Unreadable(ref, f"it is behind the cipher “{head.cipher}”, which is not set up")


def parts(envelope: bytes) -> tuple[bytes, bytes]:
    """The head's line and the sealed body."""
    line, _, sealed = envelope.partition(b"\n")
    return line, sealed
