"""A roster as CSV (role, person, from, to) → bot.domain.planned.Plan, checked whole when it is read.

Times are ISO 8601 (2026-03-02T07:00), by the force's clock where they carry no offset.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.domain.people import HANDED_OVER, Role
from bot.domain.planned import Plan, PlannedTurn
from bot.files.invalid import FileInvalid, text_of

COLUMNS = ("role", "person", "from", "to")


class KnownPeople(Struct, frozen=True, kw_only=True):
    """What a row is checked against."""

    find: Callable[[str], str | None]
    """The id of who is meant by an id or a name; None for nobody. Raises ValueError where several may be meant."""
    may_hold: Callable[[str, Role], bool]
    zone: ZoneInfo


class BadRow(Exception):
    """What is wrong in one row."""


def load(path: Path, people: KnownPeople) -> Plan:
    """Raises FileInvalid, with the line of each row that is wrong."""
    rows = csv.DictReader(text_of(path).splitlines())
    if tuple(name.strip().lower() for name in rows.fieldnames or ()) != COLUMNS:
        raise FileInvalid(path, [(1, f"expected the columns {', '.join(COLUMNS)}")])
    rows.fieldnames = list(COLUMNS)
    turns: list[PlannedTurn] = []
    wrong: list[tuple[int, str]] = []
    for row in rows:
        try:
            turns.append(_turn(row, people, turns))
        except BadRow as bad:
            wrong.append((rows.line_num, str(bad)))
    if wrong:
        raise FileInvalid(path, wrong)
    return Plan(tuple(sorted(turns, key=lambda turn: (turn.since, turn.role, turn.person))))


def gaps(plan: Plan) -> Iterator[tuple[Role, datetime, datetime]]:
    """Where a role is planned before and after, and nobody between."""
    for role in sorted({turn.role for turn in plan.turns}):
        until: datetime | None = None
        for turn in sorted((t for t in plan.turns if t.role is role), key=lambda t: t.since):
            if until is not None and turn.since > until:
                yield role, until, turn.since
            until = turn.until if until is None else max(until, turn.until)


def _turn(row: Mapping[str, str | None], people: KnownPeople, before: list[PlannedTurn]) -> PlannedTurn:
    said = {name: (row.get(name) or "").strip() for name in COLUMNS}
    role = _role(said["role"])
    person = _person(said["person"], role, people)
    since, until = _time(said["from"], "from", people.zone), _time(said["to"], "to", people.zone)
    if until <= since:
        raise BadRow(f"expected 'to' after 'from', not {said['to']} after {said['from']}")
    same = (turn for turn in before if (turn.role, turn.person) == (role, person))
    if any(turn.since < until and since < turn.until for turn in same):
        raise BadRow(f"expected no two turns of {said['person']} as {role.value} at once")
    return PlannedTurn(role=role, person=person, since=since, until=until)


def _role(said: str) -> Role:
    known = {role.value: role for role in sorted(HANDED_OVER)}
    if said.lower() not in known:
        raise BadRow(f"expected a role ({', '.join(known)}), not {said or 'nothing'}")
    return known[said.lower()]


def _person(said: str, role: Role, people: KnownPeople) -> str:
    try:
        person = people.find(said)
    except ValueError:
        raise BadRow(f"expected one person: several are called {said}; write the id") from None
    if person is None:
        raise BadRow(f"expected a person of this force, not {said or 'nothing'}")
    if not people.may_hold(person, role):
        raise BadRow(f"expected somebody who may hold {role.value}, not {said}")
    return person


def _time(said: str, column: str, zone: ZoneInfo) -> datetime:
    """A time that a clock change leaves out or gives twice needs its offset."""
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise BadRow(f"expected '{column}' as 2026-03-02T07:00, not {said or 'nothing'}") from None
    if at.tzinfo is None:
        first, second = (at.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if first != second:
            raise BadRow(f"expected '{column}' with its offset: {said} is in a clock change")
        return first
    return at.astimezone(UTC)
