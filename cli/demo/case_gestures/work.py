"""Enquiries, notes, information, who was told, the notice."""

from collections.abc import Mapping
from datetime import timedelta

from bot.domain import commands
from bot.domain.facts import CALLER, Answer, ToldCaller
from bot.replay.scenario_steps import ScenarioStep
from bot.replay.values import moment_from
from bot.views import ids
from cli.demo.case_gestures.risk import Answers, at, fill, open_step
from cli.demo.scene import Gesture, Scene, wish_of
from handlers.forms import enquiries, information


def _enquiry(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.SetEnquiry)
    person = open_step(scene, step, ids.SET_ENQUIRY, "Set a line of enquiry")
    owner = scene.person(wish.owner).id
    answers = {"text": wish.text, "owner": owner, "kind": wish.kind}
    fill(scene, person, {**answers, **_due(scene, step, wish)})


def _due(scene: Scene, step: ScenarioStep, wish: commands.SetEnquiry) -> Answers:
    """One of the times offered, or another that is typed."""
    now, due = moment_from(scene.scenario.start, step.at), wish.due_at
    assert due is not None, "an enquiry in Slack is due some time"
    minutes = str((due - now) // timedelta(minutes=1))
    if minutes in enquiries.DUE:
        return {"due": minutes}
    return {"due": enquiries.OTHER, "due_at": due.astimezone(scene.zone).strftime("%H%M")}


def _enquiry_done(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.FinishEnquiry)
    words = _words_of(scene, "enquiry", wish.id)
    fill(scene, open_step(scene, step, ids.FINISH_ENQUIRY, "Enquiry done", words), {"result": wish.result})


def _consider(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.Consider)
    words = _words_of(scene, "information", wish.id)
    fill(scene, open_step(scene, step, ids.CONSIDER, "Consider", words), {"outcome": wish.outcome})


def _words_of(scene: Scene, verb: str, id: str) -> str:
    steps = (step for step in scene.scenario.said.steps if step.verb == verb)
    return next(str(step.said("text")) for step in steps if step.said("id") == id)


def _note(scene: Scene, step: ScenarioStep) -> None:
    fill(
        scene,
        open_step(scene, step, ids.ADD_NOTE, "Note on"),
        {"text": wish_of(scene, step, commands.Note).text},
    )


def _information(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.Inform)
    person = open_step(scene, step, ids.ADD_TO_CASE, "New information")
    yes = {code for code, answer in wish.markers.items() if answer is Answer.YES}
    for block, codes in information.NEW_YES.items():
        if new := [code for code in codes if code in yes]:
            person.choose(ids.LIVE, new, block_id=block)
    said = {"text": wish.text, "source": wish.source}
    fill(scene, person, {**said, "kind": wish.kind} if wish.kind else said)


def _tell(scene: Scene, step: ScenarioStep) -> None:
    """Whoever rang is told by a form of its own."""
    wish = wish_of(scene, step, commands.Tell)
    others = [who for who in wish.who if who != CALLER]
    said = {"how": wish.how, "took": wish.took or "Named in the log", **at(scene, wish.when)}
    if others:
        fill(scene, open_step(scene, step, ids.TELLING, "Who was"), {**said, "who": others})
    if CALLER in wish.who:
        caller = {**said, "said": wish.said or ToldCaller.COMING.value}
        fill(scene, open_step(scene, step, ids.CALLER_TOLD, "Caller told"), caller)


def _attended(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.Attend)
    fill(scene, open_step(scene, step, ids.ATTENDED, "Officers there"), {"where": wish.where})


def _ppn(scene: Scene, step: ScenarioStep) -> None:
    wish = wish_of(scene, step, commands.RecordPpn)
    person = open_step(scene, step, ids.NOTICE, "Protection notice")
    fill(scene, person, {"ethnicity": wish.ethnicity, "school": wish.school})


GESTURES: Mapping[str, Gesture] = {
    "enquiry": _enquiry,
    "enquiry_done": _enquiry_done,
    "note": _note,
    "information": _information,
    "consider": _consider,
    "tell": _tell,
    "attended": _attended,
    "ppn": _ppn,
}
