"""Each verb of a scenario, done as a person does it in Slack: typed, ticked, clicked."""

from collections.abc import Mapping
from typing import Any

from bot.domain import commands
from bot.domain.facts import ADVERSE_EVENT, Answer, Category
from bot.replay.scenario_steps import ScenarioStep
from bot.views import ids
from bot.views.wording.risk_questions import YES_CHOICES
from cli.demo import case_gestures, cast, handover_scene
from cli.demo.scene import Gesture, Scene, asks, submit, type_, wait_for_fresh, wait_for_modal, wish_of
from handlers.forms.report.report_page import KNOWN, NOT_KNOWN, NOT_MISSING
from handlers.forms.report.risk_page import YES_BLOCKS
from sandbox.client import Message, Person

_PAGE_1 = "Page 1 asks what can mean high risk, and proposes a grade. Saving it starts the clocks."
_PAGE_2 = "It is saved. Page 2 asks about the other risks, and for a grade with its reason."


def _report(scene: Scene, step: ScenarioStep) -> None:
    said, person = wish_of(scene, step, commands.Report), scene.person(step.by or "")
    type_(scene, person, "/missing")
    wait_for_fresh(scene, person, "Report a missing child")
    if said.category == Category.CONCERN_FOR_SAFETY and not said.whereabouts_known:
        person.click(ids.CONCERN_INSTEAD)
        scene.wait_for(lambda: asks(person, NOT_MISSING), "the question why")
    person.choose(ids.LIVE, _yes_ticked(said), block_id="yes")
    where = KNOWN if said.whereabouts_known else NOT_KNOWN
    person.choose(ids.LIVE, where, block_id="where_now")
    submit(scene, person, _filled_in(scene, said, person), _PAGE_1, "proposed")
    _finish_risk_page(scene, said, person)


def _yes_ticked(said: commands.Report) -> list[str]:
    yes = [code for code, answer in said.markers.items() if answer is Answer.YES and code in YES_CHOICES]
    return [*yes, ADVERSE_EVENT] if said.adverse_event else yes


def _filled_in(scene: Scene, said: commands.Report, person: Person) -> dict[str, Any]:
    seen = said.last_seen_at
    answers = {
        "name": said.child.name,
        "why_worried": said.why_worried,
        "incident": said.incident or scene.scenario.said.id,
        "told_at": scene.typed(said.told_at),
        "last_seen_at": "not known" if seen is None else scene.typed(seen),
        "last_seen_where": said.last_seen_where or "not known",
        "reporter_name": said.reporter.name,
        "reporter_phone": said.reporter.phone,
        "reporter_relationship": said.reporter.relationship,
        "person_ref": said.child.person_ref,
        NOT_MISSING: said.rationale,
    }
    age = said.child.born.isoformat() if said.child.born else str(said.child.age)
    shown = {block: {ids.VALUE: text} for block, text in answers.items() if text and asks(person, block)}
    return {**shown, "age": {ids.LIVE: age}}


def _finish_risk_page(scene: Scene, said: commands.Report, person: Person) -> None:
    """The second page: what else the caller said yes to, and the grade where one was given."""
    wait_for_modal(scene, person, "Risk: ")
    for block, codes in YES_BLOCKS.items():
        yes = [code for code in codes if said.markers.get(code) is Answer.YES]
        if yes:
            person.choose(ids.LIVE, yes, block_id=block)
    submit(scene, person, _graded(said.grade) if said.grade else {}, _PAGE_2, "proposed")


def _graded(given: commands.GradeGiven) -> dict[str, Any]:
    return {"level": {ids.LIVE: given.level.value}, "rationale": {ids.VALUE: given.rationale}}


def _acknowledge(scene: Scene, step: ScenarioStep) -> None:
    person = scene.person(step.by or "")
    paged = {cast.channel_of(role) for role in cast.PAGED}
    here = [str(each["name"]) for each in scene.workspace.info["channels"] if person.id in each["members"]]
    channels = [name for name in here if name in paged]  # a hand-over takes people into others
    person.click(ids.ACKNOWLEDGE, scene.message_with(person, ids.ACKNOWLEDGE, *channels))


def _take(scene: Scene, step: ScenarioStep) -> None:
    person = scene.person(step.by or "")
    person.click(ids.TAKE, scene.message_with(person, ids.TAKE, cast.CASES))


def _assign(scene: Scene, step: ScenarioStep) -> None:
    person, to = scene.person(step.by or ""), wish_of(scene, step, commands.Assign).to
    card = scene.message_with(person, ids.MORE, cast.CASES)
    person.choose(ids.MORE, _option(card, "assign"), card)
    wait_for_modal(scene, person, "Assign an owner")
    submit(scene, person, {"to": {ids.VALUE: scene.person(to).id}})


def _option(card: Message, verb: str) -> str:
    """The overflow's option for that verb, as the card offers it."""
    menus = [element for block in card.blocks for element in block.get("elements", [])]
    options = [option for menu in menus if menu.get("action_id") == ids.MORE for option in menu["options"]]
    return next(str(option["value"]) for option in options if ids.chosen(str(option["value"]))[0] == verb)


def _accept(scene: Scene, step: ScenarioStep) -> None:
    person = scene.person(step.by or "")
    person.click(ids.ACCEPT, scene.message_with(person, ids.ACCEPT, cast.DIRECT))


def _decline(scene: Scene, step: ScenarioStep) -> None:
    person = scene.person(step.by or "")
    person.click(ids.DECLINE, scene.message_with(person, ids.DECLINE, cast.DIRECT))
    wait_for_modal(scene, person, "Decline")
    submit(scene, person, {"why": {ids.VALUE: wish_of(scene, step, commands.Decline).why}})


def _categorise(scene: Scene, step: ScenarioStep) -> None:
    person = scene.person(step.by or "")
    assert wish_of(scene, step, commands.Categorise).category == Category.MISSING, (
        "the card records as missing, no more"
    )
    person.click(ids.RECORD_MISSING, scene.message_with(person, ids.RECORD_MISSING, cast.CASES))


GESTURES: Mapping[str, Gesture] = {
    "report": _report,
    "acknowledge": _acknowledge,
    "take": _take,
    "assign": _assign,
    "accept": _accept,
    "decline": _decline,
    "categorise": _categorise,
    **case_gestures.GESTURES,
    **handover_scene.GESTURES,
}
_CAPTIONS = {
    "report": "types /missing and reports the child",
    "acknowledge": "presses Acknowledge: I know",
    "take": "takes ownership",
    "accept": "presses Accept: the case has an owner",
    "decline": "declines",
    "categorise": "records the child as missing",
}


def place_of(step: ScenarioStep, people: cast.People) -> str:
    """The channel in which this person takes this step."""
    if step.verb in ("accept", "decline", "accept_handover"):
        return cast.DIRECT
    paged = [role for role in people.get(step.by or "", ()) if role in cast.PAGED]
    return cast.channel_of(paged[0]) if step.verb == "acknowledge" and paged else cast.CASES


def caption_of(step: ScenarioStep) -> str:
    """What this person now does, in a few words."""
    if step.verb == "assign":
        return f"assigns the case to {cast.name_of(step.said('to'))}; awaiting acceptance"
    said = case_gestures.caption_of(step) or handover_scene.caption_of(step)
    return said or _CAPTIONS.get(step.verb, step.verb.replace("_", " "))
