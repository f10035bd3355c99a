"""This machine's clock and Slack's are ten minutes apart: posts are found again all the same, so that no card is there
twice with live buttons; and the technician is told."""

import json
from collections.abc import Iterator
from socket import gethostname
from time import time

import pytest

from bot.views import ids
from sandbox.client import Message, Workspace
from sandbox.runner import running_workspace
from tests.chaos.conftest import MANIFEST, SEED, Force, kill
from tests.chaos.health import Health
from tests.outside import Pager
from tests.waiting import until

pytestmark = pytest.mark.slow

TEN_MINUTES = 600.0
CLOCK = f"The clock of the machine {gethostname()} is"


@pytest.fixture(params=[TEN_MINUTES, -TEN_MINUTES], ids=["ahead", "behind"])
def ahead(request: pytest.FixtureRequest) -> float:
    """Seconds by which this machine is ahead of Slack."""
    return float(request.param)


@pytest.fixture
def workspace(ahead: float) -> Iterator[Workspace]:
    with running_workspace(MANIFEST, SEED, start=time() - ahead) as workspace:
        yield workspace


@pytest.fixture
def health(beeper: Pager, monkeypatch: pytest.MonkeyPatch) -> Health:
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps({"technician": {"SMS": beeper.url}}))
    return Health(monkeypatch)


def live(force: Force, ref: str) -> list[Message]:
    """Pages of that child that can be acknowledged."""
    return [page for page in force.pages(ref) if ids.ACKNOWLEDGE in page.action_ids]


def test_a_page_whose_answer_got_lost_is_not_posted_twice(force: Force, health: Health) -> None:
    force.start("timer")
    worker = force.start("worker", "deliver")
    force.workspace.fault("lost_reply", "chat.postMessage", channel="C0FIM", count=1)
    first = force.report()
    force.wait_for_page(first)
    force.wait_until_told()
    kill(worker)
    force.start("worker", "deliver")
    second = force.report()
    force.wait_for_page(second)
    force.wait_until_told()
    assert [len(live(force, ref)) for ref in (first, second)] == [1, 1]
    assert len(force.in_cases(first)) == 1, "its card, too, is there once"


def test_the_skew_is_told_to_the_technician_and_in_healthz(
    force: Force, health: Health, beeper: Pager, ahead: float, capfd: pytest.CaptureFixture[str]
) -> None:
    force.start("timer")
    force.listen()
    until("the technician is told", lambda: CLOCK in "".join(beeper.words))
    (told,) = [words for words in beeper.words if CLOCK in words]
    assert ("ahead of Slack's" in told) == (ahead > 0) and "Set it by a time server." in told
    facts = health.facts
    assert any(said.startswith(CLOCK) for said in facts["degraded"])
    assert abs(facts["seconds_ahead_of_slack"] - ahead) < 30
    logged = capfd.readouterr()
    assert CLOCK in logged.out + logged.err
