"""Is somebody else connected to Slack with our tokens? Half of all presses would go to their record.

The record tells of other installations on the same server. Of any other, only Slack's count of connections tells, which
it says to each connection as that opens. So every five minutes one bot of an installation opens one more, reads the
count and closes it at once: a stranger is known within seven minutes, or within twelve where a bot of ours was killed,
or a line cut, meanwhile. It is done while nobody presses anything: what Slack hands to a connection that is about to
close is taken up, but may be answered too late.
"""

from collections.abc import Callable
from typing import Any

import structlog

from bot.ports.errors import SecondInstallation, StoreUnavailable
from bot.store.redis_copies import Count, RedisCopies, Standing
from bot.time import MachineClock
from workers.periodic import Failing

log = structlog.get_logger()

_BEATS = 2.0  # machine seconds between two signs of life
_QUIET = 5.0  # machine seconds without a request, before another connection is opened
_PUT_OFF = 60.0  # machine seconds for which that is waited for
SOON = (
    10.0  # seconds until a count that another copy may explain is made again, and until a new bot is counted
)


def judged(connections: int, standing: Standing) -> Count:
    """`connections`: of the app, without the one that counted them. Another copy is there where two counts in a row
    have more than all of ours explain, those that were killed or cut a moment ago with them: bots come and go."""
    before = standing.count or Count(connections=0)
    if connections > standing.recent:
        return Count(connections=connections, too_many=before.too_many + 1, is_another=before.too_many > 0)
    if connections > standing.alive:
        return Count(connections=connections, is_another=before.is_another, is_sure=False)
    return Count(connections=connections)


def refuse_newcomer(standing: Standing) -> None:
    """Raises SecondInstallation. Who was here a moment ago may come back: its timers are watched from its bot."""
    if standing.others and not standing.recent:
        raise SecondInstallation(standing.others)


class Lookout:
    """One bot's. `heard` is called by the line to Slack; `look` every two seconds or more often, and `count` too, in a
    thread of its own: it waits for Slack."""

    def __init__(
        self,
        copies: RedisCopies,
        machine: MachineClock,
        connections: Callable[[], int | None],
        *,
        every: float,
    ) -> None:
        """`connections`: of the app, by Slack's count; None where it did not say. `every`: seconds between counts."""
        self._copies = copies
        self._machine = machine
        self._connections = connections
        self._every = every
        self._app = ""
        self._beaten_at = 0.0  # machine seconds
        self._has_begun = self._has_reopened = False
        self._requested_at = 0.0  # machine seconds
        self._put_off_at: float | None = None
        self._looking, self._counting = (
            Failing("the look for a second installation"),
            Failing("counting connections"),
        )
        self._standing = Standing()

    @property
    def counted(self) -> int | None:
        """Connections of the app, at the newest count."""
        return self._standing.count.connections if self._standing.count else None

    @property
    def is_seen(self) -> bool:
        """By whichever bot of this installation has counted."""
        count = self._standing.count
        return bool(self._standing.others) or (count is not None and count.is_another)

    @property
    def is_sure(self) -> bool:
        """Slack's count was judged and leaves no doubt."""
        count = self._standing.count
        return count is not None and count.is_sure and not count.too_many

    @property
    def wrong(self) -> str:
        """A sentence for the technician."""
        if not self.is_seen:
            return ""
        others = ", ".join(self._standing.others)
        who = f" (MISSING_PREFIX={others} on this record server)" if others else ""
        return (
            f"Another copy of this bot{who} is connected to Slack with the same tokens: presses may go to it, and to "
            "its record. Look for an old server that still runs. Stop it, or give it a Slack app of its own."
        )

    def enter(self, app: str) -> None:
        """Before the socket opens: whoever is counted by Slack beats in the record. Raises SecondInstallation."""
        try:
            self._standing = self._copies.standing(app)
            refuse_newcomer(self._standing)
            self._copies.beat(app)
            self._copies.count_in(app, SOON)
            self._beaten_at = self._machine.seconds()
        except StoreUnavailable as away:
            log.warning("the record does not say who else is on this app", why=away.kind)
        self._app = app

    def leave(self) -> None:
        try:
            self._copies.leave(self._app)
        except StoreUnavailable as away:
            log.warning("the record does not know that this bot leaves", why=away.kind)

    def heard(self, _client: object, message: dict[str, Any], _raw: str | None) -> None:
        """A listener of slack_sdk's client. Where a line was opened anew the last one may still be counted."""
        if "envelope_id" in message:
            self._requested_at = self._machine.seconds()
        if message.get("type") == "hello":
            self._has_reopened, self._has_begun = self._has_begun, True

    def look(self) -> None:
        """A record that is away leaves what was known."""
        now = self._machine.seconds()
        if not self._app or abs(now - self._beaten_at) < _BEATS:
            return
        try:
            self._copies.beat(self._app)
            if self._has_reopened:
                self._copies.linger(self._app)
                self._has_reopened = False
            self._standing = self._copies.standing(self._app)
            self._beaten_at = now
            self._looking.worked()
        except StoreUnavailable as away:
            self._looking.failed(away)

    def count(self) -> None:
        """By one of several bots, and where it is time."""
        try:
            if self._app and self._is_quiet() and self._copies.may_count(self._app):
                self._count()
            self._counting.worked()
        except Exception as error:  # noqa: BLE001 - Slack or the record is away: others say so
            self._counting.failed(error)

    def _is_quiet(self) -> bool:
        now = self._machine.seconds()
        if self._put_off_at is None:
            self._put_off_at = now
        is_quiet = abs(now - self._requested_at) > _QUIET or abs(now - self._put_off_at) > _PUT_OFF
        if is_quiet:
            self._put_off_at = None
        return is_quiet

    def _count(self) -> None:
        connections = self._connections()
        if connections is None:
            return
        count = judged(connections, self._copies.standing(self._app))
        self._copies.note(self._app, count)
        self._copies.count_in(self._app, SOON if count.too_many == 1 else self._every)
