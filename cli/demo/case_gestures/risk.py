"""Grades, downgrades, sign-offs and reviews, from inside the open case."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.domain import commands
from bot.domain.facts import Grade
from bot.replay.scenario_steps import ScenarioStep
from bot.views import ids
from cli.demo import cast
from cli.demo.scene import Gesture, Scene, asks, submit, wait_for_fresh, wait_for_modal, wish_of
from handlers.forms import considered, grading_forms
from sandbox.client import Modal, Person

# What every gesture inside an open case has in common: opens it, presses the step, fills in what it asks.

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


def _grade(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.GradeCase)
    person = open_step(scene, step, ids.GRADE, "Grade ")
    person.choose(ids.LIVE, wish.level.value, block_id="level")
    if wish.level.is_below(_running(person)):
        scene.wait_for(lambda: asks_markers(person), "the markers, one by one")
    fill(
        scene,
        person,
        {**_each(wish.considered, wish.changed or wish.considered), "rationale": wish.rationale},
    )


def _each(codes: Collection[str], changed: Collection[str]) -> Answers:
    said = {code: considered.CHANGED if code in changed else considered.STILL for code in codes}
    return {f"{considered.PREFIX}{code}": how for code, how in said.items()}


def asks_markers(person: Person) -> bool:
    modal = person.modal
    return modal is not None and any(block.get("block_id") == "downgrade" for block in modal.blocks)


def _running(person: Person) -> Grade:
    assert person.modal is not None, "opened before"
    words = person.modal.words.lstrip("*")
    return next(level for level in Grade if words.startswith(level.value.upper()))


def _approve(scene: Scene, step: ScenarioStep) -> None:
    person = open_step(scene, step, ids.DECIDE, "Decide")
    fill(
        scene, person, {"decision": grading_forms.APPROVE, "why": wish_of(scene, step, commands.Approve).why}
    )


def _refuse(scene: Scene, step: ScenarioStep) -> None:
    person = open_step(scene, step, ids.DECIDE, "Decide")
    fill(scene, person, {"decision": grading_forms.REFUSE, "why": wish_of(scene, step, commands.Refuse).why})


def _sign_off(scene: Scene, step: ScenarioStep) -> None:
    person = open_step(scene, step, ids.SIGN_OFF, "Sign off")
    fill(
        scene, person, {"decision": grading_forms.SIGN_OFF, "why": wish_of(scene, step, commands.SignOff).why}
    )


def _review(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.Review)
    person = open_step(scene, step, ids.REVIEW, "Review ")
    fill(scene, person, {**_each(wish.considered, wish.changed), "rationale": wish.rationale})


def _carer_disagrees(scene: Scene, step: ScenarioStep) -> None:
    person = open_step(scene, step, ids.CARER_DISAGREES, "Carer disagrees")
    fill(scene, person, {"why": wish_of(scene, step, commands.CarerDisagrees).why})


def _cra(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.DecideAlert)
    person = open_step(scene, step, ids.ALERT, "Child Rescue Alert")
    fill(scene, person, {"decision": wish.decision, "why": wish.why})


GESTURES: Mapping[str, Gesture] = {
    "grade": _grade,
    "approve": _approve,
    "refuse": _refuse,
    "sign_off": _sign_off,
    "review": _review,
    "carer_disagrees": _carer_disagrees,
    "cra": _cra,
}
