"""Lines of the processing log ↔ bytes: each a box under a key of the log's own, and the keyed links over the boxes.

Several processes write at once, most lines by the script that appends a step; so nobody who writes a line knows the
one before it. A link made by that script would be without a key, since the server has none: whoever can write there
could make it anew. A chain for each writer would fork where two threads write, and stand still where nobody knows
whether a write came to pass. So a line proves itself when it is written (it is a box: nobody without the key makes or
changes one), and its place is proved soon after: one process at a time takes what is new into one keyed chain
(`RedisProcessingLog.link`, every few seconds). What can be done unnoticed is to drop or move whole lines within those
seconds; and to put back a whole older log with its chain, which an anchor outside of the machine tells
(`RedisLogReader.head`).

Only the newest link is kept, and one for every hundred lines: enough to say between which lines somebody was.
"""

from collections.abc import Callable
from hmac import compare_digest, digest
from typing import Any

import msgspec
from msgspec import Struct

from bot.domain.processing import Processing
from bot.store.sealing import DataKey, place


def _plain(value: object) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


MARKED = 100
"""So many lines lie between two links that are kept."""

# Not packed as entries are: a line is short, and whoever takes a step waits for it.
_encode = msgspec.msgpack.Encoder().encode
_FIELDS = Processing.__struct_fields__
_ALWAYS = len(_FIELDS) - len(Processing.__struct_defaults__)
_DEFAULTS = [*(None,) * _ALWAYS, *map(_plain, Processing.__struct_defaults__)]
_FEW = 3  # recipients that stand in the line itself
_LISTED = _FIELDS.index("to")
_PLACE = place("processing log")
BEGIN = b"\0" * 32
_NAME_LENGTH = 16  # bytes of a MAC


class Recipients(Struct, frozen=True):
    """A list of recipients that stands beside the log once, whoever disclosed what to them."""

    name: bytes
    box: bytes


class StoredLine(Struct, frozen=True):
    box: bytes
    people: Recipients | None = None


class UnknownRecipients(ValueError):
    """A list of recipients is not there, or not the one that was named."""


class LogBoxes:
    def __init__(self, key: Callable[[], DataKey], chain: Callable[[], bytes]) -> None:
        self._key = key
        self._chain = chain

    def sealed(self, line: Processing) -> StoredLine:
        """Raises ValueError for a time without a zone."""
        if line.at.tzinfo is None:
            raise ValueError("A time without a zone cannot be recorded.")
        fields = [_plain(getattr(line, name)) for name in _FIELDS]
        people = self._people(line.to) if len(line.to) > _FEW else None
        if people:
            fields[_LISTED] = people.name
        return StoredLine(self._seal(_trimmed(fields), _PLACE), people)

    def _people(self, people: tuple[str, ...]) -> Recipients:
        name = self._mac(b"people", _encode(people))[:_NAME_LENGTH]
        return Recipients(name, self._seal(people, _place_of(name)))

    def _seal(self, content: object, where: bytes) -> bytes:
        return self._key().seal(_encode(content), where)

    def _opened(self, box: bytes, where: bytes) -> Any:
        return msgspec.msgpack.decode(self._key().open(box, where))

    def open(self, box: bytes, people: Callable[[bytes], bytes | None]) -> Processing:
        """`people`: the box of a list, by its name. Raises ValueError, which may be UnknownRecipients."""
        fields = dict(zip(_FIELDS, self._opened(box, _PLACE), strict=False))
        if isinstance(named := fields.get("to"), bytes):
            fields["to"] = self._listed(named, people(named))
        return msgspec.convert(fields, Processing)

    def _listed(self, name: bytes, box: bytes | None) -> Any:
        try:
            return self._opened(box or b"", _place_of(name))
        except ValueError:
            raise UnknownRecipients("a list of recipients") from None

    # The chain

    def linked(self, before: bytes, box: bytes) -> bytes:
        return self._mac(b"link", before + box)

    def end(self, lines: int, link: bytes) -> bytes:
        """What is kept of the newest link; no link of the marks can be put in its place."""
        return lines.to_bytes(8) + link + self._end_mac(lines, link)

    def read_end(self, stored: bytes) -> tuple[int, bytes] | None:
        """How many lines it covers, and the link; None where it is not as it was written."""
        lines, link, mac = int.from_bytes(stored[:8]), stored[8:40], stored[40:]
        return (lines, link) if compare_digest(mac, self._end_mac(lines, link)) else None

    def _end_mac(self, lines: int, link: bytes) -> bytes:
        return self._mac(b"end", lines.to_bytes(8) + link)

    def _mac(self, kind: bytes, content: bytes) -> bytes:
        return digest(self._chain(), kind + b"\n" + content, "sha256")


def _place_of(name: bytes) -> bytes:
    return place("recipients", name.hex())


def _trimmed(fields: list[Any]) -> list[Any]:
    """Without what stands at the end and says nothing."""
    said = [number for number, value in enumerate(fields, start=1) if value != _DEFAULTS[number - 1]]
    return fields[: max(said)]
