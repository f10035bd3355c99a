"""An anchor: how far every record had come at one moment, signed, and chained to the anchor before. Pure.

It is kept outside of the record server, since nothing inside of it tells that all of it was put back to an older state.
Every anchor names every record: so each file stands by itself, and can be compared with the record years later.
"""

import gzip
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest

import msgspec
from msgspec import Struct

from bot.ports.anchors import IN_CLEAR, RecordStanding, Standings


class Anchor(Struct, frozen=True, kw_only=True):
    at: datetime  # machine time, in UTC
    before: str  # the total of the anchor before; "" of the first
    standings: Standings

    @property
    def entries(self) -> int:
        return sum(each.entries for each in self.standings.records.values())


class SignedAnchor(Struct, frozen=True, kw_only=True):
    """An anchor, and the one hash over all of it (SHA-256, in hexadecimal digits)."""

    anchor: Anchor
    total: str


class _Head(Struct, frozen=True, kw_only=True):
    total: str
    signature: str


class NoAnchor(Exception):
    """It is none of this record, or not as it was written."""


Sign = Callable[[str], str]


def closed(anchor: Anchor, sign: Sign) -> tuple[SignedAnchor, bytes]:
    """With what is to be written into a file: two lines of JSON, packed."""
    body = msgspec.json.encode(anchor)
    total = sha256(body).hexdigest()
    head = msgspec.json.encode(_Head(total=total, signature=sign(total)))
    return SignedAnchor(anchor=anchor, total=total), gzip.compress(head + b"\n" + body + b"\n", mtime=0)


def opened(stored: bytes, sign: Sign) -> SignedAnchor:
    """Raises NoAnchor."""
    try:
        head_line, body = gzip.decompress(stored).rstrip(b"\n").split(b"\n")
        head = msgspec.json.decode(head_line, type=_Head)
        anchor = msgspec.json.decode(body, type=Anchor)
    except (OSError, EOFError, ValueError):
        raise NoAnchor("is no whole anchor") from None
    if sha256(body).hexdigest() != head.total:
        raise NoAnchor("was changed since it was written")
    if not compare_digest(sign(head.total), head.signature):
        raise NoAnchor("was not written with a key of this record")
    return SignedAnchor(anchor=anchor, total=head.total)


# The record of now, beside an anchor.


class AnchorGap(StrEnum):
    """The values are told to programs."""

    GONE = "gone"  # nothing is left of the record
    FEWER = "fewer"  # it has fewer entries than it had
    OTHER = "other"  # the entry that was its last is another one
    DOCUMENT = "document"  # it is older than it was
    TORN = "torn"  # the anchor before it is not the one that it names
    REOPENED = "reopened"  # what is in clear is believed again


class Difference(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`what`: a reference, or the name of a document or a file."""

    kind: AnchorGap
    what: str = ""
    then: int = 0  # entries at the time of the anchor
    now: int = 0


def differences(anchor: Anchor, as_of: Mapping[str, RecordStanding], now: Standings) -> Iterator[Difference]:
    """`as_of`: how each of the anchor's records stands, with the mark of the entry that was its last."""
    then = anchor.standings
    if then.closed and not now.closed:
        yield Difference(kind=AnchorGap.REOPENED)
    for name, stamp in then.documents.items():
        if now.documents.get(name, 0) < stamp:
            yield Difference(kind=AnchorGap.DOCUMENT, what=name)
    for ref, was in sorted(then.records.items()):
        kind = _behind(was, as_of[ref])
        if kind is not None:
            yield Difference(kind=kind, what=ref, then=was.entries, now=as_of[ref].entries)


def _behind(was: RecordStanding, now: RecordStanding) -> AnchorGap | None:
    if not now.entries:
        return AnchorGap.GONE
    if now.entries < was.entries:
        return AnchorGap.FEWER
    was_sealed_since = was.mark.startswith(IN_CLEAR) and not now.mark.startswith(IN_CLEAR)
    return None if was.mark == now.mark or was_sealed_since else AnchorGap.OTHER
