"""The watchdog's voice: a banner in the FIM channel and a call by the other ways when time has stopped, and again when
it runs (screens.md §12).

Once per stop, whichever of several bots notices: claimed in the record; where that is away, asked of the channel.
While it lasts it is said again every half hour: a shift may change, and nobody reads up.
"""

from collections.abc import Callable, Sequence

import msgspec
import structlog
from msgspec.structs import replace

from bot.ports import Documents, Requests
from bot.slack_chat import ChatError
from bot.time import CaseClock, MachineClock
from bot.views import stopped as screens
from bot.views.message import Message
from bot.views.screen import Screen, Setting
from workers.alarm.banner import Banner
from workers.alarm.calls import Call, Calls
from workers.alarm.once import Once
from workers.alarm.trouble import Trouble, still_stands, trouble_in
from workers.watchdog import Watchdog

_NAME = "alarm"

log = structlog.get_logger()


class Alarm:
    def __init__(
        self,
        watchdog: Watchdog,
        high: Callable[[], Sequence[str]],
        documents: Documents,
        requests: Requests,
        banner: Banner,
        calls: Calls,
        setting: Setting,
        clock: CaseClock,
        machine: MachineClock,
        *,
        remind: float,
    ) -> None:
        """`high`: references of the open HIGH cases, as last known. `remind` in machine seconds."""
        self._watchdog = watchdog
        self._high = high
        self._documents = documents
        self._once = Once(requests, banner, machine, self._ring)
        self._banner = banner
        self._calls = calls
        self._setting = setting
        self._clock = clock
        self._machine = machine
        self._remind = remind
        self._trouble: Trouble | None = None
        self._over: Trouble | None = None  # ended, and that is still to be said
        self._call: Call | None = None
        self._kept: bytes | None = None  # as the record has it; None: not read yet

    def look(self) -> None:
        """Each second."""
        answers = self._watchdog.look()
        if answers and self._kept is None:
            self._take_up()
        self._note(trouble_in(self._watchdog.pulse(), self._watchdog.seen, self._machine.seconds()))
        try:
            if self._over:
                self._end(self._over)
            if self._trouble:
                self._sound(self._trouble)
        except ChatError as error:
            log.error("the watchdog is not heard in Slack, will try again", why=str(error))
        if answers:
            self._keep()

    def _note(self, found: Trouble | None) -> None:
        known, seen = self._trouble, self._watchdog.seen
        if known is not None and not still_stands(known, seen):
            self._over, self._trouble = known, None
            log.warning("time runs again", since=known.since.isoformat())
        if found is not None and self._trouble is None:
            self._trouble = replace(found, high=tuple(self._high()))
            log.error("time has stopped", since=found.since.isoformat(), undecided=len(found.undecided))

    def _sound(self, trouble: Trouble) -> None:
        key = trouble.banner_key(self._machine.seconds(), self._remind)
        ts = self._once.say(key, self._banner_of(trouble))
        if ts is not None and ts not in trouble.banners:
            self._trouble = trouble = replace(trouble, banners=(*trouble.banners, ts))
        if ts is not None and self._call is not None and self._call.is_over:
            self._say_who_was_called(trouble, ts, self._call)

    def _say_who_was_called(self, trouble: Trouble, ts: str, call: Call) -> None:
        """Only what was really sent is on the banner, once it was."""
        outcome = call.outcome(self._clock.now(), self._screen)
        called = replace(trouble, calls=(*trouble.calls, *outcome))
        if not outcome or self._banner.redraw(ts, self._banner_of(called)):
            self._trouble, self._call = called, None

    def _end(self, trouble: Trouble) -> None:
        now, screen, refs = self._clock.now(), self._screen, trouble.undecided
        if self._once.say(f"{trouble.key}:over", screens.running(refs, now, screen)):
            for ts in trouble.banners:
                self._banner.redraw(ts, screens.over(refs, trouble.since, now, screen))
        self._over, self._call = None, None

    def _ring(self, message: Message) -> None:
        self._call = self._calls.make(message)

    def _banner_of(self, trouble: Trouble) -> Message:
        if trouble.undecided:
            return screens.undecided(trouble.undecided, trouble.since, trouble.calls, self._screen)
        return screens.stopped(trouble.since, trouble.high, trouble.calls, self._screen)

    @property
    def _screen(self) -> Screen:
        return self._setting.at(self._clock.now())

    def _take_up(self) -> None:
        """What was told before this bot was started: it is still to be said that it is over."""
        self._kept = self._documents.get(_NAME) or b""
        if self._kept and self._trouble is None:
            self._trouble = known = msgspec.json.decode(self._kept, type=Trouble)
            for ts in known.banners[-1:]:
                self._once.is_said(known.banner_key(self._machine.seconds(), self._remind), ts)

    def _keep(self) -> None:
        told = self._trouble is not None and self._trouble.banners
        now = msgspec.json.encode(self._trouble) if told else b""
        if now != self._kept and self._over is None:
            self._documents.put(_NAME, now)
            self._kept = now
