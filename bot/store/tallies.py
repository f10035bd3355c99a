"""How far each record has come, kept apart from it: written by the same step, and proved by a key of the house.

The chain proves that what is there was written so; only a tally can tell that there was more. It also says what follows
from the record for the sets of open and of due cases.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from hmac import compare_digest, digest
from struct import Struct as Layout
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.store.codec import from_ms, link_of, ms_after, ms_before
from bot.store.record_step import RecordStep

LINK = 16  # bytes of a link that a tally holds
NO_LINK = bytes(LINK)
MARK = 4 + LINK  # bytes that say how many entries there are, and how the last is known
_PROOF = 16  # bytes
_LAYOUT = Layout(f">I{LINK}sqqB")
_NEVER = -1
_OPEN, _FORGOTTEN = 1, 2


class Tally(Struct, frozen=True, kw_only=True):
    """`wake`, `at`: milliseconds of case time; `wake` is None where nobody has to look at it."""

    count: int  # entries
    link: bytes  # what the last of them is known by
    wake: int | None
    at: int  # of the last entry
    is_open: bool = False
    is_forgotten: bool = False  # its key was erased

    @property
    def written(self) -> datetime:
        return from_ms(self.at)


NOTHING_COUNTED = Tally(count=0, link=NO_LINK, wake=None, at=0)


def short_link(last: bytes) -> bytes:
    """Of the last entry, as stored; empty where there is none."""
    return link_of(last)[:LINK] if last else NO_LINK


def tally_after(step: RecordStep[Any], last: bytes) -> Tally:
    """`last`: the entry that the record ends with then, as stored; empty where it has none."""
    return Tally(
        count=step.expected + len(step.entries),
        link=short_link(last),
        wake=None if step.wake_at is None else ms_after(step.wake_at),
        at=0 if step.changed_at is None else ms_before(step.changed_at),
        is_open=step.filing.open,
    )


def recounted(tally: Tally, entries: Sequence[bytes]) -> Tally:
    """Of the same record, with these entries, as stored. What it says of the sets stays."""
    return replace(tally, count=len(entries), link=short_link(entries[-1] if entries else b""))


class Tallies:
    def __init__(self, key: Callable[[], bytes]) -> None:
        self._key = key

    def closed(self, name: str, tally: Tally) -> bytes:
        """As it is stored. `name`: `case:MC-26-0142`. The script that appends reads count and link of it."""
        wake = _NEVER if tally.wake is None else tally.wake
        flags = tally.is_open * _OPEN | tally.is_forgotten * _FORGOTTEN
        plain = _LAYOUT.pack(tally.count, tally.link, wake, tally.at, flags)
        return plain + self._proof(name, plain)

    def opened(self, name: str, stored: bytes) -> Tally | None:
        """None where it is not as it was written."""
        plain, proof = stored[: _LAYOUT.size], stored[_LAYOUT.size :]
        if len(plain) < _LAYOUT.size or not compare_digest(proof, self._proof(name, plain)):
            return None
        return as_told(stored)

    def _proof(self, name: str, plain: bytes) -> bytes:
        return digest(self._key(), name.encode() + b"\n" + plain, "sha256")[:_PROOF]


def as_told(stored: bytes) -> Tally | None:
    """Without proof: enough to say whose record has to be looked at. None where it is too short to be one."""
    if len(stored) < _LAYOUT.size:
        return None
    count, link, wake, at, flags = _LAYOUT.unpack(stored[: _LAYOUT.size])
    return Tally(
        count=count,
        link=link,
        wake=None if wake == _NEVER else wake,
        at=at,
        is_open=bool(flags & _OPEN),
        is_forgotten=bool(flags & _FORGOTTEN),
    )
