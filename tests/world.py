"""One evening in virtual time: real desk, real policy, in-memory record. Tests tell it who does what, and when.

Times are minutes after police were told; `page(...)` reads like the sentence it stands for.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from bot.desk import Desk, Done
from bot.directory_document import GroupAnswer, Person, Snapshot
from bot.domain import commands
from bot.domain.case import Case
from bot.domain.clocks import Clock, State, clocks
from bot.domain.commands import Command, GradeGiven
from bot.domain.content import FULL_CONTENT, ContentRules
from bot.domain.events import Paged
from bot.domain.facts import Answer, Child, Grade, Reporter
from bot.domain.people import AccountKind, Actor, Role
from bot.domain.refusals import Because, Refused
from bot.files.policy_file import load
from bot.ports.stores import Stores
from bot.store.memory import MemoryStores

TOLD = datetime(2026, 3, 2, 13, 40, tzinfo=UTC)
PEOPLE: dict[str, tuple[Role, ...]] = {
    "cal": (Role.CONTROL_ROOM,),
    "cat": (Role.CONTROL_ROOM,),
    "fay": (Role.FIM,),
    "sam": (Role.SUPERVISOR,),
    "sid": (Role.SUPERVISOR,),
    "ian": (Role.DUTY_INSPECTOR,),
    "sue": (Role.SUPERINTENDENT,),
    "ola": (Role.OFFICER,),
    "oz": (Role.OFFICER,),
    "pat": (),
}


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def answers(*yes: str) -> dict[str, Answer]:
    return dict.fromkeys(yes, Answer.YES)


def this_years(number: int, kind: str = "MC") -> str:
    """A reference as cases get them by the machine's own clock."""
    return f"{kind}-{datetime.now(UTC):%y}-{number:04}"


class HandClock:
    def __init__(self, at: datetime = TOLD) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def listed(holders: Mapping[Role, Iterable[str]], names: Mapping[str, str]) -> Snapshot:
    """What the bot keeps of a workspace in which everybody is a member."""
    return Snapshot(
        holders={role: GroupAnswer(members=frozenset(people)) for role, people in holders.items()},
        people={person: Person(name=name) for person, name in names.items()},
    )


class People:
    """A directory in which a test may send somebody home."""

    def __init__(self, people: Mapping[str, tuple[Role, ...]]) -> None:
        self.people = dict(people)
        self.kinds: dict[str, AccountKind] = {}  # of who is no member
        self.outdated: set[str] = set()  # of whom Slack has said nothing for too long

    def actor(self, person: str) -> Actor | None:
        roles = self.people.get(person)
        if roles is None or person in self.kinds:
            return None
        return Actor(id=person, roles=frozenset(roles), outdated=person in self.outdated)

    def on_duty(self, role: Role) -> frozenset[str]:
        return frozenset(person for person, roles in self.people.items() if role in roles)

    def name(self, person: str) -> str:
        return person.title()

    def is_nobody(self, person: str) -> bool:
        return person in self.kinds

    def account(self, person: str) -> AccountKind:
        known = AccountKind.MEMBER if person in self.people else AccountKind.UNKNOWN
        return self.kinds.get(person, known)

    def list_age(self) -> float:
        return 0.0

    def age(self, _: Iterable[Role]) -> float:
        return 0.0

    def appointed(self, role: Role) -> frozenset[str]:
        return self.on_duty(role)

    def candidates(self, _: Role) -> frozenset[str]:
        return frozenset(self.people)

    def named(self, _: Role) -> frozenset[str]:
        return frozenset()


_WORDS = {
    "child": Child(name="Wren Hale", age=15),
    "why_worried": "Not home, phone off",
    "reporter": Reporter(name="Jo Lane", relationship="carer", phone="07700 900003"),
}


