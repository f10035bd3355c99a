"""What is kept of one record, sealed under its key, each at its own place: entries, snapshot, rows of the outbox.

What was stored in clear, before there were keys, is handed on as it is.
"""

from collections.abc import Callable
from typing import NamedTuple

from bot.ports.destination import Destination, OutboxKind
from bot.ports.errors import Unreadable
from bot.ports.outbox import Outgoing
from bot.store.case_keys import CaseKeys
from bot.store.codec import (
    content_of,
    decode_outgoing,
    encode_outgoing,
    from_ms,
    is_sealed,
    ms_before,
    version_in_clear,
)
from bot.store.packing import pack, unpack
from bot.store.sealing import BOX, HOUSE_BOX, DataKey, NotOpened, place


class Seal:
    """Of one kind of record."""

    def __init__(self, kind: str, keys: CaseKeys) -> None:
        self._kind = kind
        self.keys = keys

    def name(self, ref: str) -> str:
        return f"{self._kind}:{ref}"

    def key(self, ref: str, wrapped: bytes | None) -> DataKey:
        """Raises Unreadable and Erased."""
        return self.keys.of(self.name(ref), wrapped)

    def entry(self, key: DataKey, ref: str, number: int, envelope: bytes) -> bytes:
        """The box that a link covers. `number`: from 1."""
        return key.seal(pack(envelope), place("entry", self.name(ref), number))

    def opened_entry(self, ref: str, number: int, stored: bytes, wrapped: bytes | None) -> bytes:
        """Raises NotOpened, Unreadable and Erased."""
        content = content_of(stored)
        if not is_sealed(stored):
            return content
        return unpack(self.key(ref, wrapped).open(content, place("entry", self.name(ref), number)))

    def snapshot(self, key: DataKey, ref: str, version: int, plain: bytes) -> bytes:
        return BOX + version.to_bytes(_VERSION) + key.seal(pack(plain), self._at(ref, version))

    def opened_snapshot(self, ref: str, stored: bytes, wrapped: bytes | None) -> bytes:
        """Raises NotOpened, Unreadable and Erased."""
        if not is_sealed(stored):
            return stored
        key = self.key(ref, wrapped)
        return unpack(key.open(stored[1 + _VERSION :], self._at(ref, version_of(stored))))

    def _at(self, ref: str, version: int) -> bytes:
        return place("snapshot", self.name(ref), version)

    def row(self, key: DataKey, row: Outgoing) -> bytes:
        whose = f"{self.name(row.ref)} {ms_before(row.at)}"
        return BOX + whose.encode() + b"\n" + key.seal(encode_outgoing(row), place("row", whose, row.id))


_VERSION = 4  # bytes


def version_of(snapshot: bytes) -> int:
    """How many entries it speaks of, without any key; 0 where it cannot be told."""
    if is_sealed(snapshot):
        return int.from_bytes(snapshot[1 : 1 + _VERSION])
    return version_in_clear(snapshot)


# Rows lie in their lanes, away from their record: each says whose it is, and the server puts the key beside it.


_NO_KEY = b"-"


class StoredRow(NamedTuple):
    id: bytes
    row: bytes
    wrapped: bytes


def opened_row(
    stored: StoredRow, lane: Destination, keys: CaseKeys, is_closed: Callable[[], bool]
) -> Outgoing:
    """Raises ValueError where it is damaged, or in clear where nothing is any more. Where only its key cannot be had,
    it is of no kind that is known: it waits beside its lane until its case can be read."""
    if not is_sealed(stored.row):
        if is_closed():
            raise NotOpened("a row is in clear, where nothing is any more")
        return decode_outgoing(stored.row)
    whose, _, box = stored.row[1:].partition(b"\n")
    name, _, at = whose.decode().rpartition(" ")
    id, ref = stored.id.decode(), name.partition(":")[2]
    if stored.wrapped == _NO_KEY:
        raise NotOpened("no record of that name has a key")
    try:
        key = keys.of(name, stored.wrapped)
    except Unreadable:
        return Outgoing(id=id, lane=lane, kind=OutboxKind.UNKNOWN, ref=ref, version=0, at=from_ms(int(at)))
    return decode_outgoing(key.open(box, place("row", whose.decode(), id)))


def house_row(row: Outgoing, key: DataKey) -> bytes:
    """Of an erased case, which has no key any more."""
    return HOUSE_BOX + key.seal(encode_outgoing(row), place("row", row.id))


def opened_house_row(stored: StoredRow, key: DataKey) -> Outgoing:
    """Raises ValueError where it is damaged."""
    return decode_outgoing(key.open(stored.row[len(HOUSE_BOX) :], place("row", stored.id.decode())))
