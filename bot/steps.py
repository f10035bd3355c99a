"""What the two desks share: deciding again where somebody got in first, and taking off the ladder what is over."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.domain.escalation import Watched, no_longer_paged
from bot.domain.events import Cleared, Entry
from bot.domain.ladder import OnDuty
from bot.domain.people import TIMER
from bot.ports.errors import Conflict
from bot.ports.rosters import Directory

# Losing a race means that somebody else got in; losing this many in a row means that something is wrong.
_TRIES = 20

Folded = TypeVar("Folded")
Taken = TypeVar("Taken")


def until_written(step: Callable[[], Taken], what: str) -> Taken:
    """Loads, decides and appends until nobody came in between. Raises Conflict where it never ends."""
    for _ in range(_TRIES):
        try:
            return step()
        except Conflict:
            continue
    raise Conflict(f"{what} changed {_TRIES} times while one step was being taken.")


def settled(
    folded: Folded,
    entries: list[Entry],
    now: datetime,
    watch: Callable[[Folded], Watched],
    advance: Callable[[Folded, Entry], Folded],
) -> tuple[Folded, Watched]:
    """Takes off the ladder what needs nobody any more, in the same write as what ended it; adds that to `entries`."""
    subject = watch(folded)
    ended = no_longer_paged(subject, now)
    if not ended:
        return folded, subject
    entries.append(Entry(at=now, by=TIMER.id, surface="timer", event=Cleared(clocks=ended)))
    folded = advance(folded, entries[-1])
    return folded, watch(folded)


def manned(directory: Directory) -> OnDuty:
    return lambda role: bool(directory.on_duty(role))
