"""Snapshots ↔ bytes. The entries are the record: a snapshot of another shape is thrown away, never upgraded."""

from typing import Generic, TypeVar
from zlib import crc32

import msgspec

from bot.store.envelope import Envelopes, Head, parts

Folded = TypeVar("Folded")

# Raise it when a fold gives an old event another meaning: every snapshot is then folded anew.
FOLD_VERSION = 2

_SUM_LENGTH = 8  # hexadecimal digits at the end


class SnapshotHead(Head, frozen=True, kw_only=True):
    shape: str
    version: int


_head = msgspec.json.Decoder(SnapshotHead)


class Snapshots(Generic[Folded]):
    def __init__(self, envelopes: Envelopes, kind: type[Folded]) -> None:
        self._envelopes = envelopes
        self._body = msgspec.json.Decoder(kind)
        schema = msgspec.json.encode(msgspec.json.schema(kind), order="sorted")
        self._shape = f"{FOLD_VERSION}-{crc32(schema):08x}"

    def encode(self, ref: str, version: int, folded: Folded) -> bytes:
        head = SnapshotHead(cipher=self._envelopes.cipher, shape=self._shape, version=version)
        envelope = self._envelopes.close(ref, head, folded)
        return envelope + _sum_of(envelope)

    def decode(self, ref: str, stored: bytes) -> Folded | None:
        """None where the entries have to be folded anew: also where one byte of it is not as it was written, which
        could otherwise pass for a case without a marker."""
        envelope, written = stored[:-_SUM_LENGTH], stored[-_SUM_LENGTH:]
        if written != _sum_of(envelope):
            return None
        line, sealed = parts(envelope)
        try:
            head = _head.decode(line)
            if head.shape != self._shape:
                return None
            return self._body.decode(self._envelopes.open(ref, head, sealed))
        except ValueError:
            return None


def _sum_of(envelope: bytes) -> bytes:
    return b"%08x" % crc32(envelope)


def version_of(envelope: bytes) -> int:
    """How many entries a snapshot speaks of, without opening it; 0 where it cannot be told."""
    try:
        return _head.decode(parts(envelope)[0]).version
    except ValueError:
        return 0
