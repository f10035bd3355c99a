"""Entries and outbox rows ↔ bytes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hmac import compare_digest, digest
from typing import Any, Generic, TypeVar
from zlib import crc32

import msgspec

from bot.domain.events import AnyEvent, Entry
from bot.domain.people import Role
from bot.ports.errors import Unreadable
from bot.ports.outbox import Outgoing
from bot.store.envelope import Head, close, parts
from bot.store.sealing import BOX, COUNTED

# A keyed chain over the record: whoever changes, drops or moves an entry without the key is found out.

_LINK = 32  # bytes of a SHA-256
_OLD_LINK = 64  # the same in hexadecimal digits, before entries were sealed


class Chain:
    """Stored entry = its mark, its link, and the box that the link covers: nobody's key is needed to check it.

    The mark says that it was counted (`bot.store.tallies`), or is that of a box, from before there were tallies.
    Before entries were sealed: the link, a line break, and the envelope.
    """

    def __init__(self, key: Callable[[], bytes]) -> None:
        self._key = key

    def link(self, ref: str, before: bytes | None, box: bytes, mark: bytes = COUNTED) -> bytes:
        """The first link covers the reference, so that no entry can be moved to another case."""
        return mark + self._mac(mark + _covered(ref, before, box)) + box

    def broken_at(self, ref: str, stored: Sequence[bytes]) -> int | None:
        """The number, from 1, of the first entry that is not as it was written; None where all are."""
        return next(self.breaks(ref, stored), None)

    def breaks(self, ref: str, stored: Sequence[bytes]) -> Iterator[int]:
        """The number of each entry that does not go on from the one before it as it was written."""
        before: bytes | None = None
        for number, entry in enumerate(stored, start=1):
            if not compare_digest(entry, self._again(ref, before, entry)):
                yield number
            before = entry

    def _again(self, ref: str, before: bytes | None, entry: bytes) -> bytes:
        if is_sealed(entry):
            return self.link(ref, before, content_of(entry), entry[:1])
        return self.link_in_clear(ref, before, content_of(entry))

    def link_in_clear(self, ref: str, before: bytes | None, envelope: bytes) -> bytes:
        """As it was done before entries were sealed."""
        return self._mac(_covered(ref, before, envelope)).hex().encode() + b"\n" + envelope

    def _mac(self, content: bytes) -> bytes:
        return digest(self._key(), content, "sha256")


def _covered(ref: str, before: bytes | None, content: bytes) -> bytes:
    return (link_of(before) if before else ref.encode()) + b"\n" + content


def is_sealed(stored: bytes) -> bool:
    return stored.startswith((BOX, COUNTED))


def is_counted(entry: bytes) -> bool:
    return entry.startswith(COUNTED)


def link_of(stored: bytes) -> bytes:
    return stored[1 : 1 + _LINK] if is_sealed(stored) else stored[:_OLD_LINK]


def content_of(stored: bytes) -> bytes:
    """The box, or the envelope in clear."""
    return stored[1 + _LINK :] if is_sealed(stored) else stored[_OLD_LINK + 1 :]


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
    def __init__(self, version: int = ENTRY_VERSION, upgrades: Upgrades = UPGRADES) -> None:
        self._version = version
        self._upgrades = upgrades

    def encode(self, entry: Entry, step: str) -> bytes:
        """Raises ValueError for a time without a zone."""
        head = EntryHead(
            v=self._version,
            at=_aware(entry.at),
            by=entry.by,
            type=type(entry.event).__name__,
            step=step,
            roles=entry.roles,
            surface=entry.surface,
        )
        return close(head, entry.event)

    def decode(self, ref: str, envelope: bytes) -> Entry:
        """Raises Unreadable, also for what a newer version of the program wrote."""
        line, body = parts(envelope)
        try:
            head = _head.decode(line)
            event = self._event(ref, head.v, body)
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


def step_of(envelope: bytes) -> str:
    """The append that wrote it."""
    return _head.decode(parts(envelope)[0]).step


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
    def __init__(self, kind: type[Folded]) -> None:
        self._body = msgspec.json.Decoder(kind)
        schema = msgspec.json.encode(msgspec.json.schema(kind), order="sorted")
        self._shape = f"{FOLD_VERSION}-{crc32(schema):08x}"

    def encode(self, version: int, folded: Folded) -> bytes:
        envelope = close(SnapshotHead(shape=self._shape, version=version), folded)
        return envelope + _sum_of(envelope)

    def decode(self, stored: bytes) -> Folded | None:
        """None where the entries have to be folded anew: also where one byte of it is not as it was written, which
        could otherwise pass for a case without a marker."""
        if not self.is_whole(stored):
            return None
        line, body = parts(stored[:-_SUM_LENGTH])
        try:
            head = _snapshot_head.decode(line)
            return self._body.decode(body) if head.shape == self._shape else None
        except ValueError:
            return None

    def is_whole(self, stored: bytes) -> bool:
        return stored[-_SUM_LENGTH:] == _sum_of(stored[:-_SUM_LENGTH])


def _sum_of(envelope: bytes) -> bytes:
    return b"%08x" % crc32(envelope)


def version_in_clear(stored: bytes) -> int:
    """How many entries a snapshot speaks of that was not sealed; 0 where it cannot be told."""
    try:
        return _snapshot_head.decode(parts(stored)[0]).version
    except ValueError:
        return 0
