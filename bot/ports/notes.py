"""Small things kept beside the record: counters, signs of life, requests seen, documents."""

from typing import Protocol

from msgspec import Struct

from bot.domain.handover import Roster


class Metrics(Protocol):
    """Counters of the whole installation. A retried write may count twice; nothing is decided on them."""

    def count(self, name: str, by: int = 1) -> None: ...

    def read(self) -> dict[str, int]: ...


class Heartbeats(Protocol):
    """When each process last showed that it lives, in machine seconds."""

    def beat(self, process: str, machine_now: float) -> None: ...

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
    directory: bytes | None
    roster: Roster


class Arrivals(Protocol):
    def arrive(self, request: str, now_ms: int, directory: str) -> Arrived:
        """`Requests.seen_before`, the document of that name, and the roster, in one go."""


class Documents(Protocol):
    """Small named documents beside the record, such as who is on duty. The last one put wins."""

    def get(self, name: str) -> bytes | None: ...

    def put(self, name: str, document: bytes) -> None: ...
