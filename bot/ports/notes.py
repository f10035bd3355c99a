"""Small things kept beside the record: counters, signs of life, requests seen, documents."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from bot.domain.handover import Roster


class Metric(StrEnum):
    """Everything that is counted, as it is stored and as `/healthz` says it."""

    RECHECKED_BY_WORKER = "recheck_by_worker"
    RECHECKED_BY_TIMER = "recheck_by_timer"  # no worker answered in time
    RECHECKED_AT_START = "recheck_at_start"  # the roster, so that the timer wakes for the change of shift
    RECHECK_FAILED = "recheck_failed"
    DELIVERED_BY_WORKER = "deliver_by_worker"  # rows of the outbox
    DELIVERED_BY_TIMER = "deliver_by_timer"
    DELIVERY_FAILED = "deliver_failed"  # of a lane, by a fault of ours
    JOBS_REFUSED = "jobs_refused"  # somebody else writes to our queue
    UNSIGNED = "requests_not_of_slack"  # over HTTP: not signed by Slack, old, or a copy
    MISSHAPEN = "requests_refused"  # from Slack, or from who pretends to be: of no known shape
    RATE_LIMITED = "slack_rate_limits"
    SLACK_REFUSED = "slack_refusals"
    SLACK_UNSURE = "slack_unsure"  # whether Slack took it: looked for before it is posted again
    FOUND_IN_CHANNEL = "found_in_channel"  # after such doubt
    POSSIBLE_REPEATS = "possible_repeats"  # posted again, since the channel could not be read
    PLACES_REFUSED = "places_refused"
    ROWS_QUARANTINED = "rows_set_aside"
    QUARANTINE_TRIED = "aside_tried"
    DAMAGED = "damaged"  # things read back that nobody can read
    WRITTEN_AGAIN = "rows_written_again"  # from the record, in place of a damaged or a lost one
    ROWS_POSTPONED = "rows_put_by"
    CARDS_NOT_DRAWN = "cards_not_drawn"  # a plainer one went out
    CARDS_NOT_SHRUNK = "cards_not_shrunk"
    POSTED_WITHOUT_BLOCKS = "posts_without_blocks"
    WENT_OUT = "pages_out"  # pages by other ways than Slack
    WENT_OUT_TO_NOBODY = "pages_out_failed"
    REPLIES = "replies"  # to texts, by somebody known
    REPLIES_FOREIGN = "replies_foreign"  # from numbers that are nobody's here
    TEXTS_LOST = "texts_lost"  # taken by their service, and not brought
    NOT_LOGGED = (
        "not_logged"  # lines that the processing log did not take; the script that appends counts some, too
    )
    WAY_OUT_FAILED = "out_failed"  # of a lane, by a fault of ours


class Metrics(Protocol):
    """Counters of the whole installation. A retried write may count twice; nothing is decided on them."""

    def count(self, metric: Metric, by: int = 1) -> None: ...

    def read(self) -> dict[str, int]: ...


class Heartbeats(Protocol):
    """When each process last showed that it lives, in machine seconds."""

    def beat(self, process: str, machine_now: float) -> None: ...

    def beat_as_saved(self, process: str, machine_now: float) -> None:
        """As a step is saved: where no step is, this fails as well. Raises StoreUnavailable."""

    def beats(self) -> dict[str, float]: ...


class Requests(Protocol):
    """Slack delivers the same request more than once; the first one through does the work."""

    def seen_before(self, request: str, now_ms: int) -> bool:
        """False exactly once for each id, as long as it is among the newest few thousand."""

    def forget(self, request: str) -> None:
        """The work failed and nothing was persisted: let Slack's next try in."""


class Arrived(Struct, frozen=True, kw_only=True):
    """What every request needs to know of the record before anything is decided about it."""

    seen_before: bool
    documents: tuple[bytes | None, ...]  # in the order asked for
    roster: Roster


class Arrivals(Protocol):
    def arrive(self, request: str, now_ms: int, *documents: str) -> Arrived:
        """`Requests.seen_before`, the documents of these names, and the roster, in one go."""


class Documents(Protocol):
    """Small named documents beside the record, such as who is on duty. The last one put wins."""

    def get(self, name: str) -> bytes | None: ...

    def all_of(self, names: Sequence[str]) -> list[bytes | None]:
        """In one go, in their order."""

    def put(self, name: str, document: bytes) -> None: ...

    def keep_damaged(self, name: str, found: bytes) -> None:
        """These bytes cannot be read: a copy for the technician, before somebody writes the document anew."""
