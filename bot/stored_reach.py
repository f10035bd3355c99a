"""The account of reach, from what is kept in the record: for every process alike. Nothing here asks Slack."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import TypeVar

from msgspec.structs import replace

from bot.deadline import Deadline, current
from bot.directory import StoredDirectory
from bot.domain.handover import Roster
from bot.domain.people import Role
from bot.domain.reach import Quiet, Reach, ReachFacts, Unheard, WayReach
from bot.ports import reach_answers
from bot.ports.notes import Documents
from bot.ports.reach_answers import ReachAnswers
from bot.ports.rosters import OLD
from bot.ports.ways_tried import Way, WaysTried, WayTried
from bot.time import CaseClock, MachineClock

_STALE = (
    300.0  # machine seconds: Slack is asked each minute; what it said so long ago is not held against anybody
)

_HELD: tuple[Role, ...] = tuple(role for role in Role if role is not Role.OWNER)
Kept = TypeVar("Kept")

WaysOf = Callable[[Role, Iterable[str]], Iterable[Way]]
"""The ways beside Slack that a role has, and that those who hold it have of their own."""


class StoredReach:
    """Reads anew each time: whoever decides on it was woken by what has just changed. What was read together with a
    request serves that one. Raises StoreUnavailable."""

    def __init__(
        self,
        documents: Documents,
        force: StoredDirectory,
        roster: Callable[[], Roster],
        ways: WaysOf,
        channel_of: Callable[[Role], str | None],
        clock: CaseClock,
        machine: MachineClock,
    ) -> None:
        """`channel_of`: where a role is paged; None where that is in person."""
        self._documents = documents
        self._tried = WaysTried(documents)
        self._force = force
        self._roster = roster
        self._ways = ways
        self._channel_of = channel_of
        self._clock = clock
        self._machine = machine
        self._heard: tuple[Deadline | None, ReachAnswers, Roster] | None = None

    def hear(self, answers: ReachAnswers | None, roster: Roster) -> None:
        """They were read for the request of now."""
        self._heard = (current(), answers or ReachAnswers(), roster)

    def answers(self) -> ReachAnswers:
        """As Slack gave them."""
        heard = self._heard_now()
        return heard[0] if heard else self._read()

    def _known(self) -> tuple[ReachAnswers, Roster]:
        return self._heard_now() or (self._read(), self._roster())

    def _heard_now(self) -> tuple[ReachAnswers, Roster] | None:
        heard, now = self._heard, current()
        return (heard[1], heard[2]) if heard and now is not None and heard[0] is now else None

    def _read(self) -> ReachAnswers:
        return reach_answers.load(self._documents) or ReachAnswers()

    def __call__(self) -> Reach:
        """Everything, with what came of the other ways."""
        found = self.in_slack()
        ways = {role: tuple(self._ways(role, found.facts.holders[role])) for role in _HELD}
        tried = self._tried.of_all(chain(*ways.values()))
        reached = {role: tuple(_way(way, tried[way]) for way in some) for role, some in ways.items()}
        return replace(found, facts=replace(found.facts, ways=reached))

    def unheard(self, role: Role, owner: str | None) -> Unheard | None:
        """Why nobody of that rung would hear a page in Slack."""
        return self.in_slack((owner,) if owner else ()).of(role, owner).unheard

    def in_slack(self, others: Iterable[str] = ()) -> Reach:
        """Without the other ways. `others`: people beside those who hold a role."""
        (asked, roster), now = self._known(), self._machine.seconds()
        holders = {role: self._holders(role, roster) for role in _HELD}
        is_known = asked.at > 0 and abs(now - asked.at) < _STALE
        channels = {role: self._channel_of(role) for role in _HELD}
        facts = ReachFacts(
            holders=holders,
            accounts={person: self._force.account(person) for person in (*chain(*holders.values()), *others)},
            quiet={person: self._quiet(*span, now) for person, span in asked.quiet.items()},
            inside=_by_role(channels, asked.members) if is_known else {},
            refused=_by_role(channels, asked.refused) if is_known else {},
            directory_age=self._directory_age(now),
            directory_deadline=timedelta(seconds=OLD),
            asked_age=timedelta(seconds=max(0.0, now - asked.at)) if asked.at else None,
        )
        return Reach(facts=facts, now=self._clock.now())

    def _holders(self, role: Role, roster: Roster) -> frozenset[str]:
        """Whoever they are: that a deactivated holder holds nothing is to be said."""
        return roster.holders(role, self._force.listed(role).members)

    def _directory_age(self, now: float) -> timedelta | None:
        """Of the oldest answer that somebody's role rests on."""
        ages = [self._force.listed(role).age(now) for role in Role]
        oldest = max(ages)
        return None if oldest == float("inf") else timedelta(seconds=oldest)

    def _quiet(self, begin: float, end: float, now: float) -> Quiet:
        return Quiet(start=self._at(begin, now), end=self._at(end, now))

    def _at(self, seconds: float, now: float) -> datetime:
        """A moment of machine time as case time."""
        return self._clock.after(seconds - now)


def _way(way: Way, tried: WayTried | None) -> WayReach:
    if tried is None:
        return WayReach(name=way.name)
    return WayReach(name=way.name, tried_at=tried.at, taken=tried.works)


def _by_role(channels: Mapping[Role, str | None], kept: Mapping[str, Kept]) -> dict[Role, Kept]:
    return {role: kept[channel] for role, channel in channels.items() if channel and channel in kept}
