"""The outside, as the desk and the workers see it. `bot.store` and the sandbox of a test both stand behind these."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct, field

from bot.domain.case import Case
from bot.domain.events import Entry, PageLine
from bot.domain.handover import Roster
from bot.domain.likeness import Trace
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


class Appointments(Protocol):
    """What the force itself says of its roles, before any hand-over."""

    def appointed(self, role: Role) -> frozenset[str]: ...

    def candidates(self, role: Role) -> frozenset[str]:
        """Who may be given the role."""


class StoreUnavailable(Exception):
    """The store does not answer, or refuses. What was to be written may have been. `kind` is for the log alone."""

    def __init__(self, kind: str = "") -> None:
        super().__init__(kind)
        self.kind = kind


class Conflict(Exception):
    """Somebody else appended first: load again, decide again."""


class Unreadable(Exception):
    """A record that this program cannot read: damaged, written by a newer version, or gone. Quotes nothing of it."""

    def __init__(self, ref: str, why: str) -> None:
        super().__init__(f"{ref} cannot be read: {why}.")
        self.ref = ref


EDITS = 64
"""From this rank on a row of the outbox asks for no more than an edit of what is there already."""


class Outgoing(Struct, frozen=True, kw_only=True):
    """One thing to be shown, written in the same append as the events that call for it.

    `id` is opaque (no personal data) and unique: it is the metadata key by which a doubtful post is looked up.
    What it says is rendered when it is sent, from the case as it stands then.
    """

    id: str
    lane: str  # "cases", "role:fim", "person:U123": one place in Slack, in order; "out:fim": by other ways
    kind: str  # "card", "line", "page", "shrink", "refresh", "offer", "answered", "declined", "owned",
    # "undelivered", "out";
    # of the roster: "handover", "handed", "duty", "shift", "invite"
    ref: str
    version: int  # the case's version that called for it
    at: datetime  # case time of the event
    role: Role | None = None
    lines: tuple[PageLine, ...] = ()
    rank: int = 0  # the lower, the sooner it leaves its lane (`bot.outgoing`)

    @property
    def is_edit(self) -> bool:
        return self.rank >= EDITS


class DraftPlace(Struct, frozen=True):
    """Where something was typed: by whom, into which form, about what. One draft each."""

    person: str
    form: str
    ref: str = ""
    item: str = ""


class Saved(Struct, frozen=True, kw_only=True):
    """A form whose contents a step records: its draft is forgotten in the same write. Machine time, in seconds."""

    place: DraftPlace
    view: str
    machine_now: float
    until: float  # nothing more of this view is kept until then


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


class OpenCases(Struct, frozen=True, kw_only=True):
    """Every case that is not closed. One that cannot be read is named: a list without it would lose a child."""

    cases: tuple[Case, ...]
    unreadable: tuple[str, ...] = ()


class CaseStore(Protocol):
    def new_ref(self, year: int) -> str:
        """The next reference that a person can say over the radio: MC-26-0142."""

    def gather(self, sought: Sought, at_most: int) -> Gathered:
        """In one go; of each trace at most so many, the newest."""

    def append(self, step: Append) -> None:
        """Raises Conflict where the case has moved on, DuplicateIncident where the incident number is taken."""

    def load(self, ref: str) -> Case | None:
        """Raises Unreadable, which is one case's trouble alone; None where nothing of that reference is there."""

    def readable(self, refs: Sequence[str]) -> tuple[list[Case], tuple[str, ...]]:
        """Those of them that can be read, in that order, and the references of the others."""

    def entries(self, ref: str) -> list[Entry]:
        """Raises Unreadable, also where a snapshot of the case can still be loaded."""

    def find_incident(self, incident: str) -> str | None: ...

    def episodes(self, person_ref: str) -> list[str]:
        """References of every case with this person_ref, oldest first."""

    def alike(self, traces: Iterable[Trace], at_most: int) -> list[str]:
        """References of cases that left any of these traces: for each trace at most so many, the newest. In order."""

    def open_refs(self) -> list[str]:
        """Every case that is not closed."""

    def open_cases(self) -> OpenCases:
        """For lists, which show what can be read; whoever decides something loads, and fails loud."""


class DuplicateIncident(Exception):
    """That force incident number has a case."""

    def __init__(self, ref: str):
        super().__init__(ref)
        self.ref = ref


class DueIndex(Protocol):
    """When each case is to be looked at again. A claim is a lease: losing its holder costs one lease.

    A claim is finished by an append to that case, which says when to look next.
    Machine time is in seconds of the wall clock, since several machines compare it.
    """

    def claim(self, now: datetime, machine_now: float, limit: int, lease: float) -> list[str]:
        """References due at `now` whose lease, if any, ran out at `machine_now` (seconds); most overdue first."""

    def next_at(self) -> datetime | None:
        """The soonest that nobody has claimed; it may be past. A lost claim comes back later, so do not sleep long."""

    def overdue(self, now: datetime) -> int:
        """How many are due at `now`, claimed or not."""

    def wake(self, ref: str, at: datetime) -> None:
        """Has it looked at then, or sooner where it already was to be: what is done beside an append."""

    def waiting(self, now: datetime, limit: int) -> dict[str, datetime]:
        """References due at `now` and since when, claimed or not; most overdue first."""


