"""Calls beside Slack: whoever is called reads them in the order in which they were made."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from typing import Any

from bot.views.message import Message
from tests.outside import pager
from tests.waiting import until
from workers.alarm.calls import Calls
from workers.ways_out.ways import Sent, Ways

NOW = datetime(2026, 3, 2, 13, 40, tzinfo=UTC)


class SlowWays(Ways):
    """The first message stays on its way until it is let go."""

    let_go = Event()
    begun: list[str]

    def send(self, to: str, title: str, body: str, **more: Any) -> Sent:
        self.begun.append(title)
        if title == "Clocks stand still":
            self.let_go.wait(30)
        return super().send(to, title, body, **more)


def test_what_is_over_is_not_said_before_what_began() -> None:
    with pager() as beeper:
        ways, pool = SlowWays({"technician": {"SMS": beeper.url}}), ThreadPoolExecutor(4)
        ways.begun = []
        calls = Calls(ways, lambda _: (), pools=lambda *_: pool)
        began = calls.make(Message(text="Clocks stand still. Ring the FIM.", blocks=[]), 0.0)
        over = calls.make(Message(text="Clocks run again. Nothing to do.", blocks=[]), 1.0)
        over.turn(2.0, NOW)
        pool.submit(lambda: None).result()  # whatever was handed to it before has begun
        assert ways.begun == ["Clocks stand still"]
        ways.let_go.set()

        def are_both_sent() -> bool:
            for call in (began, over):
                call.turn(3.0, NOW)
            return len(beeper.pages) == 2

        until("both are sent", are_both_sent)
        assert [page["title"] for page in beeper.pages] == ["Clocks stand still", "Clocks run again"]
        pool.shutdown()
