"""One post by one of several bots, though the record, Slack or the bot that was to make it may fail."""

from collections.abc import Callable
from enum import Enum, auto

from bot.ports.errors import StoreUnavailable
from bot.ports.notes import Requests
from bot.slack.slack_chat import ChatError
from bot.time import MachineClock
from bot.views.message import Message
from workers.alarm.banner import Banner, is_of, over

_FOR_ANOTHER = 4.0  # machine seconds in which the bot that claimed a post has to have made it


class Claim(Enum):
    OURS = auto()
    THEIRS = auto()
    UNKNOWN = auto()  # the record is away: the channel is asked whether another bot was faster


class SinglePost:
    def __init__(
        self, requests: Requests, banner: Banner, machine: MachineClock, ring: Callable[[str, Message], None]
    ) -> None:
        """`ring` calls beside Slack, and returns at once; whoever makes the post makes the call."""
        self._requests = requests
        self._banner = banner
        self._machine = machine
        self._ring_with = ring
        self._claims: dict[str, tuple[Claim, float]] = {}
        self._rung: set[str] = set()
        self._there: dict[str, str] = {}

    def say(self, key: str, trouble: str, message: Message) -> str | None:
        """The post's `ts`, whoever made it; None while another bot is at it. Raises ChatError: then say it again."""
        if key not in self._there and (ts := self._place(key, trouble, message)):
            self._there[key] = ts
        return self._there.get(key)

    def is_said(self, key: str, ts: str) -> None:
        """Known from before a restart."""
        self._there[key] = ts

    def is_over(self, trouble: str) -> None:
        """One of the same name may come again, and is to be said again."""
        for known in (self._claims, self._there):
            for key in [key for key in known if is_of(key, trouble)]:
                del known[key]
        self._rung = {key for key in self._rung if not is_of(key, trouble)}

    def _place(self, key: str, trouble: str, message: Message) -> str | None:
        claim, since = self._claimed(key, trouble)
        if claim is Claim.OURS:
            self._ring(key, message)
        try:
            found = self._banner.find(key, trouble)
            if found or (claim is Claim.THEIRS and self._machine.seconds() - since < _FOR_ANOTHER):
                return found
            posted = self._banner.post(key, message)
        except ChatError:
            if claim is Claim.UNKNOWN:
                self._ring(key, message)
            raise
        self._ring(key, message)
        return posted

    def _ring(self, key: str, message: Message) -> None:
        if key not in self._rung:
            self._rung.add(key)
            self._ring_with(key, message)

    def _claimed(self, key: str, trouble: str) -> tuple[Claim, float]:
        """Asked again as long as the record is away."""
        known = self._claims.get(key)
        if known is None or known[0] is Claim.UNKNOWN:
            now = self._machine.seconds()
            known = self._claims[key] = (self._claim(key, trouble, now), now)
        return known

    def _claim(self, key: str, trouble: str, now: float) -> Claim:
        """What has begun may end, and what is over may begin again: each claim makes room for the other one."""
        try:
            if self._requests.seen_before(key, int(now * 1000)):
                return Claim.THEIRS
            self._requests.forget(trouble if key == over(trouble) else over(trouble))
        except StoreUnavailable:
            return Claim.UNKNOWN
        return Claim.OURS
