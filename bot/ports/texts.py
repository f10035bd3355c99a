"""Texts that can be answered: which code stands for which page, what is on its way, which replies were dealt with."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from bot.domain.people import Role
from bot.ports.ways_tried import Way

BY_TEXT = "text"  # the surface of a step that was taken by a reply


class TextedPage(Struct, frozen=True):
    """One page of one case, as a text told of it."""

    ref: str
    page: int  # number of the entry that paged
    role: Role


Pages = tuple[TextedPage, ...]


class SentText(Struct, frozen=True, kw_only=True):
    """A text that its service has taken, and of which it says later whether it arrived."""

    receipt: str  # the service's own name for it
    way: Way
    label: str  # the way, as the case's record names it
    pages: Pages
    at: datetime  # case time


class ReplyTurn(StrEnum):
    """Whether a reply is ours to deal with now."""

    FIRST = "first"
    AGAIN = "again"  # somebody began and did not live to end it
    THEIRS = "theirs"  # somebody is at it
    DONE = "done"


FIRST_CODE, CODES = 10, 90
# Of two codes that follow one another no digit is alike, and 37 has no factor in common with 90: each comes once
# before any comes again.
STRIDE = 37


def nth_code(number: int) -> int:
    """Two digits, never with a nought in front, which a phone may drop."""
    return FIRST_CODE + number * STRIDE % CODES


class Texts(Protocol):
    def code(self, person: str, pages: Pages) -> int:
        """What this person replies to acknowledge these: 10 to 99, the one not used for longest. The same pages have
        the same code, however often it is asked for."""

    def codes(self, person: str) -> Mapping[int, Pages]:
        """All that are known for this person, old ones too."""

    def sent(self, text: SentText) -> None: ...

    def on_their_way(self) -> Sequence[SentText]: ...

    def settle(self, receipt: str) -> None:
        """Nothing more is to be asked of it."""

    def take(self, reply: str, machine_now: float, lease: float) -> ReplyTurn:
        """Ours for `lease` seconds where it is FIRST or AGAIN. `reply`: the service's own name for it."""

    def done(self, reply: str) -> None:
        """Never again, for as long as the service shows it."""

    def said_before(self, number: str, words: str, machine_now: float, within: float) -> bool:
        """Whether that number was told just that in so many seconds; two programs that answer each other end there."""

    def note_said(self, number: str, words: str, machine_now: float) -> None: ...
