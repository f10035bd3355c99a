"""After a storm a new child is not last in line: what is new or rings goes before silent edits, the worst first."""

from collections.abc import Iterator

import pytest

from bot.domain.commands import Acknowledge, Note
from bot.outgoing import CASES
from bot.ports.destination import Destination
from sandbox.client import Message
from sandbox.runner import running_workspace
from tests.unit.workers.conftest import MANIFEST, SEED, Evening
from tests.world import answers, minutes

FIM = Destination("role:fim")
HIGH = {"markers": answers("suicidal_today")}
STORM = 55  # cards to be edited: more than Slack takes in a minute


@pytest.fixture
def evening() -> Iterator[Evening]:
    """With Slack's own limits."""
    with running_workspace(MANIFEST, {**SEED, "settings": {"rate_limits": True}}) as workspace:
        yield Evening(workspace)


def go_by(evening: Evening, seconds: int, lane: Destination = CASES) -> None:
    """A worker looks whenever the lane may be looked at."""
    for _ in range(seconds):
        if evening.rate_limits.holds().get(lane, 0.0) <= evening.machine.seconds():
            evening.delivery.drain(lane)
        evening.later(1)


def note(evening: Evening, ref: str) -> None:
    evening.desk.handle(ref, Note(text="Rang the school"), evening.actor("sam"), "test")


@pytest.fixture
def storm(evening: Evening) -> Evening:
    """Each child has a card; each card is to be edited, and something to be said under it."""
    refs = [evening.report() for _ in range(STORM)]
    go_by(evening, STORM * 2 + 20)
    assert evening.stores.outbox.lanes() == []
    for ref in refs:
        note(evening, ref)
    return evening


def edits(evening: Evening) -> list[str]:
    """`ts` of each message that was edited, in that order."""
    return [call["args"]["ts"] for call in evening.workspace.calls("chat.update") if call["status"] == 200]


def card(evening: Evening, ref: str) -> Message:
    (found,) = [message for message in evening.in_cases() if message.says(ref)]
    return found


def test_a_new_high_childs_card_is_there_within_three_seconds(storm: Evening) -> None:
    go_by(storm, 10)
    ref = storm.report(**HIGH)
    go_by(storm, 3)
    assert storm.in_cases()[-1].says(ref)


def test_edits_stay_below_what_slack_takes_and_each_card_is_edited_once(storm: Evening) -> None:
    go_by(storm, 130)
    assert storm.stores.outbox.lanes() == []
    assert storm.counted("slack_rate_limits") == 0
    assert len(edits(storm)) == len(set(edits(storm))) == STORM


def test_lines_are_said_while_edits_wait_and_edits_are_made_while_lines_wait(storm: Evening) -> None:
    go_by(storm, 20)
    said = [call for call in storm.workspace.calls("chat.postMessage") if call["args"].get("thread_ts")]
    assert len(said) - STORM >= 15 and len(edits(storm)) >= 25


def test_no_more_edits_wait_than_there_are_cards_however_many_steps_asked_for_them(storm: Evening) -> None:
    for number in range(1, STORM + 1):
        note(storm, f"MC-26-{number:04}")
    waiting = [row for row in storm.stores.outbox.pending(CASES, 1000) if row.is_edit]
    assert len(waiting) == len({row.ref for row in waiting}) == STORM


def test_the_card_of_a_high_child_is_edited_before_those_that_wait_already(storm: Evening) -> None:
    ref = storm.report(**HIGH)
    go_by(storm, 3)
    before = len(edits(storm))
    note(storm, ref)
    go_by(storm, 70)
    assert edits(storm)[before] == card(storm, ref).ts


def test_a_digest_that_newer_pages_replace_is_edited_once_for_all_its_cases(evening: Evening) -> None:
    for _ in range(8):
        evening.report(**HIGH)
    evening.until(0)
    go_by(evening, 3, FIM)
    evening.clock.at += minutes(5)
    evening.until(6)
    go_by(evening, 10, FIM)
    first, second = evening.in_fim()
    assert second.ts.replace(".", "") in first.words
    assert len(edits(evening)) == 1


def test_a_digest_that_many_acknowledge_at_once_is_edited_once(evening: Evening) -> None:
    refs = [evening.report(**HIGH) for _ in range(8)]
    evening.until(0)
    go_by(evening, 3, FIM)
    for ref in refs:
        evening.do(1, "fay", Acknowledge(), ref)
    go_by(evening, 3, FIM)
    assert len(edits(evening)) == 1
