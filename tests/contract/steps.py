"""Cases to append, folded as the desk folds them, without its rules: a store keeps what it is given."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.domain.case import Case
from bot.domain.events import AnyEvent, Entry, Noted, Reported
from bot.domain.facts import Category, Child, Reporter
from bot.domain.fold import advance
from bot.domain.people import Role
from bot.ports.cases import Append
from bot.ports.destination import Destination
from bot.ports.outbox import Outgoing

START = datetime(2026, 3, 2, 13, 40, tzinfo=UTC)
MACHINE = 1_772_458_800.5  # a machine's wall clock, in seconds

_numbers = count(1)


def minutes(number: float) -> datetime:
    return START + timedelta(minutes=number)


def report(
    ref: str, *, incident: str = "", person: str = "", told: float = 0, name: str = "Wren Hale", **also: Any
) -> Append:
    """The first step of a case; its incident number is its own unless said."""
    said = Reported(
        ref=ref,
        incident=incident or f"LOG-{ref}",
        child=Child(name=name, age=15, person_ref=person),
        category=Category.MISSING,
        whereabouts_known=False,
        rationale="",
        told_at=minutes(told),
        last_seen_at=None,
        last_seen_where="Mill Lane",
        why_worried="Not home, phone off",
        reporter=Reporter(name="Jo Lane", relationship="carer", phone="07700 900003"),
        adverse_event=False,
        markers={},
    )
    return step(None, said, **also)


def step(
    case: Case | None,
    *events: AnyEvent,
    at: float = 0,
    by: str = "U-CAL",
    wake: float | None = None,
    outgoing: tuple[Outgoing, ...] = (),
) -> Append:
    entries = tuple(
        Entry(at=minutes(at), by=by, event=event, roles=frozenset({Role.CONTROL_ROOM}), surface="test")
        for event in events
    )
    after = case
    for entry in entries:
        after = advance(after, entry)
    assert after is not None
    return Append(
        case=after,
        entries=entries,
        expected=case.version if case else 0,
        wake_at=None if wake is None else minutes(wake),
        outgoing=outgoing,
    )


def note(case: Case, text: str = "Called the school", **also: Any) -> Append:
    return step(case, Noted(text=text), **also)


def row(lane: str = "cases", ref: str = "MC-26-0001", **also: Any) -> Outgoing:
    said = {"id": f"row-{next(_numbers)}", "kind": "card", "version": 1, "at": START, **also}
    return Outgoing(lane=Destination(lane), ref=ref, **said)
