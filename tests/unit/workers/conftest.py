"""One evening in virtual time, delivered into a workspace of its own: real desk, real screens, real Slack client."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from slack_sdk import WebClient

import config
from bot import plan_document
from bot.domain.people import Role
from bot.duty_desk import DutyDesk
from bot.files import forces_file, reasons_file
from bot.ports.destination import Destination, LaneKind
from bot.ports.stores import Stores
from bot.slack import slack_client
from bot.slack.slack_chat import SlackChat
from bot.store.memory_rate_limits import MemoryRateLimits
from bot.time import CaseClock
from bot.views.cards.renderer import Screens
from bot.views.screen import Setting
from config.settings import EDITS_A_MINUTE
from sandbox.client import Message, Workspace
from sandbox.runner import running_workspace
from tests.world import PEOPLE, TOLD, World
from workers.delivery.claiming import AGAIN, Postponed
from workers.delivery.dispatcher import Dispatcher
from workers.delivery.handover_posts import HandoverPosts
from workers.delivery.outcomes import DeliveryOutcomes, Notes
from workers.delivery.shut_places import LaneChannels
from workers.timing.outages import Outages
from workers.timing.timer import BEAT

MANIFEST = Path(config.__file__).with_name("slack-manifest.yaml")
LONDON = ZoneInfo("Europe/London")
SEED: dict[str, Any] = {
    "people": {name: {"id": name} for name in PEOPLE},
    "channels": {
        "cases": {"id": "C0CASES", "members": ["fay", "missing"]},
        "fim": {"id": "C0FIM", "members": ["fay", "missing"]},
        "supervisors": {"id": "C0SUPER", "members": ["sam", "missing"]},
    },
}


class Machine:
    """Goes with the evening's case time, and on by itself when a test says so."""

    def __init__(self, world: World, start: float) -> None:
        self.start = start
        self._world = world

    def seconds(self) -> float:
        return self.start + (self._world.clock.at - TOLD).total_seconds()


class Evening(World):
    follows_pages = True

    def __init__(self, workspace: Workspace, stores: Stores | None = None) -> None:
        super().__init__(stores=stores)
        self.workspace = workspace
        self.machine = Machine(self, workspace.now)
        self.case_clock = CaseClock(self.machine, started=self.machine.start, origin=TOLD)
        self.rate_limits = MemoryRateLimits(edits_a_minute=EDITS_A_MINUTE)
        self.outages = Outages(
            self.stores.heartbeats, self.stores.documents, self.case_clock, self.machine, BEAT
        )
        self.duty_desk = self.new_duty_desk()
        self.setting = Setting(
            policy=self.policy,
            directory=self.people,
            zone=LONDON,
            reasons=reasons_file.load(),
            forces=forces_file.load(),
        )
        self.screens = Screens(self.setting, self.clock)
        client = slack_client.delivering(workspace.app().bot_token, workspace.api_url)
        client.machine = self.machine
        self.chat = SlackChat(client)
        self.direct: dict[Role, Callable[[], frozenset[str]]] = {}
        self.delivery = self.new_delivery()

    def new_duty_desk(self) -> DutyDesk:
        return DutyDesk(
            self.stores.rosters,
            self.policy,
            self.clock,
            self.people,
            self.people,
            zone=LONDON,
            plan=partial(plan_document.load, self.stores.documents),
        )

    def client(self) -> WebClient:
        return slack_client.delivering(self.workspace.app().bot_token, self.workspace.api_url)

    def new_delivery(self) -> Dispatcher:
        """As a worker has it that was started just now."""
        outcomes = DeliveryOutcomes(self.desk, self.duty_desk)
        return Dispatcher(
            self.stores,
            self.chat,
            self.screens,
            HandoverPosts(self.stores.rosters, self.stores.cases, self.setting, self.clock, outcomes),
            LaneChannels(
                cases="C0CASES", fim="C0FIM", roles={Role.SUPERVISOR: "C0SUPER"}, direct=self.direct
            ),
            self.rate_limits,
            self.machine,
            Notes(self.case_clock, self.setting.zone, self.outages.last),
            outcomes,
            self.setting,
            self.clock,
            digest_over=self.policy.digest_over,
        )

    def later(self, seconds: float) -> None:
        """Machine and workspace go on; the timer has nothing to do with it."""
        self.clock.at += timedelta(seconds=seconds)
        self.workspace.advance(seconds)

    def drain(self, lane: str, turns: int = 1) -> None:
        """So many turns of a worker, each after what Slack had it wait for."""
        for _ in range(turns):
            self.delivery.drain(Destination(lane))
            self.later(max(0.0, self.rate_limits.holds().get(lane, 0.0) - self.machine.seconds()) + 1.0)

    def postponed(self, lane: Destination) -> None:
        """What was put by comes back to its lane."""
        held = Destination.of(LaneKind.POSTPONED, lane)
        Postponed(self.stores.outbox, self.rate_limits, self.machine).drain_all([held])

    def drain_all(self, lane: str) -> None:
        """Until nothing is left that was put by, or has to be drawn once more."""
        held = Destination.of(LaneKind.POSTPONED, Destination(lane))
        for _ in range(5):
            self.drain(lane, turns=3)
            self.later(AGAIN)
            self.postponed(Destination(lane))
        assert not {lane, held} & {*self.stores.outbox.lanes()}

    def tried(self, lane: Destination, times: int) -> None:
        """As after so many tries at each edit that waits for Slack, put by or not."""
        outbox = self.stores.outbox
        for each in (lane, Destination.of(LaneKind.POSTPONED, lane)):
            token = outbox.claim(each, self.machine.seconds(), 10)
            assert token is not None
            edits = [row for row in outbox.pending(each, 100) if row.is_edit]
            assert outbox.amend(each, token, [replace(row, tries=times) for row in edits])
            outbox.release(each, token)

    def in_cases(self) -> list[Message]:
        return self.workspace.person("fay").sees("cases")

    def in_fim(self) -> list[Message]:
        return self.workspace.person("fay").sees("fim")

    def counted(self, name: str) -> int:
        return self.stores.metrics.read().get(name, 0)


@pytest.fixture
def evening() -> Iterator[Evening]:
    with running_workspace(MANIFEST, SEED) as workspace:
        yield Evening(workspace)
