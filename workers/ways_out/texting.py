"""The looks for replies and for what became of texts, and how long they have failed."""

from bot.time import MachineClock, has_passed
from workers.ways_out.notify_api import NotifyAway, NotifyRefused
from workers.ways_out.receipts import Receipts
from workers.ways_out.text_replies import Replies

_PATIENCE = 60.0  # machine seconds


class Texting:
    def __init__(self, replies: Replies, receipts: Receipts, machine: MachineClock) -> None:
        self._replies = replies
        self._receipts = receipts
        self._machine = machine
        self._failing_since: float | None = None
        self._why = ""

    @property
    def wrong(self) -> str:
        """Why no reply has been read for a while; "" where they are."""
        since = self._failing_since
        is_long = since is not None and has_passed(_PATIENCE, since, self._machine.seconds())
        return self._why if is_long else ""

    def look(self) -> None:
        """Raises NotifyRefused, NotifyAway and StoreUnavailable: to be tried again."""
        try:
            self._replies.look()
            self._receipts.look()
        except (NotifyRefused, NotifyAway) as away:
            self._failing_since = self._failing_since or self._machine.seconds()
            self._why = str(away) if isinstance(away, NotifyRefused) else "GOV.UK Notify does not answer"
            raise
        self._failing_since = None
