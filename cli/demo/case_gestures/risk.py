"""Grades, downgrades, sign-offs and reviews, from inside the open case."""

from collections.abc import Collection, Mapping

from bot.domain import commands
from bot.domain.grades import Grade
from bot.replay.scenario_steps import ScenarioStep
from bot.views import ids
from cli.demo.case_gestures.opening import Answers, fill, open_step
from cli.demo.scene import Gesture, Scene, wish_of
from handlers.forms import considered, grading_forms
from sandbox.client import Person


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


GESTURES: Mapping[str, Gesture] = {
    "grade": _grade,
    "approve": _approve,
    "refuse": _refuse,
    "sign_off": _sign_off,
    "review": _review,
}
