"""The seam for encryption under a key per case. Erasing a case is forgetting its key; the chain stays whole."""

from typing import Protocol


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
