"""The bot is not in the FIM's channel: within 15 seconds those who can ring are told, and /healthz is not ok."""

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.client import Message, Workspace
from sandbox.runner import running_workspace
from tests.chaos.conftest import MANIFEST, SEED, Force
from tests.chaos.health import Health
from tests.waiting import in_time, until

pytestmark = pytest.mark.slow

WITHIN = 15.0
NOT_DELIVERED = "FIM page not delivered for HIGH"


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    channels: dict[str, Any] = {
        "cases": {"id": "C0CASES", "members": ["fay", "cal", "missing"]},
        "fim": {"id": "C0FIM", "members": ["fay", "missing"]},
    }
    with running_workspace(MANIFEST, {**SEED, "channels": channels}) as running:
        yield running


@pytest.fixture
def health(monkeypatch: pytest.MonkeyPatch) -> Health:
    return Health(monkeypatch)


def told_directly(force: Force, words: str) -> list[Message]:
    """In direct messages: nobody but who reported gets one here."""
    elsewhere = [post for post in force.workspace.posts() if post.channel not in ("C0CASES", "C0FIM")]
    return [post for post in elsewhere if post.says(words)]


def test_who_can_ring_is_told_and_nobody_reads_that_the_fim_was_paged(force: Force, health: Health) -> None:
    force.listen()
    force.start("timer")
    force.start("worker", "deliver")
    until("it is well", lambda: health.is_well)
    force.workspace.person("fay").leave("fim", remove="missing")

    refs: list[str] = []

    def are_told() -> None:
        refs.append(force.report())
        not_delivered = f"{NOT_DELIVERED} {refs[-1]}"
        until("the cases channel reads it", lambda: bool(force.in_cases(not_delivered)))
        until("who reported reads it", lambda: bool(told_directly(force, not_delivered)))

    in_time(WITHIN, are_told)
    for told in (*force.in_cases(NOT_DELIVERED), *told_directly(force, NOT_DELIVERED)):
        assert told.says("the FIM's channel cannot be reached") and told.says("Ring Fay")
    status, facts = health.ask()
    assert (status, facts["ok"], facts["stuck_high_cases"]) == (503, False, len(refs))
    assert "ring them" in facts["stopped"]
    said = force.workspace.posts()
    assert not [post.words for post in said if post.says("FIM paged")]

    force.workspace.person("fay").join("fim", invite="missing")
    for ref in refs:
        force.wait_for_page(ref)
    until("it is well again", lambda: health.is_well)
    until("the card says it", lambda: bool(force.in_cases("FIM paged ")))
    assert [len(force.pages(ref)) for ref in refs] == [1] * len(refs)
