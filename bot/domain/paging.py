"""Where clocks stand on their ladders: the fold of what was paged and cleared. For cases and for hand-overs alike."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.case import Paging
from bot.domain.events import Cleared, Paged, PageLine


def after_pages(paging: Mapping[str, Paging], event: Paged, at: datetime) -> dict[str, Paging]:
    return {**paging, **{line.clock: _sent(paging.get(line.clock), line, at) for line in event.lines}}


def after_clearing(paging: Mapping[str, Paging], event: Cleared) -> dict[str, Paging]:
    return {key: standing for key, standing in paging.items() if key not in event.clocks}


def _sent(before: Paging | None, line: PageLine, at: datetime) -> Paging:
    if before is None or before.started != line.started:
        return _first(line, at)
    # The rung again after a quiet time is a fresh page; the rung again unasked is a repeat, and repeats slow down.
    is_repeat = before.rung == line.rung and before.quiet_until is None
    return Paging(
        started=line.started,
        role=line.role,
        rung=line.rung,
        sent_at=at,
        repeats=before.repeats + 1 if is_repeat else 0,
        told=before.told | {line.role},
        skipped=line.skipped,
    )


def _first(line: PageLine, at: datetime) -> Paging:
    return Paging(
        started=line.started,
        role=line.role,
        rung=line.rung,
        sent_at=at,
        told=frozenset({line.role}),
        skipped=line.skipped,
    )
