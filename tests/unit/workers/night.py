"""A night with everything that runs beside the bot's listening: timers' rechecks, deliveries, the patrol, the watchdog
and its alarm; second by second in virtual time."""

from bot.ports import Stores
from sandbox.client import Message, Workspace
from tests.outside import Pager
from tests.unit.workers.conftest import Evening
from workers.alarm.alarm import Alarm
from workers.alarm.banner import Banner
from workers.alarm.calls import Calls
from workers.alarm.teller import Teller
from workers.aside import Aside
from workers.patrol import Patrol
from workers.putting_by import PutBy
from workers.recheck import Rechecks
from workers.timer import BEAT, LEASE
from workers.watchdog import Patience, Watchdog
from workers.ways_out.drain import OutLanes
from workers.ways_out.lanes import by_lane
from workers.ways_out.unsent import Unsent
from workers.ways_out.ways import Ways

REMIND = 120  # seconds
ROUND = 30  # seconds between two rounds of the patrol


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
            self.policy,
            self.traffic,
            self.case_clock,
            self.machine,
            give_up=300.0,
        )
        aside = Aside(stores, self.traffic, self.machine)
        put_by = PutBy(stores.outbox, self.traffic, self.machine)
        self.deliver = by_lane(self.delivery.drain_all, out.drain_all, aside.drain_all, put_by.drain_all)
        self.unsent = Unsent(stores, self.desk, self.case_clock, self.traffic.refused, patience=60.0)
        self.watchdog = Watchdog(stores, self.case_clock, self.machine, BEAT, Patience())
        self.patrol = Patrol(
            stores,
            self.policy,
            lambda role: bool(self.people.on_duty(role)),
            self.case_clock,
            self.watchdog,
            patience=60.0,
            heartbeat_url=None,
        )
        self.alarm = self._alarm(Calls(ways))
        self.timers_run = True
        self._second = 0

    def _alarm(self, calls: Calls) -> Alarm:
        banner = Banner(self.chat, "C0FIM", self.machine)
        teller = Teller(
            self.stores.requests,
            banner,
            calls,
            self.setting,
            self.case_clock,
            self.machine,
            remind=REMIND,
        )
        unreadable = lambda: self.patrol.found.unreadable  # noqa: E731 - as the bot has it
        return Alarm(
            self.watchdog, self.patrol.known, unreadable, self.stores.documents, teller, self.machine
        )

    def goes_by(self, seconds: int) -> None:
        for _ in range(seconds):
            self.later(1)
            self._second += 1
            if self.timers_run:
                self._timers_look()
            if self._second % ROUND == 0:
                self.patrol.walk()
            self.alarm.look()

    def _timers_look(self) -> None:
        now = self.machine.seconds()
        self.stores.heartbeats.beat(BEAT, now)
        self.rechecks.recheck_all(self.stores.due.claim(self.clock.now(), now, 1000, LEASE), "worker")
        self.unsent.look()
        holds = self.traffic.holds()
        self.deliver([lane for lane in self.stores.outbox.lanes() if holds.get(lane, 0.0) <= now], "worker")

    def said(self, words: str) -> list[Message]:
        """In the FIM channel."""
        return [message for message in self.in_fim() if message.says(words)]