class Outbox(Protocol):
    """Pending → sending → sent, per lane, claimed with a fencing token.

    Drain a lane so: claim; settle what is `doubtful` by asking the channel (`sent` where it is there); then for
    each post out of `pending`: `sending`, post, `sent`, or `put_back` where it certainly did not go; release.
    """

    def lanes(self) -> list[str]:
        """Lanes in which something waits."""

    def claim(self, lane: str, machine_now: float, lease: float) -> int | None:
        """A fencing token, or None where somebody else drains this lane. `lease` in seconds."""

    def pending(self, lane: str, limit: int) -> list[Outgoing]:
        """What was not sent, what is doubtful with it: the lowest rank first, then the oldest. At most `limit` that
        are to be posted and as many that are only edits: however many of one kind wait, the other is seen."""

    def sending(self, lane: str, token: int, ids: Iterable[str], machine_now: float) -> bool:
        """Marks what is about to leave and renews the lease; False where the token is stale."""

    def put_back(self, lane: str, token: int, ids: Iterable[str]) -> bool:
        """Takes the mark off what certainly did not leave (a 429); False where the token is stale."""

    def doubtful(self, lane: str) -> Mapping[str, float]:
        """Ids marked as sending whose outcome nobody knows, with when they were marked (seconds)."""

    def sent(self, lane: str, token: int, ids: Iterable[str], cards: Mapping[str, str]) -> bool:
        """Drops them from the lane and remembers where cards are, in one write; False where the token is stale."""

    def move(self, lane: str, token: int, ids: Iterable[str], to: str) -> bool:
        """Takes rows over into another lane, where they keep their turn and what is doubtful stays so; False where
        the token is stale."""

    def release(self, lane: str, token: int) -> None: ...

    def turn(self) -> int:
        """How many rows were ever written: it moves with everything that people see of a case."""

    def card(self, key: str) -> str | None:
        """Where a card is: `channel:ts`, by keys such as "case:MC-26-0142" or "page:role:fim:MC-26-0142"."""


class Metrics(Protocol):
    """Counters of the whole installation. A retried write may count twice; nothing is decided on them."""

    def count(self, name: str, by: int = 1) -> None: ...

    def read(self) -> dict[str, int]: ...


ROSTER = "ROSTER"
"""The name under which the due index and the outbox know the record of hand-overs."""


class RosterAppend(Struct, frozen=True, kw_only=True):
    """Everything that one step of a hand-over writes; all of it or nothing."""

    roster: Roster
    entries: tuple[Entry, ...]
    expected: int
    wake_at: datetime | None
    outgoing: tuple[Outgoing, ...] = ()


class RosterStore(Protocol):
    """The record of hand-overs: one per force."""

    def load(self) -> Roster: ...

    def entries(self) -> list[Entry]: ...

    def append(self, step: RosterAppend) -> None:
        """Raises Conflict where the roster has moved on."""


class Heartbeats(Protocol):
    """When each process last showed that it lives, in machine seconds."""

    def beat(self, process: str, machine_now: float) -> None: ...

    def beats(self) -> dict[str, float]: ...


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


class Requests(Protocol):
    """Slack delivers the same request more than once; the first one through does the work."""

    def seen_before(self, request: str, now_ms: int) -> bool:
        """False exactly once for each id, as long as it is among the newest few thousand."""

    def forget(self, request: str) -> None:
        """The work failed and nothing was persisted: let Slack's next try in."""


class Arrived(Struct, frozen=True, kw_only=True):
    """What every request needs to know of the record before anything is decided about it."""

    seen_before: bool
    directory: bytes | None
    roster: Roster


class Arrivals(Protocol):
    def arrive(self, request: str, now_ms: int, directory: str) -> Arrived:
        """`Requests.seen_before`, the document of that name, and the roster, in one go."""


class Documents(Protocol):
    """Small named documents beside the record, such as who is on duty. The last one put wins."""

    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, document: bytes) -> None: ...


class SavedDraft(Struct, frozen=True, kw_only=True):
    """What a form held when it was lost."""

    view: str  # Slack's id of the form that was open
    since: datetime  # case time of the last that was heard of it
    heard: float = 0.0  # Slack's own time of that, in seconds: two words of it may overtake each other
    metadata: str  # what the form carried
    values: dict[str, dict[str, dict[str, Any]]]  # block → action → what was typed or chosen


class Drafts(Protocol):
    """Kept by person until it is saved, begun afresh, or runs out. Machine time, in seconds."""

    def keep(self, place: DraftPlace, draft: SavedDraft, machine_now: float, until: float) -> None:
        """In place of an older one, never of a newer; not where `drop` has named this view: what it held is saved."""

    def find(self, place: DraftPlace, machine_now: float) -> SavedDraft | None: ...

    def drop(self, place: DraftPlace, view: str, machine_now: float, until: float) -> None:
        """Until then nothing more of `view` is kept: what is still on its way from it comes too late."""


class Stores(Protocol):
    """One server, or one process's memory."""

    @property
    def cases(self) -> CaseStore: ...

    @property
    def due(self) -> DueIndex: ...

    @property
    def rosters(self) -> RosterStore: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def metrics(self) -> Metrics: ...

    @property
    def heartbeats(self) -> Heartbeats: ...

    @property
    def requests(self) -> Requests: ...

    @property
    def arrivals(self) -> Arrivals: ...

    @property
    def documents(self) -> Documents: ...

    @property
    def drafts(self) -> Drafts: ...
