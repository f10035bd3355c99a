"""A body made small before it is sealed: what every case has in common is in a dictionary, and not in each of them.

Nobody who can choose what is typed sees how long what was stored became (docs/security.md), and what is unpacked was
sealed by us.
"""

import zlib
from functools import cache
from importlib.resources import files
from typing import Any

# Deflate without head or sum. A window of 16 kB takes the dictionary and a long case together. Codes made for each body
# by itself would take four times as long, and what they save goes into telling them.
_LEVEL, _WINDOW, _MEMORY, _ANY_WINDOW = 3, -14, 6, -15


def _words() -> bytes:
    """Never changed: what was packed with it is unpacked with it for ever."""
    return (files("bot.store") / "packing-1.txt").read_bytes()


# Reading the dictionary takes longer than what follows: each use goes on from a copy of who has read it.


@cache
def _packing() -> Any:
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW, _MEMORY, zlib.Z_FIXED, _words())


@cache
def _unpacking() -> Any:
    return zlib.decompressobj(_ANY_WINDOW, zdict=_words())


def pack(plain: bytes) -> bytes:
    packing = _packing().copy()
    return bytes(packing.compress(plain) + packing.flush())


def unpack(packed: bytes) -> bytes:
    """Raises ValueError for what was never packed."""
    unpacking = _unpacking().copy()
    try:
        return bytes(unpacking.decompress(packed) + unpacking.flush())
    except zlib.error:
        raise ValueError("this was not packed") from None
