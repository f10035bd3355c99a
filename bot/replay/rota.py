"""The hand-overs of a replay: one roster, decided and escalated by the domain like any case."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.clocks import Clock
from bot.domain.commands import AcceptHandover, Command, OfferHandover
from bot.domain.door import Room
from bot.domain.escalation import due_pages, no_longer_paged, wake_at
from bot.domain.events import AnyEvent, Cleared, Entry, Paged, PageLine
from bot.domain.handover import Roster, accept_handover, advance_roster, offer_handover, watched_roster
from bot.domain.people import TIMER, Actor, Role
from bot.domain.policy import Policy
from bot.replay.people import People


class Rota:
    def __init__(self, policy: Policy, people: People, now: Callable[[], datetime]) -> None:
        self._policy = policy
        self._people = people
        self._now = now
        self._roster = Roster()

    def handle(self, command: Command, actor: Actor) -> None:
        """Raises Refused."""
        room = self._room(actor)
        match command:
            case OfferHandover():
                self._fold(actor, offer_handover(command, self._roster, room))
            case AcceptHandover():
                self._fold(actor, accept_handover(command, self._roster, room))
            case _:
                raise TypeError(f"A rota takes no {type(command).__name__}.")
        self._people.moved(self._roster)

    def recheck(self) -> tuple[PageLine, ...]:
        """Pages what is due now."""
        watched = watched_roster(self._roster, self._policy)
        lines = due_pages(watched, self._policy, self._mans, self._now())
        if lines:
            self._fold(TIMER, [Paged(lines=lines)])
        return lines

    def wake_at(self) -> datetime | None:
        return wake_at(watched_roster(self._roster, self._policy), self._policy, self._mans, self._now())

    def clocks(self) -> list[Clock]:
        return list(watched_roster(self._roster, self._policy).clocks)

    def _fold(self, actor: Actor, happened: list[AnyEvent]) -> None:
        for event in happened:
            self._advance(actor, event)
        ended = no_longer_paged(watched_roster(self._roster, self._policy), self._now())
        if ended:
            self._advance(TIMER, Cleared(clocks=ended))

    def _advance(self, actor: Actor, event: AnyEvent) -> None:
        entry = Entry(at=self._now(), by=actor.id, roles=actor.roles, surface="replay", event=event)
        self._roster = advance_roster(self._roster, entry)

    def _mans(self, role: Role) -> bool:
        return bool(self._people.on_duty(role))

    def _room(self, actor: Actor) -> Room:
        return Room(
            actor=actor,
            now=self._now(),
            policy=self._policy,
            exists=lambda person: self._people.actor(person) is not None,
            last_episode=lambda _ref, _before: None,
            find_case=lambda _name: None,
        )
