"""A keyed chain over the record: whoever changes, drops or moves an entry without the key is found out.

Cutting entries off the end leaves a whole, shorter chain: compare its length with the snapshot's version, and its
newest link with the anchor kept outside the server.
"""

from collections.abc import Sequence
from hmac import compare_digest, digest

LINK_LENGTH = 64  # hexadecimal digits of a SHA-256


class Chain:
    """Stored entry = its link, a line break, and the envelope that the link covers."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def link(self, ref: str, before: bytes | None, envelope: bytes) -> bytes:
        """The first link covers the reference, so that no entry can be moved to another case."""
        return self._mac((link_of(before) if before else ref.encode()) + b"\n" + envelope) + b"\n" + envelope

    def broken_at(self, ref: str, stored: Sequence[bytes]) -> int | None:
        """The number, from 1, of the first entry that is not as it was written; None where all are."""
        before: bytes | None = None
        for number, entry in enumerate(stored, start=1):
            if not compare_digest(entry, self.link(ref, before, envelope_of(entry))):
                return number
            before = entry
        return None

    def _mac(self, content: bytes) -> bytes:
        return digest(self._key, content, "sha256").hex().encode()


def link_of(stored: bytes) -> bytes:
    return stored[:LINK_LENGTH]


def envelope_of(stored: bytes) -> bytes:
    return stored[LINK_LENGTH + 1 :]
