"""One step on a record, as a store is asked for it, and as `append.lua` reads it."""

from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct

from bot.domain.events import Entry
from bot.ports.outbox import Outgoing
from bot.store.codec import ms_after
from bot.store.keys import Keys

Folded = TypeVar("Folded")


class Filing(Struct, frozen=True, kw_only=True):
    """What a case is found by."""

    incident: str = ""  # blind
    person: str = ""  # blind
    traces: tuple[str, ...] = ()  # blind; ways in which a likely earlier episode is found
    told: int = 0  # ms of case time; orders the episodes of a person
    open: bool = False


class SavedForm(Struct, frozen=True, kw_only=True):
    """Its draft is forgotten, and what it was saved with is known for a while."""

    draft: str = ""
    saved: str = ""
    said: str = ""  # blind; "" where it may be written however often
    seconds: int = 0


class RecordStep(Struct, Generic[Folded], frozen=True, kw_only=True):
    ref: str
    folded: Folded
    version: int
    entries: tuple[Entry, ...]
    expected: int
    wake_at: datetime | None
    changed_at: datetime | None  # by the newest entry
    outgoing: tuple[Outgoing, ...]
    filing: Filing = Filing()
    form: SavedForm = SavedForm()


class RowArguments(Struct):
    lane: str
    key: str
    id: str
    rank: int
    redraws: str  # "" where no newer row takes its place


class StepArguments(Struct, kw_only=True):
    """What `append.lua` reads."""

    ref: str
    name: str  # with the kind of record
    expected: int
    entries: int
    incident: str
    persons: str
    person: str
    trace: str  # what the blind traces are appended to
    traces: tuple[str, ...]
    told: int
    open: bool
    wake: str
    form: SavedForm
    rows: list[RowArguments]
    log_lines: int
    bell: str


def described(step: RecordStep[Any], name: str, keys: Keys, log_lines: int) -> StepArguments:
    return StepArguments(
        ref=step.ref,
        name=name,
        expected=step.expected,
        entries=len(step.entries),
        incident=step.filing.incident,
        persons=keys.persons,
        person=step.filing.person,
        trace=keys.traces,
        traces=step.filing.traces,
        told=step.filing.told,
        open=step.filing.open,
        wake=str(ms_after(step.wake_at)) if step.wake_at else "",
        form=step.form,
        rows=[
            RowArguments(str(row.lane), keys.lane(row.lane), row.id, row.rank, row.redraws)
            for row in step.outgoing
        ],
        log_lines=log_lines,
        bell=keys.bell,
    )
