"""Is the processing log as it was written? Line by line, so that a log of years is never in memory whole."""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec.structs import replace

from bot.domain.processing import Processing
from bot.ports.log_reader import LogFault, LogFinding
from bot.store.log_boxes import BEGIN, MARKED, LogBoxes, UnknownRecipients


class LogCheck:
    def __init__(
        self,
        boxes: LogBoxes,
        end: tuple[int, bytes] | None,
        marks: Mapping[int, bytes],
        people: Callable[[bytes], bytes | None],
        begin: tuple[int, bytes] = (0, BEGIN),
    ) -> None:
        """`end`: how many lines the newest link covers, and the link; None where it is forged. `marks`: the links that
        are kept in between, by how many lines each covers. `begin`: likewise, of the lines that are not looked at."""
        self._boxes = boxes
        self._end = end
        self._marks = marks
        self._people = people
        self._good, self._link = begin  # lines up to a link that is as it was written
        self._seen: set[int] = set()
        self._found: list[LogFinding] = []
        self._lines = begin[0]
        self._at: datetime | None = None
        self._at_good: datetime | None = None

    def saw(self, number: int, box: bytes) -> None:
        self._lines = number
        self._look_at(number, box)
        if self._end is None or number > self._end[0]:
            return
        self._link = self._boxes.linked(self._link, box)
        if number == self._end[0]:
            self._compare(number, self._end[1])
        elif number % MARKED == 0:
            self._compare(number, self._marks.get(number, b""))

    def _look_at(self, number: int, box: bytes) -> None:
        said, fault = self._opened(box)
        if fault is None and hash(box) in self._seen:
            fault = LogFault.REPEATED
        self._seen.add(hash(box))
        before, self._at = self._at, said.at if said else self._at
        if fault:
            self._note(fault, number, number, before, self._at)

    def _opened(self, box: bytes) -> tuple[Processing | None, LogFault | None]:
        try:
            return self._boxes.open(box, self._people), None
        except UnknownRecipients:
            return None, LogFault.RECIPIENTS
        except ValueError:
            return None, LogFault.EDITED

    def _compare(self, number: int, kept: bytes) -> None:
        """Where a link is another, the lines since the last good one are not as they were; it goes on from what is
        kept, so that each place is found by itself."""
        if self._link != kept:
            self._note_links(number)
            self._link = kept
        self._good, self._at_good = number, self._at

    def _note_links(self, last: int) -> None:
        """One finding for what lies side by side: after a line that was dropped nothing is where it was."""
        before = self._found[-1] if self._found else None
        if before and before.fault is LogFault.LINKS and before.last == self._good:
            self._found[-1] = replace(before, last=last, until=self._at)
        else:
            self._note(LogFault.LINKS, self._good + 1, last, self._at_good, self._at)

    def findings(self, lines: int) -> list[LogFinding]:
        """`lines`: how many there are in all."""
        if self._end is None or (self._end[0] == 0 and self._marks):
            self._note(LogFault.HEAD, 1, max(1, lines), None, self._at)
        elif lines < self._end[0]:
            self._note(LogFault.CUT, lines + 1, self._end[0], self._at, None)
        return self._found

    def _note(
        self, fault: LogFault, first: int, last: int, since: datetime | None, until: datetime | None
    ) -> None:
        self._found.append(LogFinding(fault=fault, first=first, last=last, since=since, until=until))
