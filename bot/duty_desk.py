"""The desk for duties: who holds a role, offered and accepted, and the page when nobody takes over.

As the case desk: load → door → append.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.commands import Command
from bot.domain.content import FULL_CONTENT, ContentRules
from bot.domain.door import Room
from bot.domain.door.asked import Events
from bot.domain.door.duty_rules import decide_duty
from bot.domain.escalation import Watched, due_pages, wake_at
from bot.domain.events import AnyEvent, Delivered, Entry, Paged, ShiftEnded, SlackSilent, TurnsDue
from bot.domain.handover import Offer, Roster, advance_roster, watched_roster
from bot.domain.people import HANDED_OVER, TIMER, Actor, Role
from bot.domain.planned import Plan
from bot.domain.policy import Policy
from bot.outgoing import packs_again, roster_rows
from bot.ports.outbox import Outgoing
from bot.ports.rosters import Appointments, Directory, RosterAppend, RosterStore
from bot.ports.time_source import TimeSource
from bot.steps import entries_of, manned, settled, until_written, written

_TOO_LATE = timedelta(
    hours=1
)  # after a change of shift that passed while no timer ran: nobody is asked any more


class Handed(Struct, frozen=True, kw_only=True):
    """The roster as it stands now, and what this step added to it."""

    roster: Roster
    entries: tuple[Entry, ...]


class DutyDesk:
    def __init__(
        self,
        rosters: RosterStore,
        policy: Policy,
        clock: TimeSource,
        directory: Directory,
        appointments: Appointments,
        *,
        zone: ZoneInfo | None = None,
        plan: Callable[[], Plan] = Plan,
        content: ContentRules = FULL_CONTENT,
    ) -> None:
        """Without a zone nobody is asked at changes of shift. `plan`: the force's, as it stands."""
        self._rosters = rosters
        self._policy = policy
        self._clock = clock
        self._directory = directory
        self._appointments = appointments
        self._shifts = Shifts(policy.shifts, zone) if zone else None
        self._mans = manned(directory)
        self._plan = plan
        self._content = content

    def roster(self) -> Roster:
        """What can be read of it."""
        return self._rosters.known()

    def planned_next(self, role: Role) -> str:
        """Whose turn of that role comes next by the force's plan; "" where none does."""
        turn = self._plan().next(role, self._clock.now())
        return turn.person if turn else ""

    def handle(self, command: Command, actor: Actor, surface: str) -> Handed:
        """Raises Refused."""
        return self._on(lambda roster, room: decide_duty(command, roster, room), actor, surface)

    def recheck(self) -> Handed:
        """Pages the hand-overs that nobody accepted in time; asks for new ones when a shift ends."""

        def decided(roster: Roster, room: Room) -> Events:
            lines = due_pages(self._watch(roster), self._policy, self._mans, room.now)
            pages: Events = [Paged(lines=lines)] if lines else []
            return [*pages, *self._shift_ended(roster, room.now), *self._turns_due(roster, room.now)]

        return self._on(decided, TIMER, "timer")

    def remark(self, said: Delivered | SlackSilent) -> Handed:
        """What became of a hand-over on its way to its taker, once, whoever notices it. `page`: the offer's number."""

        def decided(roster: Roster, _: Room) -> Events:
            offer = roster.offer(said.page)
            return [said] if offer and _is_news(said, offer) else []

        return self._on(decided, TIMER, "timer")

    def show_again(self, is_shown: Callable[[Outgoing], bool]) -> tuple[Outgoing, ...]:
        """Has those packs drawn anew that are shown, though nothing has happened."""

        def step() -> tuple[Outgoing, ...]:
            roster, now = self._rosters.load(), self._clock.now()
            rows = tuple(filter(is_shown, packs_again(roster, now)))
            wake_at = self._wake(self._watch(roster), now)
            again = RosterAppend(
                roster=roster, entries=(), expected=roster.version, wake_at=wake_at, outgoing=rows
            )
            written(self._rosters.append, again)
            return rows

        return until_written(step, "The roster")

    def _shift_ended(self, roster: Roster, now: datetime) -> Iterator[AnyEvent]:
        """Once for each change of shift, even where the machine's clock goes back over it."""
        at = self._shifts.last(now) if self._shifts else None
        if at is None or now - at > _TOO_LATE or (roster.shift_at and at <= roster.shift_at):
            return
        holders = {person for role in HANDED_OVER for person in self._directory.on_duty(role)}
        yield ShiftEnded(at=at, asked=roster.to_be_asked(holders, at))

    def _turns_due(self, roster: Roster, now: datetime) -> Iterator[AnyEvent]:
        """Each moment of the plan once, but those that are long past."""
        since = max(now - _TOO_LATE, roster.turns_at or now - _TOO_LATE)
        for due in self._plan().due(since, now):
            yield TurnsDue(at=due.at, ending=due.ending, beginning=due.beginning)

    def _on(self, decided: Callable[[Roster, Room], Events], actor: Actor, surface: str) -> Handed:
        def step() -> Handed:
            roster = self._rosters.load()
            # A machine's clock may jump back; what is written next still comes after what was written last.
            now = max(self._clock.now(), roster.changed_at or self._clock.now())
            return self._write(roster, decided(roster, self._room(actor, now)), actor, surface, now)

        return until_written(step, "The roster")

    def _write(self, before: Roster, events: Events, actor: Actor, surface: str, now: datetime) -> Handed:
        entries = entries_of(events, actor, surface, now)
        roster = reduce(advance_roster, entries, before)
        roster, subject = settled(roster, entries, now, self._watch, advance_roster)
        written(
            self._rosters.append,
            RosterAppend(
                roster=roster,
                entries=tuple(entries),
                expected=before.version,
                wake_at=self._wake(subject, now),
                outgoing=roster_rows(before, roster, tuple(entries)),
            ),
        )
        return Handed(roster=roster, entries=tuple(entries))

    def _wake(self, subject: Watched, now: datetime) -> datetime | None:
        page = wake_at(subject, self._policy, self._mans, now)
        shift = self._shifts.next(now) if self._shifts else None
        turn = self._plan().next_due(now)
        return min((at for at in (page, shift, turn) if at), default=None)

    def _watch(self, roster: Roster) -> Watched:
        return watched_roster(roster, self._policy)

    def _room(self, actor: Actor, now: datetime) -> Room:
        return Room(
            actor=actor,
            now=now,
            policy=self._policy,
            content=self._content,
            exists=lambda person: self._directory.actor(person) is not None,
            appointed=self._appointments.appointed,
            may_hold=lambda person, role: person in self._appointments.candidates(role),
            named=lambda person, role: person in self._appointments.named(role),
            is_nobody=self._directory.is_nobody,
        )


def _is_news(said: Delivered | SlackSilent, offer: Offer) -> bool:
    """Once it arrived, or was accepted wherever it was read, nobody says that it did not."""
    page = offer.page
    if page.taken_at or not offer.is_open:
        return False
    return isinstance(said, Delivered) or page.undelivered_at is None or bool(said.why and not page.why)


# When shifts change: times of day where the force is, on every day of its year, those of clock changes
# included.

_DAY = timedelta(days=1)


class Shifts(Struct, frozen=True):
    """A time that the spring change leaves out comes as much later; one that the autumn change gives twice, once."""

    times: Sequence[time]
    zone: ZoneInfo

    def last(self, now: datetime) -> datetime | None:
        """The newest change of shift, at `now` or before."""
        return max((at for at in self._around(now) if at <= now), default=None)

    def next(self, now: datetime) -> datetime | None:
        return min((at for at in self._around(now) if at > now), default=None)

    def _around(self, now: datetime) -> Iterator[datetime]:
        today = now.astimezone(self.zone).date()
        for day in (today - _DAY, today, today + _DAY):
            for each in self.times:
                yield datetime.combine(day, each, tzinfo=self.zone).astimezone(UTC)
