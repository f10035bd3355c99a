"""The board is wanted in one channel. Saying where only notes the wish; the board keeper puts it there.

So the answer to who asked waits for nothing in Slack, and the wish outlives a restart.
"""

from uuid import uuid4

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.ports.notes import Documents
from handlers.dependencies import Dependencies

_NAME = "board wanted"


class Wanted(Struct, frozen=True, kw_only=True):
    channel: str
    key: str  # opaque; the message carries it, so that it can be found again after a crash
    by: str
    at: float  # machine seconds


def wanted(documents: Documents) -> Wanted | None:
    found = documents.get(_NAME)
    return msgspec.json.decode(found, type=Wanted) if found else None


def no_longer_wanted(documents: Documents) -> None:
    documents.put(_NAME, b"")


def keep_at(channel: str, key: str, instead_of: Wanted, documents: Documents) -> None:
    """It could not be moved: it stays."""
    documents.put(_NAME, msgspec.json.encode(replace(instead_of, channel=channel, key=key)))


def want(channel: str, person: str, deps: Dependencies) -> None:
    wish = Wanted(channel=channel, key=f"board {uuid4().hex}", by=person, at=deps.machine_now)
    deps.documents.put(_NAME, msgspec.json.encode(wish))
