"""What the two desks share: deciding again where somebody got in first, and taking off the ladder what is over."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from bot.deadline import note
from bot.domain.case_parts import Paging
from bot.domain.escalation import Watched, no_longer_paged, repaged
from bot.domain.events import AnyEvent, Cleared, Entry
from bot.domain.ladder import OnDuty
from bot.domain.people import TIMER, Actor
from bot.ports.errors import Conflict, Fate, StoreUnavailable
from bot.ports.rosters import Directory

# Losing a race means that somebody else got in; losing this many in a row means that something is wrong.
_TRIES = 20


class Ladders(Protocol):
    """A case, or the record of hand-overs: what is paged, and so has to be taken off again."""

    @property
    def paging(self) -> dict[str, Paging]: ...


Folded = TypeVar("Folded", bound=Ladders)
Taken = TypeVar("Taken")
Step = TypeVar("Step")


def entries_of(events: Iterable[AnyEvent], actor: Actor, surface: str, now: datetime) -> list[Entry]:
    return [Entry(at=now, by=actor.id, roles=actor.roles, surface=surface, event=event) for event in events]


def written(append: Callable[[Step], None], step: Step) -> None:
    """And notes what became of it, since what comes after may fail. Raises what `append` does."""
    try:
        append(step)
    except StoreUnavailable as away:
        if away.perhaps:
            note(Fate.IN_DOUBT)
        raise
    note(Fate.WRITTEN)


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
    return folded, repaged(subject, folded.paging)


def manned(directory: Directory) -> OnDuty:
    return lambda role: bool(directory.on_duty(role))
