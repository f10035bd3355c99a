"""Is somebody else connected to Slack with our tokens? Half of all presses would go to their record.

The record tells of other installations on the same server. Of any other, only Slack's count of connections tells, and
Slack says it once for each connection, as it opens.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

import structlog
from msgspec import Struct
from redis.exceptions import RedisError

from bot.store.redis_copies import ALIVE, RedisCopies, Standing
from bot.time import MachineClock
from workers.faults import Failing

_BEATS = 2.0  # machine seconds between two signs of life
_SETTLES = ALIVE + 2.0  # machine seconds after which whoever still beats is alive
_ASKS_AGAIN = 300.0  # machine seconds until Slack is asked for a new count where this one leaves doubts

log = structlog.get_logger()


class SecondInstallation(Exception):
    """Says what to do."""

    def __init__(self, others: tuple[str, ...]) -> None:
        super().__init__(
            f"Another installation (MISSING_PREFIX={', '.join(others)}) runs on this record server with the same Slack "
            "app: half of all presses would go to it. Stop it, or give this one a Slack app of its own "
            "(SLACK_BOT_TOKEN, SLACK_APP_TOKEN)."
        )


class Verdict(Enum):
    NONE = "none"
    UNSURE = "unsure"
    ANOTHER = "another"


class Hello(Struct, frozen=True):
    """What Slack says as a connection opens."""

    connections: int  # of the app, this one with them
    lingers: bool  # our own last one may still be counted: it was cut, or Slack is about to close it


def judged(hello: Hello, standing: Standing) -> Verdict:
    if hello.connections <= standing.alive:
        return Verdict.NONE
    if hello.connections > standing.recent + hello.lingers:
        return Verdict.ANOTHER
    return Verdict.UNSURE


def refuse_newcomer(standing: Standing) -> None:
    """Raises SecondInstallation. Who was here a moment ago may come back: its timers are watched from its bot."""
    if standing.others and not standing.recent:
        raise SecondInstallation(standing.others)


class Lookout:
    """One bot's. `heard` is called by the line to Slack, `look` each second."""

    def __init__(self, copies: RedisCopies, machine: MachineClock, new_line: Callable[[], object]) -> None:
        """`new_line`: closes the connection to Slack politely and opens another one."""
        self._copies = copies
        self._machine = machine
        self._new_line = new_line
        self._app = ""
        self._hello: Hello | None = None  # not judged yet
        self._heard_at = 0.0  # machine seconds
        self._beaten_at = 0.0
        self._is_first, self._is_asked = True, False
        self._record = Failing("the look for a second installation")
        self._verdict, self._has_doubts = Verdict.NONE, False
        self._standing = Standing()
        self.counted: int | None = None  # connections of the app, at the newest count that was judged

    @property
    def is_seen(self) -> bool:
        """By this bot, or by another one of this installation."""
        return self._sees_another or self._standing.is_seen

    @property
    def is_sure(self) -> bool:
        """Slack's count was judged and leaves no doubt."""
        return self.counted is not None and not self._has_doubts

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

    @property
    def _sees_another(self) -> bool:
        return self._verdict is Verdict.ANOTHER or bool(self._standing.others)

    def enter(self, app: str) -> None:
        """Before the socket opens: whoever is counted by Slack beats in the record. Raises SecondInstallation."""
        try:
            self._standing = self._copies.standing(app)
            refuse_newcomer(self._standing)
            self._copies.beat(app, sees_another=False)
            self._beaten_at = self._machine.seconds()
        except RedisError as away:
            log.warning("the record does not say who else is on this app", why=type(away).__name__)
        self._app = app

    def leave(self) -> None:
        try:
            self._copies.leave(self._app)
        except RedisError as away:
            log.warning("the record does not know that this bot leaves", why=type(away).__name__)

    def heard(self, _client: object, message: dict[str, Any], _raw: str | None) -> None:
        """A listener of slack_sdk's client."""
        connections = message.get("num_connections")
        if message.get("type") == "hello" and isinstance(connections, int):
            self._heard_at = self._machine.seconds()  # first: another thread judges
            self._hello = Hello(connections, lingers=not self._is_first and not self._is_asked)
            self._is_first = self._is_asked = False

    def look(self) -> None:
        """A record that is away leaves what was known."""
        try:
            self._look()
            self._record.worked()
        except RedisError as away:
            self._record.failed(away)

    def _look(self) -> None:
        now = self._machine.seconds()
        if not self._app or abs(now - self._beaten_at) < _BEATS:
            return
        if now - self._beaten_at > _SETTLES:  # the record was away: others, too, come back to it
            self._heard_at = max(self._heard_at, now)
        self._copies.beat(self._app, sees_another=self._sees_another)
        self._standing = self._copies.standing(self._app)
        self._beaten_at = now
        self._judge(now)

    def _judge(self, now: float) -> None:
        since = abs(now - self._heard_at)
        if self._hello is not None and since > _SETTLES:
            verdict = judged(self._hello, self._standing)
            self._verdict = self._verdict if verdict is Verdict.UNSURE else verdict
            self._has_doubts = verdict is not Verdict.NONE
            self.counted, self._hello = self._hello.connections, None
        elif self._hello is None and self._has_doubts and since > _ASKS_AGAIN:
            self._heard_at = now
            self._ask_again()

    def _ask_again(self) -> None:
        self._is_asked = True
        try:
            self._new_line()
        except Exception:
            self._is_asked = False
            raise
