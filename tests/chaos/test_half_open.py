"""A line that swallows everything (a firewall that forgot it, a machine without power at the other end): whoever uses
it leaves it within ten seconds, and the next thing due goes out."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from config.settings import Settings
from sandbox.client import Workspace
from tests.chaos.conftest import Force, installation
from tests.waiting import in_time, until
from tests.wires import Wire, connected, wire_to

pytestmark = pytest.mark.slow

LEFT = 10.0  # seconds
SLACK_IS_SLOW_HERE = 5.0  # seconds that a busy machine may need for the rest


@pytest.fixture
def record(redis_url: str) -> Iterator[Wire]:
    with wire_to(lambda: connected(redis_url)) as wire:
        yield wire


@pytest.fixture
def slack(workspace: Workspace) -> Iterator[Wire]:
    there = urlsplit(workspace.api_url)
    with wire_to(lambda: connected(workspace.api_url)) as wire:
        wire.own_address = (f"127.0.0.1:{there.port}".encode(), f"127.0.0.1:{wire.port}".encode())
        yield wire


@pytest.fixture
def force(
    settings: Settings, workspace: Workspace, record: Wire, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Force]:
    """Its processes reach the record by the wire; the test has a line of its own."""
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{record.port}/0")
    workspace.settings(ack_seconds=3)  # a press into a line that nobody reads is pressed again
    with installation(settings, workspace) as force:
        yield force


def paged_in_time(force: Force, first: Callable[[], object]) -> None:
    in_time(LEFT + SLACK_IS_SLOW_HERE, lambda: force.wait_for_page(force.report()), first=first)


def swallows(wire: Wire, lines: int = 1) -> None:
    """Whatever goes by the lines that are open now."""
    assert wire.swallow() >= lines


def test_the_timer_leaves_it(force: Force, record: Wire) -> None:
    force.start("timer")
    force.wait_for_page(force.report())
    paged_in_time(force, lambda: swallows(record))


def test_workers_leave_it_while_they_wait_for_work(
    force: Force, record: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_TIMER_STEPS_IN", "0")
    for command in (("timer",), ("worker", "recheck"), ("worker", "deliver")):
        force.start(*command)
    force.wait_for_page(force.report())
    paged_in_time(force, lambda: swallows(record, 3))


def test_all_of_them_come_back_once_new_lines_carry_again(force: Force, record: Wire) -> None:
    for command in (("timer",), ("worker", "recheck"), ("worker", "deliver")):
        force.start(*command)
    force.wait_for_page(force.report())

    def nothing_comes_through() -> None:
        record.swallow(new_ones=True)
        away = time.monotonic()
        until("nothing has come through for 8 s", lambda: time.monotonic() - away > 8)
        record.mend()

    paged_in_time(force, nothing_comes_through)


def test_the_bot_leaves_its_lines_to_the_record_and_presses_are_answered(force: Force, record: Wire) -> None:
    force.listen()
    force.report()
    until("the bot answers", lambda: _lists(force))
    in_time(
        LEFT + SLACK_IS_SLOW_HERE,
        lambda: until("the bot answers again", lambda: _lists(force)),
        first=lambda: swallows(record),
    )


def _lists(force: Force) -> bool:
    """`/missing list` is answered with the open case."""
    fay = force.workspace.person("fay")
    said = fay.type("/missing list", "cases")
    return said.acked and said.error is None


def test_the_bot_leaves_its_line_to_slack(
    force: Force, slack: Wire, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_SLACK_BASE_URL", f"http://127.0.0.1:{slack.port}/api/")
    force.listen()

    def has_another_line() -> None:
        before = workspace.sockets_opened
        swallows(slack)
        until("it has another line", lambda: workspace.sockets_opened > before)

    in_time(LEFT, has_another_line)
    force.report()
    until("a press is answered", lambda: _lists(force))


def test_a_post_into_such_a_line_holds_up_the_next_one_for_no_longer(
    force: Force, slack: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_SLACK_BASE_URL", f"http://127.0.0.1:{slack.port}/api/")
    force.start("timer")
    force.wait_for_page(force.report())
    refs: list[str] = []

    def a_post_falls_in() -> None:
        slack.swallow(new_ones=True)
        refs.append(force.report())
        until("the page is on its way", lambda: force.paged_at(refs[-1]) is not None)
        away = time.monotonic()
        until("a call has had the time to fall in", lambda: time.monotonic() - away > 1.0)
        slack.mend()

    in_time(LEFT + SLACK_IS_SLOW_HERE, lambda: force.wait_for_page(refs[-1]), first=a_post_falls_in)
