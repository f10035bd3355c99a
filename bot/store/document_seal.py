"""A document as it is stored: sealed at its own name, with a stamp that only ever grows, so that an old one which was
put back is known for what it is.

The stamp is the moment of machine time at which it was written, or one more than the stamp before it: so it grows
though a clock is set back, and goes on from now where a server has lost everything.
"""

import msgspec

from bot.ports.damaged import Doubt
from bot.store.house_keys import HouseKeys
from bot.store.sealing import BOX, NotOpened, place
from bot.time import MachineClock

STAMPED = b"\x03"
"""In the place of `BOX`, before the stamp. `document_put.lua` reads both."""

_DIGITS = 16  # of a stamp: whole microseconds


def is_stamped(stored: bytes) -> bool:
    return stored.startswith(STAMPED)


class Doubted(NotOpened):
    """It can be read, and somebody else has put it there."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(f"this document is doubted: {doubt}")
        self.doubt = doubt


class DocumentSeal:
    """One process's. It remembers how new each document was that it has read or written."""

    def __init__(self, house: HouseKeys, machine: MachineClock) -> None:
        self._house = house
        self._machine = machine
        self._newest: dict[str, int] = {}  # name → stamp

    def newest(self, name: str) -> int:
        return self._newest.get(name, 0)

    def stamp(self, name: str, at_least: int = 0) -> int:
        """Of what is written now."""
        return max(int(self._machine.seconds() * 1e6), at_least, self.newest(name) + 1)

    def note(self, name: str, stamp: int) -> None:
        self._newest[name] = max(stamp, self.newest(name))

    def sealed(self, name: str, stamp: int, document: bytes) -> bytes:
        said = _said(stamp)
        return STAMPED + said + self._house.data().seal(document, _place(name, said))

    def sealed_now(self, name: str, document: bytes) -> bytes:
        return self.sealed(name, self.stamp(name), document)

    def opened(self, name: str, stored: bytes, at_least: int) -> bytes:
        """`at_least`: how new it has to be. Raises Doubted, and NotOpened where it is damaged."""
        if not is_stamped(stored):
            return self._from_before(name, stored)
        said, document = stored[1 : 1 + _DIGITS], self._box(name, stored)
        if int(said) < at_least:
            raise Doubted(Doubt.OLDER)
        self.note(name, int(said))
        return document

    def stamp_of(self, name: str, stored: bytes) -> int:
        """0 where nobody of ours has written it, or before there were stamps."""
        try:
            self._box(name, stored)
        except NotOpened:
            return 0
        return int(stored[1 : 1 + _DIGITS])

    def is_newest(self, name: str, stored: bytes) -> bool:
        return self.stamp_of(name, stored) >= max(1, self.newest(name))

    def said_in(self, name: str, stored: bytes) -> bytes:
        """Whatever its age is, and whether it is sealed or not: for who has been told to put it back."""
        if is_stamped(stored):
            return self._box(name, stored)
        if stored.startswith(BOX):
            return self._house.data().open(stored[len(BOX) :], place("document", name))
        return stored

    def _box(self, name: str, stored: bytes) -> bytes:
        said, box = stored[1 : 1 + _DIGITS], stored[1 + _DIGITS :]
        return self._house.data().open(box, _place(name, said))

    def _from_before(self, name: str, stored: bytes) -> bytes:
        """Before there were stamps, or keys."""
        document = self.said_in(name, stored)
        if self._house.is_closed():
            raise Doubted(Doubt.NOT_OURS) if _says_something(document) else NotOpened("it makes no sense")
        return document


def _says_something(document: bytes) -> bool:
    """What makes no sense is damage, and nobody's doing."""
    try:
        msgspec.json.decode(document)
    except ValueError:
        return False
    return True


def _said(stamp: int) -> bytes:
    return b"%0*d" % (_DIGITS, stamp)


def _place(name: str, said: bytes) -> bytes:
    return place("document", name, said.decode("ascii", "replace"))
