"""What is raised after an acknowledgement takes no answer back, and asks no other listener for one."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from handlers.dependencies import Body
from handlers.listeners import Listeners, PutUp
from tests.waiting import until


class Bot:
    def __init__(self) -> None:
        self.told: list[str] = []
        self.unknown: list[str] = []
        self.app = App(
            authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
            request_verification_enabled=False,
            process_before_response=True,
        )
        self.listeners = Listeners(
            self.app,
            ThreadPoolExecutor(4),
            lambda error, _: self.told.append(str(error)),
            drawing=ThreadPoolExecutor(4),
            opening=ThreadPoolExecutor(4),
        )
        self.app.error(lambda error: BoltResponse(status=200, body=f"refused: {error}"))

    def press(self, action: str) -> tuple[BoltResponse, float]:
        body = {
            "type": "block_actions",
            "actions": [{"action_id": action, "block_id": "b", "type": "button"}],
            "user": {"id": "U1"},
            "team": {"id": "T1"},
        }
        began = time.monotonic()
        return self.app.dispatch(BoltRequest(mode="socket_mode", body=body)), time.monotonic() - began


@pytest.fixture
def bot() -> Iterator[Bot]:
    yield Bot()


def acking(then: Exception | None, first: Exception | None = None) -> Callable[[Any, Body], None]:
    def listener(ack: Any, _: Body) -> None:
        if first:
            raise first
        ack()
        if then:
            raise then

    return listener


def test_what_is_raised_afterwards_is_told_and_stays_answered(bot: Bot) -> None:
    bot.listeners.action("take")(acking(ValueError("after")))
    bot.listeners.unknown_actions(lambda ack, _: (ack("unknown"), bot.unknown.append("x"))[0])
    answer, seconds = bot.press("take")
    assert (answer.status, answer.body, bot.unknown) == (200, "", [])
    assert seconds < 1
    assert bot.told == ["after"]


def test_what_is_raised_before_is_the_answer(bot: Bot) -> None:
    bot.listeners.action("take")(acking(None, first=ValueError("before")))
    answer, seconds = bot.press("take")
    assert (answer.body, bot.told) == ("refused: before", [])
    assert seconds < 1


def test_what_has_no_listener_is_answered_as_unknown(bot: Bot) -> None:
    bot.listeners.action("take")(acking(None))
    bot.listeners.unknown_actions(lambda ack, _: ack("unknown"))
    assert bot.press("of_yesterday")[0].body == "unknown"
    assert bot.press("take")[0].body == ""


def test_what_only_shows_something_is_answered_before_it_is_looked_at(bot: Bot) -> None:
    let_go, done = Event(), Event()

    @bot.listeners.shown(re.compile("^open_"))
    def opened(body: Body) -> PutUp:
        assert body["actions"][0]["action_id"] == "open_case"
        assert let_go.wait(60)
        return done.set

    answer, _ = bot.press("open_case")
    assert (answer.status, done.is_set()) == (200, False)
    let_go.set()
    assert done.wait(60)


def test_where_it_can_show_nothing_whoever_pressed_is_told(bot: Bot) -> None:
    @bot.listeners.shown("open")
    def opened(_: Body) -> PutUp:
        raise ValueError("of nobody's case")

    assert bot.press("open")[0].status == 200
    until("the trouble is told", lambda: bot.told == ["of nobody's case"])


def wait_for(let_go: Event) -> PutUp:
    def put_up() -> None:
        assert let_go.wait(60)

    return put_up


def test_slow_shows_keep_no_answer_waiting(bot: Bot) -> None:
    """Nor the next drawing: as many as there are threads for either wait for Slack to open their views."""
    let_go, drawn = Event(), list[Body]()

    @bot.listeners.shown("open")
    def opened(body: Body) -> PutUp:
        drawn.append(body)
        return wait_for(let_go)

    bot.listeners.action("take")(acking(None))
    for _ in range(5):
        bot.press("open")
    answer, seconds = bot.press("take")
    until("all are drawn", lambda: len(drawn) == 5)
    let_go.set()
    assert answer.status == 200 and seconds < 1
