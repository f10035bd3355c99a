"""Many cases for a benchmark: each decided at the door and appended as any step is, a hundred in one round trip.

Several processes share the work. Names are like no other, so that nobody's earlier episode is looked for.
"""

import os
import secrets
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context
from string import ascii_lowercase

from msgspec import Struct
from msgspec.structs import replace

from bot.consequences import Consequences
from bot.domain.commands import GradeGiven, Report, Take
from bot.domain.door import Room, decide, report
from bot.domain.events import Entry
from bot.domain.facts import Answer, Child, Grade, Reporter
from bot.domain.fold import fold
from bot.domain.people import Actor, Role
from bot.files import policy_file
from bot.ports.cases import Append
from bot.replay.engine import People
from bot.steps import entries_of
from bot.store.connection import for_store, load_script
from bot.store.keys import Keys, spoken_ref
from bot.store.master_keys import MasterKeys
from bot.store.redis_stores import RedisStores

_AT_ONCE = 100
_ONE_PROCESS = 300  # cases: for fewer none is started
_REPORTER = Reporter(name="Jo Hale", phone="07700 900003", relationship="carer")


class Record(Struct, frozen=True, kw_only=True):
    """Where they are put."""

    url: str
    key: bytes
    prefix: str = "missing"


class Many(Struct, frozen=True, kw_only=True):
    """So many cases, told one after another. `people`: who is on duty; the first of the control room reports.

    `risks`: what is answered with yes, of one case after another in turn. `taken`: the FIM has taken each, so that
    nothing is due for the better part of an hour. `shown`: their cards wait to be posted; otherwise they are taken as
    posted long ago."""

    many: int
    first: datetime
    people: Mapping[str, tuple[Role, ...]]
    apart: timedelta = timedelta(0)
    grade: Grade | None = None
    risks: tuple[tuple[str, ...], ...] = ((),)
    taken: bool = False
    shown: bool = False

    def holder(self, role: Role) -> Actor:
        who, roles = next(each for each in self.people.items() if role in each[1])
        return Actor(id=who, roles=frozenset(roles))


def seed(record: Record, cases: Many) -> None:
    hands = os.cpu_count() or 1
    if cases.many <= _ONE_PROCESS:
        put(record, cases, range(cases.many))
        return
    with ProcessPoolExecutor(hands, mp_context=get_context("spawn")) as pool:
        list(pool.map(partial(put, record, cases), [range(hand, cases.many, hands) for hand in range(hands)]))


def put(record: Record, cases: Many, numbers: range) -> None:
    """Those of them, one hundred after another."""
    steps = Steps(cases)
    with for_store(record.url) as redis:
        stores = RedisStores(redis, MasterKeys(record.key), prefix=record.prefix)
        counted, draw = Keys(record.prefix, stores.house.index).refs, load_script(redis, "count")
        for first in range(0, len(numbers), _AT_ONCE):
            some = numbers[first : first + _AT_ONCE]
            last = int(draw([counted], [str(cases.first.year), len(some)]))
            refs = (spoken_ref(cases.first.year, each) for each in range(last - len(some) + 1, last + 1))
            written = stores.cases.append_each([*map(steps.of, some, refs)])
            assert all(written), "nobody else writes to these cases"


class Steps:
    """What is appended of each."""

    def __init__(self, cases: Many) -> None:
        self._cases = cases
        self._policy = policy_file.load()
        self._reporter, self._owner = cases.holder(Role.CONTROL_ROOM), cases.holder(Role.FIM)
        self._brings = Consequences(
            self._policy, People(cases.people), follows_pages=False, unheard=lambda *_: None
        )

    def of(self, number: int, ref: str) -> Append:
        at = self._cases.first + number * self._cases.apart
        step = self._brings.of(None, [*self._entries(number, ref, at)], at)
        return step if self._cases.shown else replace(step, outgoing=())

    def _entries(self, number: int, ref: str, at: datetime) -> Iterator[Entry]:
        room = Room(actor=self._reporter, now=at, policy=self._policy, exists=lambda _: True)
        said = report(self._report(number, at), lambda: ref, room)
        reported = entries_of(said, self._reporter, "benchmark", at)
        yield from reported
        if self._cases.taken:
            taken = decide(Take(), fold(reported), replace(room, actor=self._owner))
            yield from entries_of(taken, self._owner, "benchmark", at)

    def _report(self, number: int, at: datetime) -> Report:
        return a_report(
            at,
            incident=f"LOG-{secrets.token_hex(8)}",
            child=somebody(),
            grade=self._cases.grade,
            markers=dict.fromkeys(self._cases.risks[number % len(self._cases.risks)], Answer.YES),
        )


def a_report(
    told_at: datetime,
    *,
    incident: str,
    child: str,
    grade: Grade | None = None,
    markers: Mapping[str, Answer] | None = None,
) -> Report:
    """Of a child of 15 for whom nobody has done anything yet but, perhaps, grade."""
    return Report(
        incident=incident,
        child=Child(name=child, age=15),
        category="missing",
        why_worried="Not home",
        reporter=_REPORTER,
        told_at=told_at,
        grade=GradeGiven(level=grade, rationale="Worked out in the log") if grade else None,
        markers=dict(markers or {}),
    )


def somebody() -> str:
    """A child like no other."""
    return " ".join("".join(secrets.choice(ascii_lowercase) for _ in range(7)).title() for _ in range(2))
