"""When each way beside Slack was last tried, and with what answer: kept beside the record, for whoever says who can be
reached."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec
from msgspec import Struct

from bot.ports.damaged import understood
from bot.ports.notes import Documents


class Way(NamedTuple):
    """As the force named it, one for each address."""

    recipient: str  # a role, a person, or the technician
    name: str


class WayAnswer(StrEnum):
    """The values are stored."""

    TAKEN = "taken"  # by the service; whether it reached anybody is not known
    DELIVERED = "delivered"  # the service says that it arrived
    REFUSED = "refused"
    SILENT = "silent"  # no answer in time
    UNDELIVERED = "undelivered"  # taken, and then it could not be delivered


_WORKS = frozenset({WayAnswer.TAKEN, WayAnswer.DELIVERED})


class WayTried(Struct, frozen=True, kw_only=True):
    at: datetime  # case time of the try
    answer: WayAnswer
    said: str = ""  # why not, as people shall read it; no number and no secret
    was_test: bool = False
    receipt: str = ""  # under which its service says later whether it arrived

    @property
    def works(self) -> bool:
        return self.answer in _WORKS


class WaysTried:
    """All of it raises StoreUnavailable."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def note(self, way: Way, tried: WayTried) -> None:
        """The last one noted wins."""
        self._documents.put(_key(way), msgspec.json.encode(tried))

    def of(self, way: Way) -> WayTried | None:
        """None where it was never tried."""
        return self.of_all([way])[way]

    def of_all(self, ways: Iterable[Way]) -> dict[Way, WayTried | None]:
        """The same of each, in one go: a force may have a way for everybody who is ever on duty."""
        named = list(dict.fromkeys(ways))
        kept = self._documents.all_of([_key(way) for way in named])
        return {
            way: understood(self._documents, _key(way), found, WayTried)
            for way, found in zip(named, kept, strict=True)
        }


def _key(way: Way) -> str:
    return f"way tried: {way.recipient}: {way.name}"
