"""Would it wake anybody? A FIM in Do Not Disturb, and a channel that is lost in a quiet hour. Real processes."""

import json
import subprocess

import pytest

from bot.domain.events import CalledBeside, WentOut
from bot.ports.reach_answers import load
from tests.chaos.conftest import Force
from tests.chaos.health import Health
from tests.outside import Pager
from tests.waiting import in_time, until

pytestmark = pytest.mark.slow

WITHIN = 15.0
OVER = 60.0 + WITHIN  # what may come and go is called over after a minute without it


@pytest.fixture(autouse=True)
def _ways(monkeypatch: pytest.MonkeyPatch, beeper: Pager) -> None:
    ways = {"fim": {"SMS": beeper.url}, "technician": {"pager": beeper.url}}
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps(ways))


@pytest.fixture
def health(monkeypatch: pytest.MonkeyPatch) -> Health:
    return Health(monkeypatch)


def begin(force: Force) -> "subprocess.Popen[bytes]":
    """The bot's own process."""
    bot = force.listen()
    force.start("timer")
    force.start("worker", "deliver")
    until("Slack was asked who would hear a page", lambda: load(force.bot.stores.documents) is not None)
    return bot


def said_by(beeper: Pager, words: str) -> list[str]:
    return [page["message"] for page in beeper.pages if words in page["message"]]


def went_out(force: Force, ref: str) -> list[WentOut]:
    return [e.event for e in force.bot.stores.cases.entries(ref) if isinstance(e.event, WentOut)]


def test_a_high_page_to_a_fim_in_do_not_disturb_leaves_by_sms_within_five_seconds(
    force: Force, beeper: Pager
) -> None:
    force.workspace.person("fay").do_not_disturb(8 * 3600)
    begin(force)
    refs: list[str] = []

    def sms() -> None:
        refs.append(force.report())
        until("the SMS is there", lambda: bool(said_by(beeper, refs[-1])))

    in_time(5.0, sms)
    ref = refs[-1]
    assert "Do Not Disturb keeps Slack silent for the FIM" in said_by(beeper, ref)[0]
    force.wait_for_page(ref)
    until("the card says so", lambda: force.pages(ref)[0].says("Sent by SMS"))
    assert force.pages(ref)[0].says("everybody paged has Do Not Disturb on")
    until(
        "the thread says so",
        lambda: any(line.says("Page sent by SMS to FIM: everybody paged") for line in force.thread_of(ref)),
    )
    assert [(went.way, went.why, went.reached) for went in went_out(force, ref)] == [("SMS", "quiet", True)]


def test_do_not_disturb_that_begins_after_the_page_sends_it_out_once(force: Force, beeper: Pager) -> None:
    begin(force)
    ref = force.report()
    force.wait_for_page(ref)
    force.workspace.person("fay").do_not_disturb(3600)
    until("the SMS is there", lambda: bool(said_by(beeper, ref)))
    called = [e.event.why for e in force.bot.stores.cases.entries(ref) if isinstance(e.event, CalledBeside)]
    assert called == ["quiet"]
    assert len(said_by(beeper, ref)) == 1


def test_a_bot_put_out_of_the_fims_channel_in_a_quiet_hour_is_told_once_and_so_is_its_return(
    force: Force, health: Health, beeper: Pager
) -> None:
    begin(force)
    lost, back = "Slack lets nothing into the FIM's channel", "Slack takes posts in the FIM's channel"
    times = 0

    def it_is_in() -> None:
        if times:
            comes_back()
        until("it is well", lambda: health.is_well)

    def it_is_put_out_and_that_is_told() -> None:
        nonlocal times
        force.workspace.person("fay").leave("fim", remove="missing")
        times += 1
        until("the technician reads it", lambda: len(said_by(beeper, lost)) == times)
        until("the cases channel reads it", lambda: len(force.in_cases(lost)) == times)
        until("/healthz is not ok", lambda: not health.is_well)

    def comes_back() -> None:
        force.workspace.person("fay").join("fim", invite="missing")
        until("/healthz is ok", lambda: health.is_well)
        until("the technician reads that it is mended", lambda: len(said_by(beeper, back)) == times, OVER)
        until("the cases channel reads it", lambda: len(force.in_cases(back)) == times, OVER)

    in_time(WITHIN, it_is_put_out_and_that_is_told, first=it_is_in)
    for said in (said_by(beeper, lost)[0], force.in_cases(lost)[0].words):
        assert "type /invite @missing in it" in said and "MISSING_CHANNELS__FIM" in said
    assert lost in health.facts["stopped"]

    comes_back()
    assert (len(said_by(beeper, lost)), len(said_by(beeper, back))) == (times, times)
    assert (len(force.in_cases(lost)), len(force.in_cases(back))) == (times, times)
