"""A night with everything that runs beside the bot's listening: timers' rechecks, deliveries, the reconciler, the
watchdog and its alarm; second by second in virtual time."""

from bot.ports.stores import Stores
from sandbox.client import Message, Workspace
from tests.outside import Pager
from tests.unit.workers.conftest import Evening
from workers.alarm.alarm import Alarm
from workers.alarm.banner import Banner
from workers.alarm.calls import Calls
from workers.alarm.notifier import Notifier
from workers.alarm.reconciler import Reconciler
from workers.alarm.watchdog import Watchdog, WatchdogPatience
from workers.delivery.claiming import Postponed
from workers.delivery.mended_rows import DamagedRows, LostPages
from workers.delivery.quarantine import Quarantine
from workers.timing.recheck import Rechecks
from workers.timing.timer import BEAT, LEASE
from workers.ways_out.drain import OutLanes
from workers.ways_out.leaving import Unsent, by_lane
from workers.ways_out.ways import Ways

REMIND = 120  # seconds
ROUND = 30  # seconds between two rounds of the reconciler


class Night(Evening):
    def __init__(self, workspace: Workspace, stores: Stores, beeper: Pager) -> None:
        super().__init__(workspace, stores)
        self.rechecks = Rechecks(self.desk, self.duty_desk, stores.metrics)
        ways = Ways({"fim": {"pager": beeper.url}})
        out = OutLanes(
            stores,
            self.desk,
            ways,
            self.screens,
            self.setting,
            self.rate_limits,
            self.case_clock,
            self.machine,
            give_up=300.0,
        )
        aside = Quarantine(stores, self.rate_limits, self.machine)
        put_by = Postponed(stores.outbox, self.rate_limits, self.machine)
        self.deliver = by_lane(self.delivery.drain_all, out.drain_all, aside.drain_all, put_by.drain_all)
        self.unsent = Unsent(
            stores,
            self.desk,
            self.duty_desk,
            self.case_clock,
            self.machine,
            self.rate_limits.refused,
            patience=60.0,
        )
        self.damaged_rows = DamagedRows(stores)
        self.watchdog = Watchdog(
            stores, self.case_clock, self.machine, self.machine.seconds, BEAT, WatchdogPatience()
        )
        self.reconciler = Reconciler(
            stores,
            self.policy,
            lambda role: bool(self.people.on_duty(role)),
            self.case_clock,
            self.watchdog,
            lost_pages=LostPages(stores, self.desk, self.case_clock).write_again,
            patience=60.0,
            heartbeat_url=None,
        )
        self.alarm = self._alarm(Calls(ways, self.people.on_duty))
        self.timers_run = True
        self._second = 0

    def _alarm(self, calls: Calls) -> Alarm:
        banner = Banner(self.chat, "C0FIM", self.machine)
        teller = Notifier(
            self.stores.requests,
            banner,
            calls,
            self.setting,
            self.case_clock,
            self.machine,
            remind=REMIND,
        )
        unreadable = lambda: self.reconciler.found.unreadable  # noqa: E731 - as the bot has it
        return Alarm(
            self.watchdog, self.reconciler.known, unreadable, self.stores.documents, teller, self.machine
        )

    def goes_by(self, seconds: int) -> None:
        for _ in range(seconds):
            self.later(1)
            self._second += 1
            if self.timers_run:
                self._timers_look()
            if self._second % ROUND == 0:
                self.reconciler.walk()
            self.alarm.look()

    def _timers_look(self) -> None:
        now = self.machine.seconds()
        self.stores.heartbeats.beat(BEAT, now)
        self.rechecks.recheck_all(self.stores.due.claim(self.clock.now(), now, 1000, LEASE), "worker")
        self.unsent.look()
        self.damaged_rows.look()
        holds = self.rate_limits.holds()
        self.deliver([lane for lane in self.stores.outbox.lanes() if holds.get(lane, 0.0) <= now], "worker")

    def said(self, words: str) -> list[Message]:
        """In the FIM channel."""
        return [message for message in self.in_fim() if message.says(words)]
