"""The outside, as the desk and the workers see it. `bot.store` and the sandbox of a test both stand behind these."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.events import Entry, PageLine
from bot.domain.people import Actor, Role


class Clock(Protocol):
    """Case time: what clocks run on. The demo and a replay run it fast."""

    def now(self) -> datetime: ...


class Directory(Protocol):
    """Who is who, and who is on duty now."""

    def actor(self, person: str) -> Actor | None:
        """The person with the roles held now; None where nobody of that id exists."""

    def on_duty(self, role: Role) -> frozenset[str]: ...

    def name(self, person: str) -> str:
        """As shown on cards."""


class Conflict(Exception):
    """Somebody else appended first: load again, decide again."""


class Outgoing(Struct, frozen=True, kw_only=True):
    """One thing to be shown, written in the same append as the events that call for it.

    `id` is opaque (no personal data) and unique: it is the metadata key by which a doubtful post is looked up.
    What it says is rendered when it is sent, from the case as it stands then.
    """

    id: str
    lane: str  # "cases", "role:fim", "person:U123": one place in Slack, in order
    kind: str  # "card", "line", "page", "refresh", "offer"
    ref: str
    version: int  # the case's version that called for it
    at: datetime  # case time of the event
    role: Role | None = None
    lines: tuple[PageLine, ...] = ()


class Append(Struct, frozen=True, kw_only=True):
    """Everything that one step writes; all of it or nothing."""

    case: Case  # the snapshot after the entries
    entries: tuple[Entry, ...]
    expected: int  # the version the step was decided on; 0 for a new case
    wake_at: datetime | None  # when the timer looks again; None: never, unless something happens
    outgoing: tuple[Outgoing, ...] = ()


class CaseStore(Protocol):
    def new_ref(self, year: int) -> str:
        """The next reference that a person can say over the radio: MC-26-0142."""

    def append(self, step: Append) -> None:
        """Raises Conflict where the case has moved on, DuplicateIncident where the incident number is taken."""

    def load(self, ref: str) -> Case | None: ...

    def load_many(self, refs: Sequence[str]) -> list[Case]: ...

    def entries(self, ref: str) -> list[Entry]: ...

    def find_incident(self, incident: str) -> str | None: ...

    def episodes(self, person_ref: str) -> list[str]:
        """References of every case with this person_ref, oldest first."""

    def open_refs(self) -> list[str]:
        """Every case that is not closed."""


class DuplicateIncident(Exception):
    """That force incident number has a case."""

    def __init__(self, ref: str):
        super().__init__(ref)
        self.ref = ref


class DueIndex(Protocol):
    """When each case is to be looked at again. A claim is a lease: losing its holder costs one lease."""

    def claim(self, now: datetime, machine_now: float, limit: int, lease: float) -> list[str]:
        """References due at `now` whose lease, if any, ran out at `machine_now` (seconds); most overdue first."""

    def next_at(self) -> datetime | None: ...

    def overdue(self, now: datetime) -> int: ...


class Outbox(Protocol):
    """Pending → sending → sent, per lane, claimed with a fencing token."""

    def lanes(self) -> list[str]:
        """Lanes in which something waits."""

    def claim(self, lane: str, machine_now: float, lease: float) -> int | None:
        """A fencing token, or None where somebody else drains this lane."""

    def pending(self, lane: str, limit: int) -> list[Outgoing]:
        """Oldest first."""

    def sending(self, lane: str, token: int, ids: Iterable[str], machine_now: float) -> bool:
        """Marks what is about to leave; False where the token is stale."""

    def doubtful(self, lane: str) -> Mapping[str, float]:
        """Ids marked as sending whose outcome nobody knows, with when they were marked (seconds)."""

    def sent(self, lane: str, token: int, ids: Iterable[str], cards: Mapping[str, str]) -> bool:
        """Drops them from the lane and remembers where cards are, in one write; False where the token is stale."""

    def release(self, lane: str, token: int) -> None: ...

    def card(self, key: str) -> str | None:
        """Where a card is: `channel:ts`, by keys such as "case:MC-26-0142" or "page:role:fim:MC-26-0142"."""


class Stores(Protocol):
    """One server, or one process's memory."""

    @property
    def cases(self) -> CaseStore: ...

    @property
    def due(self) -> DueIndex: ...

    @property
    def outbox(self) -> Outbox: ...
