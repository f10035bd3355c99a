"""Who is planned for a role, and from when to when: the force's roster, read from its file. A plan puts nobody on duty:
the person named takes the role, as ever."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.people import Role

AHEAD = timedelta(minutes=60)
"""Before a planned turn ends, its holder is asked to hand over: long enough to go through every open case."""


class PlannedTurn(Struct, frozen=True, kw_only=True):
    role: Role
    person: str
    since: datetime
    until: datetime


class TurnEnds(Struct, frozen=True, kw_only=True):
    role: Role
    person: str
    until: datetime
    next: tuple[str, ...] = ()  # who is planned to follow


class Due(Struct, frozen=True, kw_only=True):
    """One moment of the plan: whose turn ends within `AHEAD`, and whose begins now."""

    at: datetime
    ending: tuple[TurnEnds, ...] = ()
    beginning: tuple[PlannedTurn, ...] = ()


class Plan(Struct, frozen=True):
    turns: tuple[PlannedTurn, ...] = ()

    def next(self, role: Role, now: datetime) -> PlannedTurn | None:
        """The turn of that role which begins soonest; one that began within the last hour is still to be taken."""
        coming = [turn for turn in self.turns if turn.role is role and turn.since > now - AHEAD]
        return min(coming, key=lambda turn: (turn.since, turn.person), default=None)

    def due(self, since: datetime, now: datetime) -> Iterator[Due]:
        """Each moment after `since` up to `now`, in order."""
        for at in sorted({at for at in self._moments() if since < at <= now}):
            yield Due(
                at=at,
                ending=tuple(self._ends(turn) for turn in self._ending() if turn.until - AHEAD == at),
                beginning=tuple(turn for turn in self.turns if turn.since == at),
            )

    def _ends(self, turn: PlannedTurn) -> TurnEnds:
        follows = (each for each in self.turns if each.role is turn.role and each.since == turn.until)
        return TurnEnds(
            role=turn.role,
            person=turn.person,
            until=turn.until,
            next=tuple(each.person for each in follows if each.person != turn.person),
        )

    def next_due(self, now: datetime) -> datetime | None:
        return min((at for at in self._moments() if at > now), default=None)

    def _moments(self) -> Iterator[datetime]:
        yield from (turn.until - AHEAD for turn in self._ending())
        yield from (turn.since for turn in self.turns)

    def _ending(self) -> list[PlannedTurn]:
        """Not where the same person goes straight on."""
        goes_on = {(turn.role, turn.person, turn.since) for turn in self.turns}
        return [turn for turn in self.turns if (turn.role, turn.person, turn.until) not in goes_on]
