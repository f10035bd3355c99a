"""The desk for hand-overs: offer → accept, and the page when nobody does. As the case desk, load → door → append."""

from collections.abc import Callable
from datetime import datetime
from functools import reduce

from msgspec import Struct

from bot.domain import commands
from bot.domain.door import Room
from bot.domain.door.base import Events
from bot.domain.escalation import Watched, due_pages, wake_at
from bot.domain.events import Entry, Paged
from bot.domain.handover import Roster, accept_handover, advance_roster, offer_handover, watched_roster
from bot.domain.people import TIMER, Actor
from bot.domain.policy import Policy
from bot.outgoing import handover_rows
from bot.ports import Clock, Directory, RosterAppend, RosterStore
from bot.steps import manned, settled, until_written


class Handed(Struct, frozen=True, kw_only=True):
    """The roster as it stands now, and what this step added to it."""

    roster: Roster
    entries: tuple[Entry, ...]


class DutyDesk:
    def __init__(self, rosters: RosterStore, policy: Policy, clock: Clock, directory: Directory) -> None:
        self._rosters = rosters
        self._policy = policy
        self._clock = clock
        self._directory = directory
        self._mans = manned(directory)

    def offer(self, command: commands.OfferHandover, actor: Actor, surface: str) -> Handed:
        """Raises Refused."""
        return self._on(lambda roster, room: offer_handover(command, roster, room), actor, surface)

    def accept(self, command: commands.AcceptHandover, actor: Actor, surface: str) -> Handed:
        """Raises Refused."""
        return self._on(lambda roster, room: accept_handover(command, roster, room), actor, surface)

    def recheck(self) -> Handed:
        """Pages the hand-overs that nobody accepted in time."""

        def decided(roster: Roster, room: Room) -> Events:
            lines = due_pages(self._watch(roster), self._policy, self._mans, room.now)
            return [Paged(lines=lines)] if lines else []

        return self._on(decided, TIMER, "timer")

    def _on(self, decided: Callable[[Roster, Room], Events], actor: Actor, surface: str) -> Handed:
        def step() -> Handed:
            roster, now = self._rosters.load(), self._clock.now()
            return self._write(roster, decided(roster, self._room(actor, now)), actor, surface, now)

        return until_written(step, "The roster")

    def _write(self, before: Roster, events: Events, actor: Actor, surface: str, now: datetime) -> Handed:
        entries = [
            Entry(at=now, by=actor.id, roles=actor.roles, surface=surface, event=event) for event in events
        ]
        roster = reduce(advance_roster, entries, before)
        roster, subject = settled(roster, entries, now, self._watch, advance_roster)
        self._rosters.append(
            RosterAppend(
                roster=roster,
                entries=tuple(entries),
                expected=before.version,
                wake_at=wake_at(subject, self._policy, self._mans, now),
                outgoing=handover_rows(before.version, tuple(entries)),
            )
        )
        return Handed(roster=roster, entries=tuple(entries))

    def _watch(self, roster: Roster) -> Watched:
        return watched_roster(roster, self._policy)

    def _room(self, actor: Actor, now: datetime) -> Room:
        return Room(
            actor=actor,
            now=now,
            policy=self._policy,
            exists=lambda person: self._directory.actor(person) is not None,
        )
