"""The watchdog's voice: a banner in the FIM channel and a call by the other ways when time has stopped, and again when
it runs (screens.md §12). For all cases, or for single ones: those that nobody decides, or that cannot be read.

Once per trouble, whichever of several bots notices: claimed in the record; where that is away, asked of the channel.
While it lasts it is said again every half hour: a shift may change, and nobody reads up.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import msgspec
import structlog
from msgspec.structs import replace

from bot.ports.damaged import understood
from bot.ports.notes import Documents
from bot.slack.slack_chat import ChatError
from bot.time import MachineClock
from workers.alarm.notifier import Notifier
from workers.alarm.troubles import AlarmTrouble, Known, left_of, new_troubles, still_stands
from workers.alarm.watchdog import Watchdog

_NAME = "alarms"
_NOTHING = msgspec.json.encode([])

log = structlog.get_logger()


class Alarm:
    def __init__(
        self,
        watchdog: Watchdog,
        known: Callable[[], Known],
        unreadable: Callable[[], Collection[str]],
        documents: Documents,
        notifier: Notifier,
        machine: MachineClock,
    ) -> None:
        """`known`: what can be said of the cases; `unreadable`: which cannot be read, as of when that was asked."""
        self._watchdog = watchdog
        self._known = known
        self._unreadable = unreadable
        self._documents = documents
        self._notifier = notifier
        self._machine = machine
        self._troubles: dict[str, AlarmTrouble] = {}
        self._over: dict[str, AlarmTrouble] = {}  # ended, and that is still to be said
        self._kept: bytes | None = None  # as the record has it; None: not read yet

    def look(self) -> None:
        """Each second."""
        self._notifier.turn()
        answers = self._watchdog.look()
        if answers and self._kept is None:
            self._take_up()
        self._note()
        seen = self._watchdog.seen
        for key, trouble in list(self._over.items()):
            with _heard_later():
                if self._notifier.end(trouble):
                    del self._over[key]
        for key, trouble in list(self._troubles.items()):
            with _heard_later():
                known = trouble.known if trouble.known.answers or not answers else self._known()
                known = replace(known, trouble=self._watchdog.trouble)
                self._troubles[key] = self._notifier.sound(trouble, left_of(trouble, seen), known)
        if answers:
            self._keep()

    def _note(self) -> None:
        seen, now = self._watchdog.seen, self._machine.seconds()
        for key, known in list(self._troubles.items()):
            if not still_stands(known, seen, now):
                self._over[key] = self._troubles.pop(key)
                log.warning("time runs again", since=known.since.isoformat(), undecided=len(known.undecided))
        known_ones = list(self._troubles.values())
        for found in new_troubles(self._watchdog.pulse(), seen, known_ones, now):
            if found.key in self._over:  # nobody has read yet that it was over
                self._troubles[found.key] = self._over.pop(found.key)
                continue
            cases = self._known()
            unreadable = tuple(ref for ref in found.undecided if ref in self._unreadable())
            self._troubles[found.key] = replace(found, known=cases, unreadable=unreadable)
            log.error("time has stopped", since=found.since.isoformat(), undecided=len(found.undecided))

    def _take_up(self) -> None:
        """What was told before this bot was started: it is still to be said that it is over."""
        self._kept = self._documents.get(_NAME) or _NOTHING
        for known in understood(self._documents, _NAME, self._kept, list[AlarmTrouble]) or ():
            if known.key not in self._troubles:
                self._troubles[known.key] = known
                self._notifier.is_said(known)

    def _keep(self) -> None:
        now = msgspec.json.encode([trouble for trouble in self._troubles.values() if trouble.banners])
        if now != self._kept and not self._over:
            self._documents.put(_NAME, now)
            self._kept = now


@contextmanager
def _heard_later() -> Iterator[None]:
    """One that Slack does not take now keeps none of the others from being said."""
    try:
        yield
    except ChatError as error:
        log.error("the watchdog is not heard in Slack, will try again", why=str(error))
