"""Enquiries, notes, information, who was told, the notice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.markers import Answer
from bot.replay.scenario_steps import ScenarioStep
from bot.replay.values import moment_from
from bot.replay.verbs.enquiry_verbs import (
    ConsiderSaid,
    EnquiryDoneSaid,
    EnquirySaid,
    InformationSaid,
    NoteSaid,
    PpnSaid,
    TellSaid,
)
from bot.views import ids
from cli.demo.case_gestures.opening import Answers, fill, open_step
from cli.demo.scene import Gesture, Scene, arguments_of
from handlers.forms import enquiries, information


def _enquiry(scene: Scene, step: ScenarioStep) -> None:
    wish = arguments_of(step, EnquirySaid)
    person = open_step(scene, step, ids.SET_ENQUIRY, "Set a line of enquiry")
    owner = scene.person(wish.owner).id
    answers = {"text": wish.text, "owner": owner, "kind": wish.kind.value}
    fill(scene, person, {**answers, **_due(scene, step, wish)})


def _due(scene: Scene, step: ScenarioStep, wish: EnquirySaid) -> Answers:
    """One of the times offered, or another that is typed."""
    now = moment_from(scene.scenario.start, step.at)
    assert wish.due is not None, "an enquiry in Slack is due some time"
    due: datetime = moment_from(now, wish.due)
    minutes = str((due - now) // timedelta(minutes=1))
    if minutes in enquiries.DUE:
        return {"due": minutes}
    return {"due": enquiries.OTHER, "due_at": due.astimezone(scene.zone).strftime("%H%M")}


def _enquiry_done(scene: Scene, step: ScenarioStep) -> None:
    wish = arguments_of(step, EnquiryDoneSaid)
    words = next(each.text for each in _all(scene, EnquirySaid) if each.id == wish.id)
    fill(scene, open_step(scene, step, ids.FINISH_ENQUIRY, "Enquiry done", words), {"result": wish.result})


def _consider(scene: Scene, step: ScenarioStep) -> None:
    wish = arguments_of(step, ConsiderSaid)
    words = next(each.text for each in _all(scene, InformationSaid) if each.id == wish.id)
    fill(scene, open_step(scene, step, ids.CONSIDER, "Consider", words), {"outcome": wish.outcome})


def _all(scene: Scene, kind: type[Any]) -> list[Any]:
    return [step.arguments for step in scene.scenario.said.steps if isinstance(step.arguments, kind)]


def _note(scene: Scene, step: ScenarioStep) -> None:
    fill(scene, open_step(scene, step, ids.ADD_NOTE, "Note on"), {"text": arguments_of(step, NoteSaid).text})


def _information(scene: Scene, step: ScenarioStep) -> None:
    wish = arguments_of(step, InformationSaid)
    person = open_step(scene, step, ids.ADD_TO_CASE, "New information")
    yes = {code for code, answer in wish.markers.items() if answer is Answer.YES}
    for block, codes in information.NEW_YES.items():
        if new := [code for code in codes if code in yes]:
            person.choose(ids.LIVE, new, block_id=block)
    said = {"text": wish.text, "source": wish.source}
    fill(scene, person, {**said, "kind": wish.kind.value} if wish.kind else said)


def _tell(scene: Scene, step: ScenarioStep) -> None:
    wish = arguments_of(step, TellSaid)
    took = wish.took or "Named in the log"
    fill(
        scene,
        open_step(scene, step, ids.TELLING, "Who was"),
        {"who": [wish.who], "how": wish.how, "took": took},
    )


def _ppn(scene: Scene, step: ScenarioStep) -> None:
    wish = arguments_of(step, PpnSaid)
    person = open_step(scene, step, ids.NOTICE, "Protection notice")
    fill(scene, person, {"ethnicity": wish.ethnicity, "school": wish.school})


GESTURES: Mapping[str, Gesture] = {
    "enquiry": _enquiry,
    "enquiry_done": _enquiry_done,
    "note": _note,
    "information": _information,
    "consider": _consider,
    "tell": _tell,
    "ppn": _ppn,
}
