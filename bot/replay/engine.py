"""Virtual time: an agenda of steps and wake-ups, run through the real desk.

At one instant: the steps in the order of the file, then what became different, then the timer, then the posts.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from bot.desk import Desk, Done, NoSuchCase
from bot.domain.clocks import name_of
from bot.domain.commands import AcceptHandover, Command, Note, OfferHandover, Report
from bot.domain.content import FULL_CONTENT, ContentRules
from bot.domain.events import Entry, Paged
from bot.domain.handover import Roster, handover_accepted
from bot.domain.people import Actor, Role
from bot.domain.refusals import Because, Refused
from bot.duty_desk import DutyDesk, Handed
from bot.ports.rosters import ROSTER
from bot.ports.stores import Stores
from bot.replay.postroom import Observer, Postroom
from bot.replay.scenario import Scenario
from bot.replay.scenario_steps import TIMERVERBS, ScenarioStep
from bot.replay.timeline import Timeline
from bot.replay.values import moment_from

# Who is who in a scenario. Roles move when a hand-over is accepted.


class People:
    """The directory of a replay."""

    def __init__(self, roles: Mapping[str, tuple[Role, ...]]) -> None:
        self._known = frozenset(roles)
        self._appointed = {
            role: frozenset(person for person, held in roles.items() if role in held)
            for role in set(chain.from_iterable(roles.values()))
        }
        self._holders = self._appointed

    def moved(self, roster: Roster) -> None:
        """Somebody took a role over."""
        roles = {*self._appointed, *roster.held}
        self._holders = {role: roster.holders(role, self.appointed(role)) for role in roles}

    def appointed(self, role: Role) -> frozenset[str]:
        return self._appointed.get(role, frozenset())

    def age(self, _: Iterable[Role]) -> float:
        """The scenario has just said it."""
        return 0.0

    def candidates(self, _: Role) -> frozenset[str]:
        return self._known

    def named(self, role: Role) -> frozenset[str]:
        """Those who may act in it at all: a scenario has no other list."""
        return self.appointed(role)

    def actor(self, person: str) -> Actor | None:
        if person not in self._known:
            return None
        held = frozenset(role for role, people in self._holders.items() if person in people)
        return Actor(id=person, roles=held)

    def on_duty(self, role: Role) -> frozenset[str]:
        return self._holders.get(role, frozenset())

    def name(self, person: str) -> str:
        return person

    def is_nobody(self, _: str) -> bool:
        return False


_HANDOVERS = ("offer_handover", "accept_handover")
_LEASE = 60.0
_CLAIMED_AT_ONCE = 500
_SURFACE = "replay"


class VirtualClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)


class Planned(Struct, frozen=True):
    at: datetime
    number: int  # from 1, as the file counts
    step: ScenarioStep


def replay(scenario: Scenario, stores: Stores, content: ContentRules = FULL_CONTENT) -> Timeline:
    """The timeline of that scenario, in an empty store. `content`: what the door takes; a file is told in full."""
    return _Replay(scenario, stores, content).run(scenario.until)


class Stood(Struct, frozen=True, kw_only=True):
    """A scenario stopped at a moment: nothing after it has happened."""

    now: datetime
    refs: dict[str, str]  # the scenario's name of each case reported by then → its reference
    people: People


def stop_at(scenario: Scenario, stores: Stores, at: datetime) -> Stood:
    """Runs that scenario, in an empty store, up to and with what happens at that moment."""
    running = _Replay(scenario, stores)
    running.run(at)
    return Stood(now=at, refs=running.refs, people=running.people)


class _Replay:
    def __init__(self, scenario: Scenario, stores: Stores, content: ContentRules = FULL_CONTENT) -> None:
        self._scenario = scenario
        self._stores = stores
        self._clock = VirtualClock(scenario.start)
        self.people = People(scenario.said.people)
        self._desk = Desk(
            stores.cases,
            scenario.policy,
            self._clock,
            self.people,
            content=content,
            zone=scenario.start.tzinfo or UTC,
            follows_pages=False,
        )
        self._duty_desk = DutyDesk(
            stores.rosters, scenario.policy, self._clock, self.people, self.people, content=content
        )
        self._postroom = Postroom(stores, scenario.policy)
        self._timeline = Timeline(scenario.start)
        self._observer = Observer(self._timeline, scenario.policy)
        self._steps = _planned(scenario)
        self.refs: dict[str, str] = {}  # the scenario's name → the case's reference
        self._names: dict[str, str | None] = {ROSTER: None}  # and back; a hand-over is of no case
        self._touched: set[str] = set()
        self._is_up = True

    def run(self, until: datetime) -> Timeline:
        while (now := self._next_instant()) is not None and now <= until:
            self._clock.move(now)
            was_up = self._is_up
            while self._steps and self._steps[0].at <= now:
                self._take(self._steps.pop(0))
            self._observe(now)
            if self._is_up:
                self._tick(caught_up=not was_up)
        return self._timeline

    def _next_instant(self) -> datetime | None:
        coming = [self._observer.next_at()]
        if self._steps:
            coming.append(self._steps[0].at)
        if self._is_up:
            coming.append(self._stores.due.next_at())
        return min((at for at in coming if at), default=None)

    # --- steps ----------------------------------------------------------------------------------------------

    def _take(self, planned: Planned) -> None:
        step = planned.step
        if step.verb in TIMERVERBS:
            self._is_up = step.verb == "up"
            return
        for name in self._scenario.refs_of(step) or (self._case_of(step),):
            try:
                self._ask(step, name)
            except Refused as refused:
                self._refused(planned, name, refused.because)
            except NoSuchCase:
                self._refused(planned, name, Because.REQUIRED_FIELD)

    def _case_of(self, step: ScenarioStep) -> str | None:
        if step.verb in _HANDOVERS:
            return None
        return step.case or self._scenario.only_ref

    def _ask(self, step: ScenarioStep, name: str | None) -> None:
        assert step.by is not None, "checked on reading"
        actor = self.people.actor(step.by)
        if actor is None:
            raise Refused(Because.NO_SUCH_PERSON, field="by")
        command = self._command(step, name)
        match command:
            case OfferHandover() | AcceptHandover():
                self._handed(self._duty_desk.handle(command, actor, _SURFACE))
            case Report():
                self._opened(command.incident, self._desk.report(command, actor, _SURFACE))
            case _:
                assert name is not None, "a step that is of a case"
                self._desk.handle(self.refs.get(name, ""), command, actor, _SURFACE)
                self._touched.add(name)

    def _command(self, step: ScenarioStep, name: str | None) -> Command:
        """A step too unfinished to be asked is as empty as an empty note: a closed case first says that it is one."""
        try:
            command = step.command(self._scenario.start)
        except Refused:
            if step.verb == "report":
                raise
            return Note(text="")
        return replace(command, incident=name or "") if isinstance(command, Report) else command

    def _handed(self, handed: Handed) -> None:
        self.people.moved(handed.roster)

    def _opened(self, name: str, done: Done) -> None:
        self.refs[name] = done.case.ref
        self._names[done.case.ref] = name
        self._touched.add(name)

    def _refused(self, planned: Planned, name: str | None, because: Because) -> None:
        self._timeline.write(planned.at, "refused", step=planned.number, case=name, because=because.value)

    # --- what became different --------------------------------------------------------------------------------

    def _observe(self, now: datetime) -> None:
        for name in sorted(self._touched | (self._observer.due(now) & self.refs.keys())):
            case = self._stores.cases.load(self.refs[name])
            assert case is not None, "opened by this replay"
            self._observer.look(name, case, now)
        self._touched.clear()
        handovers = handover_accepted(self._stores.rosters.load(), self._scenario.policy)
        self._observer.look_at_clocks(None, handovers, now)

    # --- the timer --------------------------------------------------------------------------------------------

    def _tick(self, *, caught_up: bool) -> None:
        paged = [self._recheck(ref) for ref in self._due()]
        if any(paged):
            self._post(caught_up=caught_up)

    def _due(self) -> Iterator[str]:
        now = self._clock.now()
        seen: set[str] = set()
        while claimed := self._stores.due.claim(now, now.timestamp(), _CLAIMED_AT_ONCE, _LEASE):
            if again := seen.intersection(claimed):
                raise RuntimeError(f"{', '.join(again)} would be due for ever at {now}.")
            seen.update(claimed)
            yield from claimed

    def _recheck(self, ref: str) -> bool:
        done = self._duty_desk.recheck() if ref == ROSTER else self._desk.recheck(ref)
        return self._paged(self._names[ref], done.entries)

    def _paged(self, name: str | None, entries: tuple[Entry, ...]) -> bool:
        """Whether anything was."""
        lines = [line for entry in entries if isinstance(entry.event, Paged) for line in entry.event.lines]
        for line in lines:
            self._timeline.write(
                self._clock.now(), "paged", case=name, clock=name_of(line.clock).value, role=line.role.value
            )
        return bool(lines)

    def _post(self, *, caught_up: bool) -> None:
        for post in self._postroom.send(self._clock.now().timestamp(), caught_up=caught_up):
            cases = [name for case in post.cases if (name := self._names[case.ref])]
            clocks = [name_of(line.clock).value for case in post.cases for line in case.lines]
            self._posted(post.role.value, cases, clocks)

    def _posted(self, role: str, cases: list[str], clocks: list[str]) -> None:
        clocks = list(dict.fromkeys(clocks))
        self._timeline.write(self._clock.now(), "posted", role=role, cases=cases, clocks=clocks)


def _planned(scenario: Scenario) -> list[Planned]:
    planned = [
        Planned(moment_from(scenario.start, step.at), number, step)
        for number, step in enumerate(scenario.said.steps, start=1)
    ]
    return sorted(planned, key=lambda each: (each.at, each.number))
