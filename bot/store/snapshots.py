"""Snapshots ↔ bytes. The entries are the record: a snapshot of another shape is thrown away, never upgraded."""

from typing import Generic, TypeVar
from zlib import crc32

import msgspec

from bot.store.envelope import Envelopes, Head, parts

Folded = TypeVar("Folded")

# Raise it when a fold gives an old event another meaning: every snapshot is then folded anew.
FOLD_VERSION = 1


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
        return self._envelopes.close(ref, head, folded)

    def decode(self, ref: str, envelope: bytes) -> Folded | None:
        """None where the entries have to be folded anew."""
        line, sealed = parts(envelope)
        try:
            head = _head.decode(line)
            if head.shape != self._shape:
                return None
            return self._body.decode(self._envelopes.open(ref, head, sealed))
        except ValueError:  # malformed, of another shape, or no UTF-8
            return None


def version_of(envelope: bytes) -> int:
    """How many entries a snapshot speaks of, without opening it; 0 where it cannot be told."""
    try:
        return _head.decode(parts(envelope)[0]).version
    except ValueError:
        return 0
