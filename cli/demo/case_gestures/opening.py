"""What every gesture inside an open case has in common: opens it, presses the step, fills in what it asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.replay.scenario_steps import ScenarioStep
from bot.views import ids
from cli.demo import cast
from cli.demo.scene import Scene, asks, submit, wait_for_fresh, wait_for_modal
from sandbox.client import Modal, Person

Answers = Mapping[str, Any]  # block → what is typed or chosen there


def open_step(scene: Scene, step: ScenarioStep, action: str, title: str, words: str = "") -> Person:
    """The step's view, from the open case; `words` tells one enquiry from another."""
    person = scene.person(step.by or "")
    person.click(ids.OPEN_CASE, scene.message_with(person, ids.OPEN_CASE, cast.CASES))
    case = wait_for_modal(scene, person, "MC-")
    person.click(action, block_id=_row(case, action, words))
    wait_for_fresh(scene, person, title)
    return person


def _row(case: Modal, action: str, words: str) -> str | None:
    """The first row with that button: what is owed stands above the rest."""
    rows = [block for block in case.blocks if action in _actions_of(block)]
    return next((str(row["block_id"]) for row in rows if words in row.get("text", {}).get("text", "")), None)


def _actions_of(block: Mapping[str, Any]) -> list[str]:
    within = [*block.get("elements", []), block.get("accessory") or {}]
    return [str(element.get("action_id", "")) for element in within]


def at(scene: Scene, when: datetime | None) -> Answers:
    """Left as the form has it, which is now, where the story does not say."""
    return {"when": scene.typed(when)} if when else {}


def fill(scene: Scene, person: Person, answers: Answers) -> None:
    submit(
        scene,
        person,
        {block: {ids.VALUE: answer} for block, answer in answers.items() if asks(person, block)},
    )


def open_seldom(scene: Scene, step: ScenarioStep, action: str, title: str) -> Person:
    """A step from the open case's menu."""
    person = scene.person(step.by or "")
    person.click(ids.OPEN_CASE, scene.message_with(person, ids.OPEN_CASE, cast.CASES))
    case = wait_for_modal(scene, person, "MC-")
    person.choose(ids.SELDOM, f"{action}:{case.title}")
    wait_for_fresh(scene, person, title)
    return person
