"""What waits to be shown, lane by lane."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from bot.domain.events import PageLine
from bot.domain.people import Role
from bot.ports.damaged import Damaged
from bot.ports.destination import Destination, OutboxKind
from bot.ports.places import CardKey, ListKey, Place

EDITS = 64
"""From this rank on a row of the outbox asks for no more than an edit of what is there already."""


_DRAWN_ONCE = frozenset(
    (
        OutboxKind.CARD,
        OutboxKind.REFRESH,
        OutboxKind.SHRINK,
        OutboxKind.ANSWERED,
        OutboxKind.OWNED,
    )
)


class Outgoing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to be shown, written in the same append as the events that call for it.

    `id` is opaque (no personal data) and unique: it is the metadata key by which a doubtful post is looked up.
    What it says is rendered when it is sent, from the case as it stands then.
    """

    id: str
    lane: Destination  # one place in Slack, or a role by other ways; things leave it in order
    kind: OutboxKind
    ref: str
    version: int  # the case's version that called for it
    at: datetime  # case time of the event
    role: Role | None = None
    lines: tuple[PageLine, ...] = ()
    rank: int = 0  # the lower, the sooner it leaves its lane (`bot.outgoing`)
    place: Place | None = (
        None  # the one card that this draws, live or replaced by now; or that there may be copies of
    )
    key: str = ""  # the id by which those are found
    tries: int = 0  # how often Slack did not take it
    again: bool = False  # drawn before without an answer: what was sent then may come after what is newer
    anew: int = 0  # how often another row was asked for in its place, since whoever drew it had lost its lane
    drawn_at: float = 0.0  # when that was first drawn anew, in seconds of Slack's clock: ours may jump

    @property
    def is_edit(self) -> bool:
        return self.rank >= EDITS

    @property
    def redraws(self) -> str:
        """What this edit draws anew, within its lane; empty where it has to leave by itself. It is drawn as the case
        stands when it leaves, so a newer row that redraws the same takes the place of one that still waits."""
        is_one_of_many = self.is_edit and self.kind in _DRAWN_ONCE
        return f"{self.kind} {self.ref} {self.place or ''}".rstrip() if is_one_of_many else ""


class Outbox(Protocol):
    """Pending → sending → sent, per lane, claimed with a fencing token.

    Rows come by an append. Of edits that redraw the same (`Outgoing.redraws`) the one that waits gives way to the newer
    one, which has its turn, or a better one of its own. One that may have been posted stays: it has to be looked for.

    Drain a lane so: claim; settle what is `doubtful` by asking the channel (`sent` where it is there); then for
    each post out of `pending`: `sending`, post, `sent`, or `put_back` where it certainly did not go; release.
    """

    def lanes(self) -> list[Destination]:
        """Lanes in which something waits."""

    def claim(self, lane: Destination, machine_now: float, lease: float) -> int | None:
        """A fencing token, or None where somebody else drains this lane. `lease` in seconds."""

    def pending(self, lane: Destination, limit: int) -> list[Outgoing]:
        """What was not sent, what is doubtful with it: the lowest rank first, then the oldest. At most `limit` that
        are to be posted and as many that are only edits: however many of one kind wait, the other is seen.

        A row that cannot be read is none of them: it leaves the lane, and is kept among `Stores.damaged`."""

    def sending(self, lane: Destination, token: int, ids: Iterable[str], machine_now: float) -> bool:
        """Marks what is about to leave and renews the lease; False where the token is stale."""

    def put_back(self, lane: Destination, token: int, ids: Iterable[str]) -> bool:
        """Takes the mark off what certainly did not leave (a 429); False where the token is stale."""

    def doubtful(self, lane: Destination) -> Mapping[str, float]:
        """Ids marked as sending whose outcome nobody knows, with when they were marked (seconds)."""

    def sent(
        self, lane: Destination, token: int, ids: Iterable[str], cards: Mapping[CardKey | ListKey, str]
    ) -> bool:
        """Drops them from the lane and remembers where cards are, in one write; False where the token is stale."""

    def move(self, lane: Destination, token: int, ids: Iterable[str], to: Destination) -> bool:
        """Takes rows over into another lane, where they keep their turn and what is doubtful stays so; False where
        the token is stale."""

    def write_again(self, damaged: Damaged, row: Outgoing) -> bool:
        """`row` in place of a damaged one, with its turn and its doubt; False where somebody else was sooner."""

    def ask_again(self, lane: Destination, rows: Iterable[Outgoing]) -> None:
        """Edits, by who made them after the lane was lost to another: it may have overtaken a newer one of that other.
        They wait in the lane once more, unless they still do. No token: the lane is somebody else's."""

    def drawing(self, lane: Destination, token: int, rows: Iterable[Outgoing]) -> bool:
        """The same before they are made, by who holds the lane: `sent` once Slack has answered. Of who dies before that
        nobody knows whether Slack took the edit. False where the token is stale."""

    def amend(self, lane: Destination, token: int, rows: Iterable[Outgoing]) -> bool:
        """Each in place of the one of its id, at the same turn, where that still waits; False where the token is
        stale."""

    def held(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of these ids that wait in some lane, readable or not."""

    def release(self, lane: Destination, token: int) -> None: ...

    def turn(self) -> int:
        """How many rows were ever written: it moves with everything that people see of a case."""

    def card(self, key: CardKey) -> Place | None:
        """Where a card is."""

    def cards(self, keys: Sequence[CardKey]) -> dict[CardKey, Place]:
        """The same of many in one go: those that are somewhere."""

    def cases_shown(self) -> list[str]:
        """References of every case that has, or had, a card; in order."""

    def listed(self, key: ListKey) -> tuple[str, ...]:
        """What is kept together under it; empty where nothing is."""

    def lists(self, keys: Sequence[ListKey]) -> dict[ListKey, tuple[str, ...]]:
        """The same of many in one go: those under which something is."""
