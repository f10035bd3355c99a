"""The processing log, as it is read: by `missing-bot processing-log`, and by whoever verifies it. By no report."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from bot.domain.processing import Processing


class Proof(StrEnum):
    """What proves that a line is as it was written."""

    LINKED = "linked"  # the chain
    SEALED = "sealed"  # its own box: it is newer than the last link, and could still be dropped
    BEFORE = "unchained"  # nothing: it was noted before there was a chain


class LoggedLine(Struct, frozen=True, kw_only=True):
    number: int  # from 1, in the order in which they were written; of what was noted before there was a chain, its own
    proof: Proof
    said: Processing | None  # None: it cannot be read


class LogFault(StrEnum):
    EDITED = "a line is not as it was written"
    REPEATED = "a line stands there twice"
    LINKS = "lines were changed, dropped, added or moved"
    CUT = "lines are gone from the end"
    HEAD = "the end of the chain is not as it was written"
    RECIPIENTS = "a list of recipients is gone, or not as it was written"


class LogFinding(Struct, frozen=True, kw_only=True):
    """Lines `first` to `last`, both counted from 1; written between `since` and `until`, as the lines around say."""

    fault: LogFault
    first: int
    last: int
    since: datetime | None = None
    until: datetime | None = None


class LogHead(Struct, frozen=True):
    """The newest link, to be kept somewhere else: a whole older log that was put back has another."""

    lines: int
    link: str  # hexadecimal digits


class LogSlice(Struct, frozen=True):
    number: int  # from 0
    found: tuple[LogFinding, ...]


class LogReader(Protocol):
    def lines(self) -> Iterator[LoggedLine]:
        """All of them, in the order in which they were written."""

    def newest(self, count: int) -> list[Processing]:
        """Those that can be read of the last ones, in the order in which they were written."""

    def check(self) -> list[LogFinding]:
        """Nothing where each line is as it was written."""

    def check_some(self) -> LogSlice:
        """The next hundred lines with each call, then from the beginning again: all of them in their turn."""

    def head(self) -> LogHead | None:
        """None where nothing is linked yet."""
