"""Says one trouble in the FIM channel and beside Slack, once, whichever of several bots does; says it again while it
lasts; and says that it is over."""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from msgspec.structs import replace

from bot.ports.errors import StoreUnavailable
from bot.ports.notes import Requests
from bot.slack.slack_chat import ChatError
from bot.time import CaseClock, MachineClock
from bot.views.cards import undelivered
from bot.views.message import Message
from bot.views.screen import Screen, Setting
from workers.alarm.banner import Banner, is_of, over
from workers.alarm.calls import Call, Calls
from workers.alarm.troubles import AlarmTrouble, Known

# One post by one of several bots, though the record, Slack or the bot that was to make it may fail.

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


class Notifier:
    def __init__(
        self,
        requests: Requests,
        banner: Banner,
        calls: Calls,
        setting: Setting,
        clock: CaseClock,
        machine: MachineClock,
        *,
        remind: float,
    ) -> None:
        """`remind` in machine seconds."""
        self._once = SinglePost(requests, banner, machine, self._ring)
        self._banner = banner
        self._calls = calls
        self._setting = setting
        self._clock = clock
        self._machine = machine
        self._remind = remind
        self._under_way: dict[str, Call] = {}
        self._said: dict[str, tuple[str, ...]] = {}

    def sound(self, trouble: AlarmTrouble, left: Sequence[str], known: Known) -> AlarmTrouble:
        """What has been told of it now. `left`: those of its cases that still wait. Raises ChatError: then again."""
        now = replace(trouble, left=tuple(left), known=known)
        key = self._key(trouble)
        ts = self._once.say(key, trouble.key, self._banner_of(now))
        if ts is None:
            return trouble
        if ts not in trouble.banners:
            trouble = now = replace(now, banners=(*now.banners, ts))
        self._stop_ringing(trouble, but=key)
        now = replace(now, calls=self._said_of(key, now.calls))
        if now != trouble and not self._banner.redraw(ts, self._banner_of(now)):
            return trouble
        return now

    def _said_of(self, key: str, before: tuple[str, ...]) -> tuple[str, ...]:
        """What came of the call: only what was really sent is on the banner, once it was."""
        call = self._under_way.get(key)
        if call is None:
            return before
        said = call.outcome(self._screen)
        kept = tuple(one for one in before if one not in self._said.get(key, ()))
        self._said[key] = said
        return (*kept, *said)

    def turn(self) -> None:
        """Each second: a call that a server put off is made again, and what Slack did not draw is drawn."""
        self._banner.turn()
        for call in list(self._under_way.values()):
            call.turn(self._machine.seconds(), self._clock.now())

    def end(self, trouble: AlarmTrouble) -> bool:
        """False while another bot is at it: then again. Raises ChatError: then again, too."""
        now, screen = self._clock.now(), self._screen
        refs, unreadable = tuple(trouble.undecided), trouble.unreadable
        self._stop_ringing(trouble, but=over(trouble.key))
        if not self._once.say(
            over(trouble.key), trouble.key, undelivered.running(refs, unreadable, now, screen)
        ):
            return False
        for ts in trouble.banners:
            self._banner.redraw(ts, undelivered.over(refs, unreadable, trouble.since, now, screen))
        self._once.is_over(trouble.key)
        return True

    def _stop_ringing(self, trouble: AlarmTrouble, *, but: str) -> None:
        """What was to be told before is so no more, or is told anew."""
        for key in [key for key in self._under_way if is_of(key, trouble.key) and key != but]:
            del self._under_way[key]

    def is_said(self, trouble: AlarmTrouble) -> None:
        """Told before this bot was started."""
        for ts in trouble.banners[-1:]:
            self._once.is_said(self._key(trouble), ts)

    def _key(self, trouble: AlarmTrouble) -> str:
        return trouble.banner_key(self._machine.seconds(), self._remind)

    def _ring(self, key: str, message: Message) -> None:
        self._under_way[key] = self._calls.make(message, self._machine.seconds())

    def _banner_of(self, trouble: AlarmTrouble) -> Message:
        if trouble.undecided:
            return undelivered.undecided(
                trouble.left, trouble.unreadable, trouble.since, trouble.calls, self._screen
            )
        known = trouble.known
        return undelivered.stopped(
            trouble.since,
            known.high,
            trouble.calls,
            self._screen,
            as_of=known.as_of,
            answers=known.answers,
            trouble=known.trouble,
        )

    @property
    def _screen(self) -> Screen:
        return self._setting.at(self._clock.now())
