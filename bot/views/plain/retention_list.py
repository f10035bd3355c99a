"""Closed cases and what each waits for, for a terminal and for a program. No name is in it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from bot.domain.erasing import ASKED_FOR, Erasure
from bot.domain.retention import KeptCase, WaitsFor
from bot.views.screen import Screen


def rows(
    kept: Sequence[KeptCase], erased: Sequence[Erasure], unreadable: Sequence[str], screen: Screen
) -> Iterator[str]:
    for each in kept:
        closed = _day(each.closed, screen)
        yield f"{each.case.ref} · {each.case.running_grade.value} · closed {closed} · {_says(each, screen)}"
    for one in erased:
        yield (
            f"{one.ref} · erased {_day(one.at, screen)}"
            if one.is_done
            else f"{one.ref} · being erased, and not done: missing-bot purge {one.ref}"
        )
    for ref in unreadable:
        yield f"{ref} · cannot be read: missing-bot damaged"


def _says(kept: KeptCase, screen: Screen) -> str:
    due = f"due since {_day(kept.due, screen)}, " if kept.due else ""
    ref = kept.case.ref
    if kept.waits_for is WaitsFor.OPEN_CASE:
        return f"kept: {kept.open_case} of the same child is open"
    if kept.waits_for is WaitsFor.PERIOD and kept.due:
        return f"kept until {_day(kept.due, screen)}"
    if kept.waits_for is WaitsFor.EXPORT:
        return f"{due}waits for an export: missing-bot export {ref}"
    if kept.asked is None:
        return f"{due}exported; nobody has asked to erase it: missing-bot purge {ref}"
    who, until = screen.directory.name(kept.asked.by), screen.time(kept.asked.at + ASKED_FOR)
    return f"{due}{who} asked to erase it; a second person confirms until {until}: missing-bot purge {ref}"


def _day(at: datetime, screen: Screen) -> str:
    return f"{at.astimezone(screen.zone):%-d %b %Y}"


def document(
    kept: Sequence[KeptCase], erased: Sequence[Erasure], unreadable: Sequence[str], screen: Screen
) -> dict[str, Any]:
    periods = screen.policy.retention
    return {
        "as_of": _iso(screen.now, screen),
        "kept_for_days": {
            "high": periods.high.days,
            "medium": periods.medium.days,
            "low": periods.low.days,
        },
        "cases": [_case(each, screen) for each in kept],
        "erased": [{"ref": one.ref, "at": _iso(one.at, screen), "done": one.is_done} for one in erased],
        "unreadable": list(unreadable),
    }


def _case(kept: KeptCase, screen: Screen) -> dict[str, Any]:
    return {
        "ref": kept.case.ref,
        "grade": kept.case.running_grade.value,
        "closed": _iso(kept.closed, screen),
        "clear_since": _iso(kept.since, screen),
        "due": _iso(kept.due, screen) if kept.due else None,
        "is_due": kept.is_due(screen.now),
        "waits_for": kept.waits_for.value,
        "open_case": kept.open_case or None,
        "asked_by": screen.directory.name(kept.asked.by) if kept.asked else None,
    }


def _iso(at: datetime, screen: Screen) -> str:
    return at.astimezone(screen.zone).isoformat(timespec="seconds")
