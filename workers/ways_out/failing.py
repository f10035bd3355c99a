"""Which ways out did not take their last message. Another way may have, so that no page tells of it; the technician has
to know, before it is the only one that is left."""

import structlog

from bot.ports.errors import StoreUnavailable
from bot.ports.notes import Documents
from workers.ways_out.ways import Sent, Way

log = structlog.get_logger()

_FAILS, _WORKS = b"fails", b"works"


class FailingWays:
    """Noted by whoever sends, read by whoever watches."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def note(self, recipient: str, sent: Sent) -> None:
        """Where the record is away, nobody but the log is told: what is sent then is the alarm, which says itself what
        did not work."""
        states = dict.fromkeys(sent.failed, _FAILS) | dict.fromkeys(sent.taken, _WORKS)
        try:
            for name, state in states.items():
                way = Way(recipient, name)
                if self._state(way) != state:
                    self._documents.put(_key(way), state)
        except StoreUnavailable as away:
            log.warning("which way out failed is not noted", why=away.kind, failed=sent.failed)

    def fails(self, way: Way) -> bool:
        """Raises StoreUnavailable."""
        return self._state(way) == _FAILS

    def _state(self, way: Way) -> bytes:
        return self._documents.get(_key(way)) or _WORKS


def _key(way: Way) -> str:
    return f"way out: {way.recipient}: {way.name}"
