"""Boxes: what is sealed under a key, and opens at its own place alone (docs/security.md)."""

from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

BOX = b"\x01"
"""Begins what is sealed. What was stored before there were keys begins with a letter, a digit or a brace."""

COUNTED = b"\x03"
"""In the place of `BOX` before an entry that was counted as it was written (`bot.store.tallies`)."""

HOUSE_BOX = b"\x02"
"""The same under the house key, where others of its kind are under their case's and it has none."""

KEY_LENGTH = 32  # bytes
_NONCE_LENGTH = 12


class NotOpened(ValueError):
    """Damaged, moved, or under another key. Which of them cannot be told."""


class DataKey:
    """AES-256-GCM. `place` says where a box belongs; it is not in it, and not secret."""

    def __init__(self, secret: bytes) -> None:
        self._sealing = AESGCM(secret)

    def seal(self, plain: bytes, place: bytes) -> bytes:
        nonce = token_bytes(_NONCE_LENGTH)
        return nonce + self._sealing.encrypt(nonce, plain, place)

    def open(self, box: bytes, place: bytes) -> bytes:
        """Raises NotOpened."""
        try:
            return self._sealing.decrypt(box[:_NONCE_LENGTH], box[_NONCE_LENGTH:], place)
        except (InvalidTag, ValueError):
            raise NotOpened("this box does not open here") from None


def place(*said: str | int) -> bytes:
    return "\n".join(map(str, said)).encode()
