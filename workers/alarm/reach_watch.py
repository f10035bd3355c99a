"""Would a page reach anybody? Asked of Slack in a quiet hour too: each minute, and where an event tells of a change.

What it finds is kept for every process. Where somebody falls silent, or is heard again, the open cases are looked at
anew at once: a page that waits for them may have to leave another way.
"""

from collections.abc import Callable, Collection
from itertools import chain
from typing import Any

import structlog

from bot.domain.reach import Reach
from bot.ports import reach_answers
from bot.ports.errors import StoreUnavailable
from bot.ports.notes import Documents
from bot.ports.reach_answers import ReachAnswers
from bot.time import MachineClock
from workers.periodic import Failing

log = structlog.get_logger()

EVERY = 60.0  # machine seconds between two rounds
_SOONEST = 2.0  # machine seconds between two rounds, however many events come

_DND = "dnd_updated_user"  # comes for every account of the workspace
TELLING = frozenset(
    (
        "app_uninstalled",
        "channel_archive",
        "channel_deleted",
        "channel_left",
        "channel_shared",
        "channel_unarchive",
        "channel_unshared",
        _DND,
        "group_archive",
        "group_deleted",
        "group_left",
        "group_unarchive",
        "member_joined_channel",
        "member_left_channel",
        "tokens_revoked",
    )
)
"""Slack's events after which the answers may be others."""
_CONVERTED = frozenset(("channel_convert_to_private", "channel_convert_to_public"))
"""Of these Slack sends no event but the message in the channel. An app that hears private channels alone hears of
those made private; one that was made public is found by the round."""


class ReachWatch:
    def __init__(
        self,
        ask: Callable[[ReachAnswers, float], ReachAnswers],
        documents: Documents,
        reach: Callable[[], Reach],
        wake: Callable[[], None],
        channels: Callable[[], Collection[str]],
        machine: MachineClock,
        told: Callable[[ReachAnswers, ReachAnswers], None] = lambda *_: None,
    ) -> None:
        """`ask`: given what is known and machine seconds, what Slack says; `wake`: every open case is due; `channels`:
        those that are asked about; `told`: what was known, and what is now."""
        self._ask = ask
        self._documents = documents
        self._read = reach
        self._wake = wake
        self._channels = channels
        self._machine = machine
        self._told = told
        self._failing = Failing("the look at who can be reached")
        self._round_at = float("-inf")
        self._is_told = False
        self._asked_of: frozenset[str] = frozenset()  # people and channels
        self._silent: frozenset[object] | None = None
        self.asked = ReachAnswers()
        self.reach: Reach | None = None  # at the last look

    def heard(self, _client: object, message: dict[str, Any], _raw: str | None) -> None:
        """A listener of slack_sdk's client."""
        event = (message.get("payload") or {}).get("event") or {}
        is_of_another = event.get("type") == _DND and event.get("user") not in self._holders()
        if (event.get("type") in TELLING or event.get("subtype") in _CONVERTED) and not is_of_another:
            self._is_told = True

    def look(self) -> None:
        """Each second."""
        now = self._machine.seconds()
        since = now - self._round_at
        try:
            self.reach = self.reach or self._read()
            if since < 0 or since >= EVERY or (since >= _SOONEST and self._may_differ()):
                self._is_told, self._round_at, self._asked_of = False, now, self._concerned()
                self._go_round(now)
            self._look_for_silence()
            self._failing.worked()
        except StoreUnavailable as away:
            self._failing.failed(away)

    def _may_differ(self) -> bool:
        """An event says so, or nothing was asked of somebody who holds a role, or of a channel: who took over, the
        first list, a board that is to be in another channel."""
        return self._is_told or not self._concerned() <= self._asked_of

    def _concerned(self) -> frozenset[str]:
        return self._holders().union(self._channels())

    def _holders(self) -> frozenset[str]:
        """At the last look."""
        return frozenset(chain(*self.reach.facts.holders.values())) if self.reach else frozenset()

    def _go_round(self, now: float) -> None:
        before = reach_answers.load(self._documents) or self.asked
        self.asked = self._ask(before, now)
        if self.asked != before:
            self._told(before, self.asked)
            reach_answers.save(self._documents, self.asked)

    def _look_for_silence(self) -> None:
        self.reach = self._read()
        silent = _silent(self.reach)
        if silent != self._silent:
            self._wake()
        self._silent = silent


def unheard_roles(reach: Reach | None) -> dict[str, str]:
    """Role → why nobody who holds it would hear a page in Slack. No name: whoever asks for `/healthz` may read it."""
    found = {one.role.value: one.unheard for one in reach.roles} if reach else {}
    return {role: why.value for role, why in found.items() if why}


def _silent(reach: Reach) -> frozenset[object]:
    """Who hears nothing now, and which roles hear nothing at all: what decisions about pages rest on."""
    quiet = {person for person, span in reach.facts.quiet.items() if span.until(reach.now)}
    return frozenset((*quiet, *((one.role, one.unheard) for one in reach.roles if one.unheard)))
