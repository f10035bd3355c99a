"""The server dies under everybody and comes back: nothing that was acknowledged is lost, nobody has to be restarted."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.server import Server
from bot.store.server_program import find_program
from tests.chaos.conftest import Force
from tests.conftest import REDIS_CONF
from tests.outside import Letterbox
from tests.waiting import until

pytestmark = pytest.mark.slow

STOPPED = "CLOCKS STOPPED since"
SILENT = "4"  # seconds; longer than from one look at a record that is away to the next, 2.5 s


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(find_program(), REDIS_CONF, tmp_path / "records")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_url(server: Server) -> str:
    """Instead of the one that the other tests share."""
    return server.url


def test_a_server_that_was_killed_and_is_back_after_two_seconds(force: Force, server: Server) -> None:
    processes = [
        force.start(*command) for command in (("timer",), ("worker", "recheck"), ("worker", "deliver"))
    ]
    first = force.report()
    server.kill()
    away = time.monotonic()
    until("it has been away for two seconds", lambda: time.monotonic() - away > 2)
    server.start()
    force.wait_for_page(first)
    second = force.report()
    force.wait_for_page(second)
    force.wait_until_told()
    assert [len(force.pages(ref)) for ref in (first, second)] == [1, 1]
    assert [process.poll() for process in processes] == [None] * 3


def test_while_the_server_is_away_the_watchdog_says_so_and_names_what_it_last_knew(
    force: Force, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_PATIENCE__SILENT", SILENT)
    force.start("timer")
    ref = force.report()
    force.listen()
    force.wait_for_page(ref)
    force.wait_until_told()
    server.kill()
    until("the banner is there", lambda: bool(force.said(STOPPED)))
    assert force.said(STOPPED)[0].says(ref)
    server.start()
    until("it says that it runs", lambda: bool(force.said("Running again")))
    until("the banner is true again", lambda: not force.said(STOPPED))


def test_a_bot_that_finds_no_record_at_its_start_lives_calls_once_and_says_when_it_is_over(
    force: Force, server: Server, mail: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_PATIENCE__SILENT", SILENT)
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps({"technician": {"e-mail": mail.url}}))
    mail.puts_off = 1
    server.kill()
    bot, timer = force.start_unconnected(), force.start_unseen("timer")
    until("the banner is there", lambda: bool(force.said(STOPPED)))
    assert force.said(STOPPED)[0].says("The record cannot be read")
    assert not force.said(STOPPED)[0].says("No HIGH case was open")
    until("the technician was called in the end", lambda: bool(mail.subjects))
    assert (bot.poll(), timer.poll()) == (None, None)
    server.start()
    until("it says that it runs", lambda: bool(force.said("Running again")))
    until("the banner is true again", lambda: not force.said(STOPPED))
    until("the technician hears it", lambda: len(mail.subjects) == 2)
    assert [subject.partition(" ")[0] for subject in mail.subjects] == ["CLOCKS", "Running"]
    assert (bot.poll(), timer.poll()) == (None, None), "neither had to be started again"
