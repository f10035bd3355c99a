"""Entries and snapshots ↔ bytes.

An envelope is one line of JSON that stays readable without any key, a line break, and the body behind its cipher.
"""

from datetime import datetime
from typing import Any
from zlib import crc32

import msgspec
from msgspec import Struct

from bot.domain.case import Case
from bot.domain.events import AnyEvent, Entry
from bot.domain.people import Role
from bot.ports import Outgoing
from bot.store.cipher import Cipher, Plain
from bot.store.errors import Unreadable
from bot.store.upgrades import ENTRY_VERSION, UPGRADES, Upgrades, upgrade

# Raise it when the fold gives an old event another meaning: every snapshot is then folded anew.
FOLD_VERSION = 1
_CASE_SHAPE = f"{FOLD_VERSION}-{crc32(msgspec.json.encode(msgspec.json.schema(Case), order='sorted')):08x}"

_PLAIN = Plain()


class EntryHead(Struct, frozen=True, kw_only=True):
    """What can be read of an entry without a key."""

    v: int
    at: datetime
    by: str
    type: str
    step: str  # the append that wrote it: a write that is tried again knows its own
    roles: frozenset[Role] = frozenset()
    surface: str = ""
    cipher: str = Plain.name


class SnapshotHead(Struct, frozen=True, kw_only=True):
    shape: str
    version: int
    cipher: str = Plain.name


_encode = msgspec.json.Encoder().encode
_entry_head = msgspec.json.Decoder(EntryHead)
_snapshot_head = msgspec.json.Decoder(SnapshotHead)
_event: msgspec.json.Decoder[Any] = msgspec.json.Decoder(AnyEvent)
_case = msgspec.json.Decoder(Case)
_outgoing = msgspec.json.Decoder(Outgoing)


class Codec:
    def __init__(
        self, cipher: Cipher = _PLAIN, version: int = ENTRY_VERSION, upgrades: Upgrades = UPGRADES
    ) -> None:
        self._cipher = cipher
        self._version = version
        self._upgrades = upgrades

    def encode_entry(self, ref: str, entry: Entry, step: str) -> bytes:
        head = EntryHead(
            v=self._version,
            at=_aware(entry.at),
            by=entry.by,
            type=type(entry.event).__name__,
            step=step,
            roles=entry.roles,
            surface=entry.surface,
            cipher=self._cipher.name,
        )
        return self._envelope(ref, head, entry.event)

    def decode_entry(self, ref: str, envelope: bytes) -> Entry:
        """Raises Unreadable, also for what a newer version of the program wrote."""
        line, sealed = _split(envelope)
        try:
            head = _entry_head.decode(line)
            event = self._decode_event(head.v, self._open(ref, head.cipher, sealed))
        except msgspec.MsgspecError:
            # Not chained: the reason quotes the record.
            raise Unreadable(f"An entry of {ref} is not as this version knows entries.") from None
        return Entry(at=head.at, by=head.by, event=event, roles=head.roles, surface=head.surface)

    def _decode_event(self, version: int, body: bytes) -> AnyEvent:
        if version == self._version:
            event: AnyEvent = _event.decode(body)
            return event
        if version > self._version:
            raise Unreadable(f"An entry has version {version}; this program knows up to {self._version}.")
        raw = upgrade(msgspec.json.decode(body), version, self._version, self._upgrades)
        upgraded: AnyEvent = msgspec.convert(raw, AnyEvent)
        return upgraded

    def encode_case(self, case: Case) -> bytes:
        head = SnapshotHead(shape=_CASE_SHAPE, version=case.version, cipher=self._cipher.name)
        return self._envelope(case.ref, head, case)

    def decode_case(self, ref: str, envelope: bytes) -> Case | None:
        """None for a snapshot of another shape: the entries are the record, a snapshot is never upgraded."""
        line, sealed = _split(envelope)
        try:
            head = _snapshot_head.decode(line)
            return _case.decode(self._open(ref, head.cipher, sealed)) if head.shape == _CASE_SHAPE else None
        except msgspec.MsgspecError:
            return None

    def _envelope(self, ref: str, head: Struct, body: object) -> bytes:
        return _encode(head) + b"\n" + self._cipher.seal(ref, _encode(body))

    def _open(self, ref: str, cipher: str, sealed: bytes) -> bytes:
        if cipher == self._cipher.name:
            return self._cipher.open(ref, sealed)
        if cipher == _PLAIN.name:
            return sealed
        raise Unreadable(f"A record of {ref} is behind the cipher “{cipher}”, which is not set up.")


def encode_outgoing(row: Outgoing) -> bytes:
    return _encode(row)


def decode_outgoing(stored: bytes) -> Outgoing:
    return _outgoing.decode(stored)


def _split(envelope: bytes) -> tuple[bytes, bytes]:
    line, _, sealed = envelope.partition(b"\n")
    return line, sealed


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A time without a zone cannot be recorded.")
    return at
