"""Says one trouble in the FIM channel and beside Slack, once, whichever of several bots does; says it again while it
lasts; and says that it is over."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.ports.notes import Requests
from bot.time import CaseClock, MachineClock
from bot.views.cards import stopped as screens
from bot.views.message import Message
from bot.views.screen import Screen, Setting
from workers.alarm.alarm_trouble import AlarmTrouble, Known
from workers.alarm.banner import Banner, is_of, over
from workers.alarm.calls import Call, Calls
from workers.alarm.single_post import SinglePost


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
        """Each second: a call that a server put off is made again."""
        for call in list(self._under_way.values()):
            call.turn(self._machine.seconds(), self._clock.now())

    def end(self, trouble: AlarmTrouble) -> bool:
        """False while another bot is at it: then again. Raises ChatError: then again, too."""
        now, screen = self._clock.now(), self._screen
        refs, unreadable = tuple(trouble.undecided), trouble.unreadable
        self._stop_ringing(trouble, but=over(trouble.key))
        if not self._once.say(over(trouble.key), trouble.key, screens.running(refs, unreadable, now, screen)):
            return False
        for ts in trouble.banners:
            self._banner.redraw(ts, screens.over(refs, unreadable, trouble.since, now, screen))
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
            return screens.undecided(
                trouble.left, trouble.unreadable, trouble.since, trouble.calls, self._screen
            )
        known = trouble.known
        return screens.stopped(
            trouble.since,
            known.high,
            trouble.calls,
            self._screen,
            as_of=known.as_of,
            answers=known.answers,
        )

    @property
    def _screen(self) -> Screen:
        return self._setting.at(self._clock.now())
