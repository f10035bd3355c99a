"""The record of cases, and when each is to be looked at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct, field

from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.likeness import Trace
from bot.ports.drafts import Saved
from bot.ports.outbox import Outgoing


class Append(Struct, frozen=True, kw_only=True):
    """Everything that one step writes; all of it or nothing.

    Without entries it only moves the wake-up: the timer looked and found nothing to say. Either way the lease of
    whoever claimed the case ends with it.
    """

    case: Case  # the snapshot after the entries
    entries: tuple[Entry, ...]
    expected: int  # the version the step was decided on; 0 for a new case
    wake_at: datetime | None  # when the timer looks again; None: never, unless something happens
    outgoing: tuple[Outgoing, ...] = ()
    saved: Saved | None = None


class Sought(Struct, frozen=True, kw_only=True):
    """What a new report is looked up by."""

    incident: str
    person_ref: str
    traces: frozenset[Trace]
    year: int | None  # of the reference to be drawn; None draws none


class Gathered(Struct, frozen=True, kw_only=True):
    """What the record has to say before a report is decided."""

    holder: str | None  # of that incident number or reference; then no reference is drawn
    ref: str
    episodes: tuple[str, ...]  # every case with this person_ref, oldest first
    found: tuple[Case, ...]  # those, and what left one of the traces
    unread: tuple[str, ...]  # of these, what cannot be read

    def of_person(self) -> "Gathered":
        """Only the cases with this person_ref."""
        return Gathered(
            holder=self.holder,
            ref=self.ref,
            episodes=self.episodes,
            found=tuple(case for case in self.found if case.ref in self.episodes),
            unread=tuple(ref for ref in self.unread if ref in self.episodes),
        )


Mark = bytes
"""How far a case has come, by what is counted of it beside its record: how many entries (`entries_at`), and more that
tells this state from every other."""


def entries_at(mark: Mark) -> int:
    return int.from_bytes(mark[:4])


class OpenCases(Struct, frozen=True, kw_only=True):
    """Every case that is not closed. One that cannot be read is named: a list without it would lose a child."""

    cases: tuple[Case, ...]
    unreadable: tuple[str, ...] = ()


class CaseStore(Protocol):
    def new_ref(self, year: int) -> str:
        """The next reference that a person can say over the radio: MC-26-0142."""

    def gather(self, sought: Sought, at_most: int) -> Gathered:
        """In one go. Of all that share a trace at most so many are read, however many do: the newest of each trace in
        turn."""

    def append(self, step: Append) -> None:
        """Raises Conflict where the case has moved on, DuplicateIncident where the incident number is taken, and
        AlreadySaved."""

    def append_each(self, steps: Sequence[Append]) -> list[bool]:
        """In one go, each whole or not at all by itself: whether it was written. `append` says why one was not."""

    def was_saved(self, form: Saved) -> bool:
        """Whether an append has saved that view with those contents."""

    def load(self, ref: str) -> Case | None:
        """Raises Unreadable, which is one case's trouble alone; None where nothing of that reference is there."""

    def load_each(self, refs: Sequence[str]) -> list[Case]:
        """In one go, for who is about to append to them: those that can be read as they stand. `load` says what the
        others are."""

    def readable(self, refs: Sequence[str]) -> tuple[list[Case], tuple[str, ...]]:
        """Those of them that can be read, in that order, and the references of the others."""

    def entries(self, ref: str) -> list[Entry]:
        """Raises Unreadable, also where a snapshot of the case can still be loaded."""

    def find_incident(self, incident: str) -> str | None: ...

    def episodes(self, person_ref: str) -> list[str]:
        """References of every case with this person_ref, oldest first."""

    def alike(self, traces: Iterable[Trace], at_most: int) -> list[str]:
        """References of cases that left any of these traces: for each trace at most so many, the newest. In order."""

    def refs(self) -> list[str]:
        """Every case that was not erased, closed or not, in order. It goes through all that is kept: for a report, and
        for no request."""

    def open_refs(self) -> list[str]:
        """Every case that is not closed."""

    def open_count(self) -> int:
        """How many those are."""

    def open_in_parts(self, about: int) -> Iterator[Sequence[str]]:
        """The same, about so many at a time, each read when it is wanted. What is open all the while is among them, a
        case perhaps twice."""

    def marks(self, refs: Sequence[str]) -> Mapping[str, Mark | None]:
        """Another one after each step, whichever release took it. None where a case has none: nothing says whether it
        has gone on."""

    def open_marks(self) -> Mapping[str, Mark | None]:
        """Of every case that is not closed, in no order."""

    def open_cases(self) -> OpenCases:
        """For lists, which show what can be read; whoever decides something loads, and fails loud."""


# When each case is to be looked at, and whether anybody looks.


class DueIndex(Protocol):
    """When each case is to be looked at again. A claim is a lease: losing its holder costs one lease.

    A claim is finished by an append to that case, which says when to look next.
    Machine time is in seconds of the wall clock, since several machines compare it.
    """

    def claim(self, now: datetime, machine_now: float, limit: int, lease: float) -> list[str]:
        """References due at `now` whose lease, if any, ran out at `machine_now` (seconds); most overdue first."""

    def next_at(self) -> datetime | None:
        """The soonest that nobody has claimed; it may be past."""

    def lease_ends(self) -> float | None:
        """When the first of all claims comes back by itself, in machine seconds."""

    def overdue(self, now: datetime) -> int:
        """How many are due at `now`, claimed or not."""

    def wake(self, ref: str, at: datetime) -> None:
        """Has it looked at then, or sooner where it already was to be: what is done beside an append."""

    def waiting(self, now: datetime, limit: int) -> dict[str, datetime]:
        """References due at `now` and since when, claimed or not; most overdue first."""


class Pulse(Struct, frozen=True, kw_only=True):
    """Does time run? Case time throughout."""

    last_check: datetime | None  # a timer's last whole look at everything; None: none that anybody knows of
    stopped_since: datetime | None = None
    # Timers look, and still nobody decides these cases, due since then, or what is said of them waits since then
    # because they cannot be read: no page comes for them.
    undecided: Mapping[str, datetime] = field(default_factory=dict)


class Watch(Protocol):
    def pulse(self) -> Pulse:
        """As things stand now; where the record does not answer, from what was last known of it. Never raises."""
