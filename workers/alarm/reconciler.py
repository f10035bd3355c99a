"""The round through all open cases, every half minute: is anything overdue and untold? Which are HIGH?

What it found is kept for when the record is away. The heartbeat URL of a monitoring service is asked for only while
all is well, so that its silence is the alarm of last resort: this machine gone, or a fault that nobody thought of.
"""

from collections.abc import Sequence
from datetime import datetime
from http.client import HTTPException
from urllib.request import urlopen

import structlog

from bot.domain.ladder import OnDuty
from bot.domain.policy import Policy
from bot.ports.due import Watch
from bot.ports.errors import StoreUnavailable
from bot.ports.outbox import Outgoing
from bot.ports.stores import Stores
from bot.slack.line_trouble import why
from bot.time import CaseClock
from workers.alarm.alarm_trouble import Known
from workers.alarm.untold import Found, audit, stuck
from workers.unforeseen import Failing

EVERY = 30.0  # machine seconds
_GRACE = 30.0  # machine seconds that a page may be due before the audit misses it
_TIMEOUT = 5.0  # seconds

log = structlog.get_logger()


class Reconciler:
    def __init__(
        self,
        stores: Stores,
        policy: Policy,
        on_duty: OnDuty,
        clock: CaseClock,
        watch: Watch,
        *,
        patience: float,
        heartbeat_url: str | None,
    ) -> None:
        """`patience`: machine seconds that a page may wait for Slack."""
        self._stores = stores
        self._policy = policy
        self._on_duty = on_duty
        self._clock = clock
        self._watch = watch
        self._patience = patience
        self._heartbeat_url = heartbeat_url
        self._record = Failing("the reconciler's look")
        self.found = Found()
        self._stuck: Sequence[str] = ()
        self._looked_at: datetime | None = None

    def known(self) -> Known:
        """Of the open HIGH cases: now, or where the record is away, on the last round."""
        try:
            self._look()
        except StoreUnavailable as away:
            self._record.failed(away)
            return Known(high=self.found.high, as_of=self._looked_at, answers=False)
        return Known(high=self.found.high, as_of=self._looked_at)

    def stuck(self) -> Sequence[str]:
        """References of HIGH cases whose page waits for Slack in vain: now, or where the record is away, as it was."""
        try:
            self._stuck = stuck(self._stores, self._is_late)
        except StoreUnavailable as away:
            self._record.failed(away)
        else:
            self._record.worked()
        return self._stuck

    def _is_late(self, row: Outgoing) -> bool:
        return self._clock.seconds_since(row.at) > self._patience

    def walk(self) -> None:
        """Raises StoreUnavailable; then there is no heartbeat either."""
        self._look()
        wrong = self.wrong()
        for sentence in wrong:
            log.error(sentence)
        if not wrong and self._heartbeat_url:
            self._beat(self._heartbeat_url)

    def wrong(self) -> list[str]:
        """A sentence for each thing that somebody should have been told and was not."""
        found, pulse = self.found, self._watch.pulse()
        said = (
            [f"{len(found.unpaged)} cases have a page overdue that was never written."]
            if found.unpaged
            else []
        )
        if (
            found.oldest_unsent is not None
            and self._clock.seconds_since(found.oldest_unsent) > self._patience
        ):
            said.append("A page waits for Slack for too long.")
        if found.unreadable:
            said.append(
                f"Cases that cannot be read: {len(found.unreadable)}. Look in the log, mend the record."
            )
        if pulse.stopped_since is not None or not pulse.undecided.keys() <= set(found.unreadable):
            said.append("Time has stopped.")
        return said

    def _look(self) -> None:
        now = self._clock.now()
        grace = now - self._clock.after(-_GRACE)
        self.found = audit(self._stores, self._policy, self._on_duty, now, grace)
        self._looked_at = now
        for ref in self.found.unreadable:
            # Due at once: the timers try it every few seconds, and as long as they cannot, the watchdog names it.
            self._stores.due.wake(ref, now)

    def _beat(self, url: str) -> None:
        """The URL may hold a key: no more of it than its host is logged."""
        try:
            with urlopen(url, timeout=_TIMEOUT):
                pass
        except (OSError, ValueError, HTTPException) as away:
            log.warning("the heartbeat URL does not answer", why=why(away, url))