class World:
    first = "MC-26-0001"  # the case that is meant where none is named
    follows_pages = False  # each page counts as taken at once; True where a test delivers them

    def __init__(
        self,
        overrides: Mapping[str, Any] | None = None,
        stores: Stores | None = None,
        content: ContentRules = FULL_CONTENT,
        zone: tzinfo = UTC,
    ) -> None:
        self.full = content.full
        self.policy = load(overrides=overrides)
        self.stores: Stores = stores or MemoryStores()
        self.clock = HandClock()
        self.people = People(PEOPLE)
        self.desk = Desk(
            self.stores.cases,
            self.policy,
            self.clock,
            self.people,
            content=content,
            zone=zone,
            follows_pages=self.follows_pages,
        )
        self.pages: list[tuple[float, str, Role, str]] = []  # minute, clock, role, case
        self.timer_runs = True
        self._incidents = 0

    # --- telling it what happens ----------------------------------------------------------------------------

    def send_home(self, *people: str) -> None:
        for person in people:
            self.people.people[person] = ()

    def report(self, at: float = 0, by: str = "cal", told: float = 0, **said: Any) -> str:
        """A report of a missing girl of 15; `said` replaces what differs. Returns the case's reference."""
        self.until(at, including=False)
        self._incidents += 1
        wish = commands.Report(
            **{
                "incident": f"LOG-{self._incidents}",
                "child": Child(age=15),
                "category": "missing",
                "told_at": TOLD + minutes(told),
                **(_WORDS if self.full else {}),
                **said,
            }
        )
        return self.desk.report(wish, self.actor(by), "test").case.ref

    def concern(self, at: float = 0, *, known: bool = False, **said: Any) -> str:
        why = "Walking home" if self.full else "coded:with_named_adult;log=17"
        filed: dict[str, Any] = {
            "category": "concern_for_safety",
            "rationale": why,
            "whereabouts_known": known,
        }
        return self.report(at, **filed, **said)

    def graded(self, level: Grade, *considered: str) -> GradeGiven:
        return GradeGiven(level=level, rationale="Because", considered=considered)

    def do(self, at: float, by: str, command: Command, ref: str = "") -> Done:
        """The step, after everything that the timer had to do before that minute. Raises Refused."""
        self.until(at, including=False)
        return self.desk.handle(ref or self.first, command, self.actor(by), "test")

    def refused(self, at: float, by: str, command: Command, ref: str = "") -> Because:
        """Why the step was refused; fails where it was taken."""
        ref = ref or self.first
        before = self.stores.cases.entries(ref)
        try:
            self.do(at, by, command, ref)
        except Refused as no:
            assert_nothing_but_time(before, self.stores.cases.entries(ref))
            return no.because
        raise AssertionError(f"{type(command).__name__} by {by} was taken")

    def actor(self, person: str) -> Actor:
        return self.people.actor(person) or Actor(id=person)

    def until(self, at: float, *, including: bool = True) -> None:
        """Runs the timer up to that minute; without the minute itself, since steps come before it."""
        end = TOLD + minutes(at)
        while self.timer_runs and (soonest := self.stores.due.next_at()):
            if soonest > end or (soonest == end and not including):
                break
            self.clock.at = max(soonest, self.clock.at)
            self._look_again()
        self.clock.at = max(end, self.clock.at)

    def _look_again(self) -> None:
        for ref in self.stores.due.claim(self.clock.at, 0, 1000, 1):
            for entry in self.desk.recheck(ref).entries:
                if isinstance(entry.event, Paged):
                    self.pages += [
                        (self.minute(entry.at), line.clock, line.role, ref) for line in entry.event.lines
                    ]

    # --- asking it ------------------------------------------------------------------------------------------

    def minute(self, at: datetime) -> float:
        return (at - TOLD) / minutes(1)

    def case(self, ref: str = "") -> Case:
        case = self.stores.cases.load(ref or self.first)
        assert case is not None, f"no case {ref or self.first}"
        return case

    def clock_of(self, key: str, ref: str = "") -> Clock | None:
        return next((c for c in clocks(self.case(ref), self.policy) if c.key == key), None)

    def state(self, key: str, ref: str = "") -> State:
        clock = self.clock_of(key, ref)
        return clock.state(self.clock.at) if clock else State.OFF

    def paged(self, clock: str, ref: str = "") -> list[tuple[float, str]]:
        """When and to whom this clock was paged."""
        return [
            (at, role.value)
            for at, key, role, case in self.pages
            if (key, case) == (clock, ref or self.first)
        ]


def assert_nothing_but_time(before: list[Any], after: list[Any]) -> None:
    """A refused step adds nothing; what the timer paged on the way there may stand."""
    added = [entry for entry in after[len(before) :] if entry.by != "timer"]
    assert not added, f"a refused step wrote {added}"
