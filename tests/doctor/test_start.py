"""What is wrong for good stops a start, but never while a child is searched for: those clocks have to run."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from redis import Redis

from bot.directory_document import save
from bot.domain.commands import Report
from bot.domain.facts import Child
from bot.domain.people import Actor, Role
from cli.compose.shared import Shared, share
from cli.doctor.start import fit_to_start
from cli.plainly import Unfit
from config.settings import read_settings
from tests.doctor.conftest import Installation
from tests.world import answers, listed


@pytest.fixture
def ours(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shared]:
    """With a channel that does not exist."""
    for name, value in (installation.given | {"MISSING_CHANNELS__CASES": "C0NONE"}).items():
        monkeypatch.setenv(name, value)
    shared = share(read_settings())
    yield shared
    shared.redis.close()


def test_without_an_open_case_nothing_starts(ours: Shared) -> None:
    with pytest.raises(Unfit, match="MISSING_CHANNELS__CASES"):
        fit_to_start(ours)


def open_a_case(ours: Shared) -> None:
    command = Report(
        incident="LOG-1",
        child=Child(age=15),
        category="missing",
        told_at=ours.clock.now(),
        markers=answers("suicidal_today"),
    )
    save(ours.stores.documents, listed({Role.CONTROL_ROOM: ["U0CAL"]}, {"U0CAL": "Cal Reeve"}))
    ours.desk.report(command, Actor(id="U0CAL", roles=frozenset({Role.CONTROL_ROOM})), "test")


def test_with_an_open_case_it_starts_all_the_same(ours: Shared) -> None:
    open_a_case(ours)
    assert fit_to_start(ours) is not None


def test_with_an_open_case_it_waits_for_no_slack_and_says_later_what_is_wrong(
    ours: Shared, installation: Installation, capfd: pytest.CaptureFixture[str]
) -> None:
    open_a_case(ours)
    asked = len(installation.workspace.calls("auth.test"))
    look = fit_to_start(ours)
    assert len(installation.workspace.calls("auth.test")) == asked
    assert look is not None
    look()
    assert "MISSING_CHANNELS__CASES" in "".join(capfd.readouterr())


def test_slack_away_stops_nothing(ours: Shared, installation: Installation) -> None:
    installation.workspace.fault("refused")
    fit_to_start(ours)


@pytest.fixture
def forgetful(installation: Installation) -> Iterator[None]:
    with Redis.from_url(installation.given["REDIS_URL"]) as redis:
        redis.config_set("appendonly", "no")
        yield
        redis.config_set("appendonly", "yes")


@pytest.mark.usefixtures("forgetful")
@pytest.mark.parametrize("is_demo", [False, True])
def test_a_server_that_forgets_is_refused_and_in_the_demo_only_said(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, is_demo: bool
) -> None:
    for name, value in installation.given.items():
        monkeypatch.setenv(name, value)
    if is_demo:
        monkeypatch.setenv("MISSING_CASE_TIME__STARTED", "2026-03-02T12:00:00Z")
    shared = share(read_settings())
    with nullcontext() if is_demo else pytest.raises(Unfit, match="appendonly yes"):
        fit_to_start(shared)
    shared.redis.close()
