"""Small things kept beside the record: signs of life, requests seen, documents."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from bot.domain.handover import Roster


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
