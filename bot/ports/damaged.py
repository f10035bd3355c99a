"""What lies in the record and cannot be read back: kept as it is for the technician, while everything else goes on."""

from enum import StrEnum
from typing import Protocol, TypeVar

import msgspec
from msgspec import Struct

from bot.ports.notes import Documents


class DamageKind(StrEnum):
    """The values are stored."""

    ROW = "row"  # of the outbox
    ENTRY = "entry"  # of a record: it stays where it is
    DOCUMENT = "document"
    PLACE = "place"  # where a message is in Slack
    DRAFT = "draft"
    TEXT = "text"  # a text on its way, or what a code stands for
    CONSULTATION = "consultation"
    DUE = "due"  # a name in the due index
    PACE = "pace"  # a time or a count that is written anew within seconds


class Doubt(StrEnum):
    """Why something is not believed that can be read. The values are stored."""

    NONE = ""
    NOT_OURS = "not_ours"  # not sealed, where all that we write is
    OLDER = "older"  # sealed by us, and older than what was read there before


class Damaged(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`stored`: the bytes as they lay there; none where they were gone."""

    kind: DamageKind
    name: str  # of a row its id, of a document its name
    key: str  # where it lay on the server
    field: str = ""  # and under which name in there; "" where the key holds nothing else
    lane: str = ""  # of a row: the one that it lay in
    turn: str = "0"  # and its place there, a whole number
    mark: str = ""  # and since when it was in doubt, in machine seconds
    mended: bool = False  # written anew from what the record itself says
    stored: bytes = b""
    doubt: Doubt = Doubt.NONE
    at: float = 0.0  # machine seconds at which it was found, where it is doubted

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.name}"

    @property
    def rank(self) -> int:
        """Of a row, as its place in the lane tells."""
        return int(self.turn) // TURNS


TURNS = 2**40
"""A row's place in its lane is its rank, times this, plus its turn."""


class DamageStore(Protocol):
    def all(self) -> list[Damaged]:
        """Everything that is kept, in the order of its ids."""

    def restore(self, damaged: Damaged, stored: bytes) -> None:
        """Puts `stored` where it lay, in place of whatever is there now, and keeps it no longer."""

    def dismiss(self, damaged: Damaged) -> None:
        """Keeps it no longer."""


T = TypeVar("T")


def read(documents: Documents, name: str, kind: type[T]) -> T | None:
    """None where there is none, and where there is one that cannot be read: whoever writes it writes it anew."""
    return understood(documents, name, documents.get(name), kind)


def understood(documents: Documents, name: str, found: bytes | None, kind: type[T]) -> T | None:
    """The same of what was read together with something else."""
    if not found:
        return None
    try:
        return msgspec.json.decode(found, type=kind)
    except ValueError:
        documents.keep_damaged(name, found)
        return None
