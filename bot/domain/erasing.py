"""Erasing a closed case, for ever: what has to be there first, and who decides it. Pure.

One person asks, another one confirms; nothing is erased by itself, however old it is (domain.md §6). The case has to be
closed, and out of the record as an export of all that it holds now: what a court or an inquiry may ask for is kept by
the force, outside.
"""

from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import NamedTuple

from msgspec import Struct

from bot.domain.case import Case, Status
from bot.domain.people import Actor

ASKED_FOR = timedelta(hours=24)
"""For how long somebody else may confirm. After that it has to be asked anew."""


class Exported(Struct, frozen=True, kw_only=True):
    """That a whole case left the record as a document, with nothing left out."""

    ref: str
    by: str
    at: datetime
    entries: int  # that it covers
    last: str  # what the last of them is known by in the chain: hexadecimal digits
    sum: str  # of the document: SHA-256, hexadecimal digits

    def covers(self, ends: "Ends") -> bool:
        return (self.entries, self.last) == (ends.entries, ends.link)


class ErasureAsked(Struct, frozen=True, kw_only=True):
    ref: str
    by: str
    surface: str
    at: datetime
    export: Exported

    def stands(self, export: Exported, now: datetime) -> bool:
        """Whether it may still be confirmed, of a case whose newest export is that one."""
        is_same = (export.entries, export.last) == (self.export.entries, self.export.last)
        return is_same and self.at <= now < self.at + ASKED_FOR


class Erasure(Struct, frozen=True, kw_only=True):
    """What is left of a case: that there was one, who had it erased, and what proves the rest of the record whole."""

    asked: ErasureAsked
    by: str
    surface: str
    at: datetime
    is_done: bool = False  # what lay beside the case is gone too, and it is in the processing log

    @property
    def ref(self) -> str:
        return self.asked.ref


class Hindrance(StrEnum):
    NOT_YOURS = auto()
    NOT_CLOSED = auto()
    IN_CLEAR = auto()  # from before there were keys: there is none to be forgotten
    NOT_EXPORTED = auto()
    GONE_ON = auto()  # since it was exported
    MESSAGES_WAIT = auto()
    SAME_PERSON = auto()
    NOT_ASKED = auto()  # any more: taken back, or too long ago, while somebody was about to confirm it


def may_erase(actor: Actor) -> bool:
    return actor.supervises and not actor.outdated


class Ends(NamedTuple):
    """How a record ends now."""

    entries: int
    last: bytes  # as stored
    link: str  # what the last entry is known by in the chain: hexadecimal digits


NO_ENDS = Ends(0, b"", "")


class Stands(Struct, frozen=True, kw_only=True):
    """What is known before anything is erased."""

    case: Case
    ends: Ends = NO_ENDS  # where some of it lies in clear
    export: Exported | None = None
    asked: ErasureAsked | None = None  # what somebody may confirm now
    waiting: int = 0  # messages about it that are about to leave


class NotErased(Exception):
    """Nothing was erased, and nothing changed."""

    def __init__(self, why: Hindrance, stands: Stands) -> None:
        super().__init__(why.value)
        self.why = why
        self.stands = stands


def hindrance(stands: Stands, actor: Actor) -> Hindrance | None:
    """Why it cannot be asked for, or confirmed, by that person now."""
    if not may_erase(actor):
        return Hindrance.NOT_YOURS
    if stands.case.status is not Status.CLOSED:
        return Hindrance.NOT_CLOSED
    if stands.ends == NO_ENDS:
        return Hindrance.IN_CLEAR
    if stands.export is None:
        return Hindrance.NOT_EXPORTED
    if not stands.export.covers(stands.ends):
        return Hindrance.GONE_ON
    if stands.waiting:
        return Hindrance.MESSAGES_WAIT
    if stands.asked and stands.asked.by == actor.id:
        return Hindrance.SAME_PERSON
    return None
