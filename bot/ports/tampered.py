"""What in the record is not as the bot wrote it, and who asks: the reconciler, and `missing-bot verify`."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct


class TamperKind(StrEnum):
    """The values are told to programs (`verify --json`)."""

    EDITED = "edited"  # an entry is not as it was written
    DROPPED = "dropped"  # entries are gone from the middle
    SWAPPED = "swapped"  # two entries stand in each other's place
    FORGED = "forged"  # an entry that the bot did not write there
    CUT = "cut"  # entries are gone from the end
    GONE_ON = "gone_on"  # entries were gone from the end, and others were written in their place
    PUT_BACK = "put_back"  # an older state of the whole record lies there
    GONE = "gone"  # nothing is left of it
    SNAPSHOT = "snapshot"  # how the case stands, as it is read each time, was changed or taken away
    KEY = "key"  # its key is not its own, or was taken away
    TALLY = "tally"  # what says how far it has come was changed or taken away
    NOT_OPEN = "not_open"  # an open case is missing from the set of open cases
    NOT_CLOSED = "not_closed"  # a closed one is in it
    NOT_DUE = "not_due"  # the time at which it has to be looked at is gone, or later
    DOCUMENT = (
        "document"  # what says who holds which role: nobody of ours wrote it, or it was put back, or damaged
    )


class Tampered(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """References and numbers only: nothing personal."""

    kind: TamperKind
    ref: str  # of a document its name
    first: int | None = None  # the number, from 1, of the first entry that it is about
    last: int | None = None  # and of the last
    since: datetime | None = (
        None  # case time: when the last thing was written that is as it was; it came after that
    )
    checked: datetime | None = None  # case time: when it was last found to be as it was
    mended: bool = False


class RecordChecks(Protocol):
    """Each record is looked at as it lies at one moment. All of these raise StoreUnavailable."""

    def refs(self) -> Iterator[str]:
        """Of every record that anything tells of, some perhaps twice; little by little, as they are asked for."""

    def suspects(self) -> list[str]:
        """Those that a quick look at all of them, and at the sets of open and due cases, finds odd."""

    def check(self, ref: str) -> tuple[Tampered, ...]:
        """What is not as it was written. What this process has seen of a record before counts, too."""

    def beside(self) -> tuple[Tampered, ...]:
        """The same of what belongs to no record."""

    def begin(self, ref: str) -> None:
        """Counts a record from before there were counts, and has an open case that nothing looks at looked at."""

    def fold_anew(self, ref: str) -> None:
        """The snapshot, from the entries."""

    def mend(self, ref: str) -> None:
        """The sets of open and of due cases, as follows from the record."""
