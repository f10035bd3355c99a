"""Entries and outbox rows ↔ bytes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hmac import compare_digest, digest
from typing import Any, Generic, TypeVar
from zlib import crc32

import msgspec

from bot.domain.events import AnyEvent, Entry
from bot.domain.people import Role
from bot.ports.errors import Unreadable
from bot.ports.outbox import Outgoing
from bot.store.envelope import Envelopes, Head, parts

# A keyed chain over the record: whoever changes, drops or moves an entry without the key is found out.

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


# Case time ↔ whole milliseconds, the scores of the server's sorted sets.

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def ms_before(at: datetime) -> int:
    """The last whole millisecond not after `at`. Raises TypeError for a time without a zone."""
    return (at - _EPOCH) // _MS


def ms_after(at: datetime) -> int:
    """The first whole millisecond not before `at`: nothing is ever due early."""
    return -((_EPOCH - at) // _MS)


def from_ms(ms: float) -> datetime:
    return _EPOCH + ms * _MS


# Old events, read for ever.

Raw = dict[str, Any]
Upgrades = Mapping[int, Callable[[Raw], Raw]]

ENTRY_VERSION = 1
UPGRADES: Upgrades = {}
"""From version → the event's raw JSON one version later."""


def upgrade(event: Raw, version: int, current: int = ENTRY_VERSION, upgrades: Upgrades = UPGRADES) -> Raw:
    for step in range(version, current):
        event = upgrades[step](event)
    return event


class EntryHead(Head, frozen=True, kw_only=True):
    v: int
    at: datetime
    by: str
    type: str
    step: str  # the append that wrote it: a write that is tried again knows its own
    roles: frozenset[Role] = frozenset()
    surface: str = ""


_head = msgspec.json.Decoder(EntryHead)
_event: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyEvent)
# Only a row's destination is no type of the format's own: it is stored as the string that it is.
_outgoing = msgspec.json.Decoder(Outgoing, dec_hook=lambda kind, stored: kind(stored))


class EntryCodec:
    def __init__(
        self, envelopes: Envelopes, version: int = ENTRY_VERSION, upgrades: Upgrades = UPGRADES
    ) -> None:
        self._envelopes = envelopes
        self._version = version
        self._upgrades = upgrades

    def encode(self, ref: str, entry: Entry, step: str) -> bytes:
        """Raises ValueError for a time without a zone."""
        head = EntryHead(
            cipher=self._envelopes.cipher,
            v=self._version,
            at=_aware(entry.at),
            by=entry.by,
            type=type(entry.event).__name__,
            step=step,
            roles=entry.roles,
            surface=entry.surface,
        )
        return self._envelopes.close(ref, head, entry.event)

    def decode(self, ref: str, envelope: bytes) -> Entry:
        """Raises Unreadable, also for what a newer version of the program wrote."""
        line, sealed = parts(envelope)
        try:
            head = _head.decode(line)
            event = self._event(ref, head.v, self._envelopes.open(ref, head, sealed))
        except ValueError:  # malformed, of another shape, or no UTF-8
            # Not chained: the reason quotes the record.
            raise Unreadable(ref, "an entry is not as this version knows entries") from None
        return Entry(at=head.at, by=head.by, event=event, roles=head.roles, surface=head.surface)

    def _event(self, ref: str, version: int, body: bytes) -> AnyEvent:
        if version == self._version:
            event: AnyEvent = _event.decode(body)
            return event
        if version > self._version:
            raise Unreadable(ref, f"an entry has version {version}; this program knows up to {self._version}")
        raw = upgrade(msgspec.json.decode(body), version, self._version, self._upgrades)
        upgraded: AnyEvent = msgspec.convert(raw, AnyEvent)
        return upgraded


def encode_outgoing(row: Outgoing) -> bytes:
    return msgspec.json.encode(row, enc_hook=str)


def decode_outgoing(stored: bytes) -> Outgoing:
    return _outgoing.decode(stored)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A time without a zone cannot be recorded.")
    return at


# Snapshots ↔ bytes. The entries are the record: a snapshot of another shape is thrown away, never upgraded.

Folded = TypeVar("Folded")

# Raise it when a fold gives an old event another meaning: every snapshot is then folded anew.
FOLD_VERSION = 2

_SUM_LENGTH = 8  # hexadecimal digits at the end


class SnapshotHead(Head, frozen=True, kw_only=True):
    shape: str
    version: int


_snapshot_head = msgspec.json.Decoder(SnapshotHead)


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
            head = _snapshot_head.decode(line)
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
        return _snapshot_head.decode(parts(envelope)[0]).version
    except ValueError:
        return 0
