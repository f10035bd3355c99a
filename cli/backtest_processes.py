"""The processes of a back-test: each has the rows of its own children, in their order, and a few of them at a time."""

import csv
import gc
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from io import StringIO
from typing import Self
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.backtest.backtest import Backtest, Batch, LogRow, PageRow, RowLeftOut, Rules

_TOGETHER = 200  # rows that go to a process at once
_AHEAD = 2  # batches that wait there: so memory does not grow with the log


PAGES = ("policy", "incident", "at", "role", "rung", "kind", "grade", "clocks")


class WrittenBatch(Struct, frozen=True):
    """What came of some rows, its pages as lines of CSV: objects would cost a third of all time on their way."""

    batch: Batch
    pages: str = ""


class Crew:
    """Pools of one process each, since a pool of several hands work to whichever is free."""

    def __init__(self, rules: Sequence[Rules], zone: ZoneInfo, processes: int, *, keeps_pages: bool) -> None:
        self._exits = ExitStack()
        self._pools = [
            ProcessPoolExecutor(1, initializer=_begin, initargs=(tuple(rules), zone.key, keeps_pages))
            for _ in range(processes)
        ]
        self._waiting: list[deque[Future[WrittenBatch]]] = [deque() for _ in self._pools]

    def __enter__(self) -> Self:
        for pool in self._pools:
            self._exits.enter_context(pool)
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._waiting:
            for future in each:
                future.cancel()
        self._exits.close()

    def run(self, rows: Iterable[LogRow | RowLeftOut]) -> Iterator[WrittenBatch]:
        together: list[list[LogRow]] = [[] for _ in self._pools]
        for row in rows:
            if isinstance(row, RowLeftOut):
                yield WrittenBatch(Batch(tallies={}, bad=[row], rows=1))
                continue
            place = self._place(row)
            together[place].append(row)
            if len(together[place]) == _TOGETHER:
                yield from self._hand(place, together[place])
                together[place] = []
        for place, left in enumerate(together):
            yield from self._hand(place, left)
        for waiting in self._waiting:
            while waiting:
                yield waiting.popleft().result()

    def _place(self, row: LogRow) -> int:
        """One child, one process: it knows how their last episode ended."""
        whose = row.cells.get("person_ref", "").strip() or row.cells["incident"]
        return zlib.crc32(whose.encode()) % len(self._pools)

    def _hand(self, place: int, rows: list[LogRow]) -> Iterator[WrittenBatch]:
        waiting = self._waiting[place]
        if len(waiting) >= _AHEAD:
            yield waiting.popleft().result()
        waiting.append(self._pools[place].submit(_run, rows))


# In each process.

_own: list[Backtest] = []


def _begin(rules: tuple[Rules, ...], zone: str, keeps_pages: bool) -> None:
    gc.freeze()
    gc.disable()  # a tenth of all time, for cycles that nothing makes; each batch is looked through once
    _own.append(Backtest(rules, ZoneInfo(zone), keeps_pages=keeps_pages))


def _run(rows: list[LogRow]) -> WrittenBatch:
    batch = _own[0].run(rows)
    text = StringIO()
    csv.writer(text).writerows(map(_page_cells, batch.pages))
    gc.collect()
    return WrittenBatch(replace(batch, pages=[]), text.getvalue())


def _page_cells(row: PageRow) -> tuple[object, ...]:
    page = row.page
    at = page.at.isoformat(timespec="seconds")
    clocks = " ".join(page.clocks)
    return row.rules, row.incident, at, page.role, page.rung, page.kind, page.grade, clocks
