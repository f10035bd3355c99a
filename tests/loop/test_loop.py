"""The loop on real parts: Bolt over Socket Mode, a record server, timer and RQ workers, each a process of its own.

A report, its clocks, the pages, the answers. What is listed here is all that may be said: one more message fails.
"""

from zoneinfo import ZoneInfo

import pytest

from bot.replay import scenario
from bot.replay.scenario_steps import ScenarioStep
from bot.replay.values import moment_from
from cli.demo import cast
from cli.demo.demo_command import STORY
from cli.demo.gestures import GESTURES, Scene
from cli.demo.stage import set_up
from sandbox.client import Message, Workspace
from tests.waiting import until

pytestmark = pytest.mark.slow

SPEED = 30  # case seconds a second: two seconds a minute
IN_THE_THREAD = [
    "Cal Reeve (control room) reported MC-26-0001",
    "FIM paged: not aware yet",
    "Cal Reeve (control room) answered 1 more, YES: mental health",
    "Cal Reeve (control room) graded HIGH: Said today that he wants to end it",
    "Fay Marsh (FIM) acknowledged: FIM aware",
    "FIM paged: no owner",
    "Duty inspector paged: no owner",
    "Ian Frost (duty inspector) acknowledged: Owner",
    "Sam Doyle (supervisor) assigned it to Ola Brandt; awaiting acceptance",
    "FIM paged: still a concern for safety",
    "Supervisor paged: rationale not signed off",
    "Fay Marsh (FIM) acknowledged: Owner; Concern for safety",
    "Ola Brandt (officer) accepted ownership",
    "Sam Doyle (supervisor) recorded it as missing",
]


def test_a_childs_evening_from_the_report_to_recorded_as_missing() -> None:
    story = scenario.load(STORY)
    report, fim_knows, inspector_knows, assign, fim_knows_again, accept, record = story.said.steps
    with set_up(story.said.people, story.start, SPEED) as stage:
        workspace = stage.workspace
        scene = Scene(workspace, story, ZoneInfo("Europe/London"))

        def takes(step: ScenarioStep) -> None:
            GESTURES[step.verb](scene, step)

        typed_at = moment_from(story.start, report.at)
        until("it is time to report", lambda: stage.clock.now() >= typed_at)
        takes(report)
        workspace.expect("acknowledge by", "fim")
        takes(fim_knows)
        workspace.expect("no owner, late since", "fim")
        workspace.expect("no owner, late since", "duty-inspector")
        takes(inspector_knows)
        takes(assign)
        workspace.expect("accept or decline")
        workspace.expect("concern for safety, late since", "fim")
        workspace.expect("rationale not signed off, late since", "supervisor")
        takes(fim_knows_again)
        takes(accept)
        takes(record)

        workspace.claim(*case_card_and_thread(workspace))
        for channel in ("fim", "supervisor", "duty-inspector"):
            workspace.wait_for(
                lambda here=channel: newest(workspace, here).says("child still missing"),
                f"cleared in {channel}",
            )
        workspace.expect_nothing_more()


def case_card_and_thread(workspace: Workspace) -> list[Message]:
    """One card, and a thread that says these lines, and no other: people's in this order; a page's once it arrived."""
    place = workspace.channel_id(cast.CASES)

    def posted() -> list[Message]:
        return [message for message in workspace.posts() if message.channel == place]

    def all_said() -> bool:
        words = "\n".join(message.words for message in posted())
        return all(line in words for line in IN_THE_THREAD)

    workspace.wait_for(all_said, "the last line in the case's thread")
    card, *thread = posted()
    assert all(message.thread_ts == card.ts for message in thread)
    lines = [line for message in thread for line in message.words.splitlines() if line[:1].isdigit()]
    assert len(lines) == len(IN_THE_THREAD), lines
    assert [words for words in IN_THE_THREAD if not any(words in line for line in lines)] == []
    acts = [line for line in lines if " paged: " not in line]
    acted = [words for words in IN_THE_THREAD if " paged: " not in words]
    assert [words for words, line in zip(acted, acts, strict=True) if words not in line] == []
    return [card, *thread]


def newest(workspace: Workspace, channel: str) -> Message:
    place = workspace.channel_id(channel)
    return max((m for m in workspace.posts() if m.channel == place), key=lambda m: float(m.ts))
