"""A hand-over as two people do it: one types /missing handover, the other accepts and says back what comes first."""

from collections.abc import Mapping

from bot.domain import commands
from bot.domain.people import Role
from bot.replay.scenario_steps import ScenarioStep
from bot.views import ids
from bot.views.wording import words
from cli.demo import cast
from cli.demo.scene import Gesture, Refusal, Scene, asks, submit, type_, wait_for_modal, wish_of
from sandbox.client import Modal, Person

_FIRST = "Go through the HIGH cases, most late first"  # where the scenario does not say


def _offer(scene: Scene, step: ScenarioStep) -> None:
    wish, person = wish_of(scene, step, commands.OfferHandover), scene.person(step.by or "")
    before = len(_whispers(person))
    type_(scene, person, "/missing handover")
    scene.wait_for(lambda: person.modal or len(_whispers(person)) > before, f"an answer to {person.name}")
    if person.modal is None:
        raise Refusal(_whispers(person)[-1].splitlines()[0])
    role = {"role": {ids.VALUE: wish.role}} if _is_asked_for(wish.role, person.modal, person) else {}
    submit(scene, person, {**role, "to": {ids.VALUE: scene.person(wish.to).id}})


def _whispers(person: Person) -> list[str]:
    """What the bot said to this person alone."""
    return [message.words for message in person.sees(cast.CASES) if message.seen_by]


def _is_asked_for(role: str, form: Modal, person: Person) -> bool:
    """Who holds several roles chooses one. Raises Refusal where the form is about another."""
    if asks(person, "role"):
        return True
    if form.title != f"Hand over {words.ROLES[Role(role)]}":
        raise Refusal(f"the form is another: {form.title}")
    return False


def _accept(scene: Scene, step: ScenarioStep) -> None:
    person = scene.person(step.by or "")
    person.click(ids.ACCEPT_ALL, scene.message_with(person, ids.ACCEPT_ALL, cast.DIRECT))
    wait_for_modal(scene, person, "Accept the hand-over")
    submit(
        scene, person, {"first": {ids.VALUE: wish_of(scene, step, commands.AcceptHandover).first or _FIRST}}
    )


GESTURES: Mapping[str, Gesture] = {"offer_handover": _offer, "accept_handover": _accept}


def caption_of(step: ScenarioStep) -> str | None:
    if step.verb == "offer_handover":
        to = cast.name_of(step.said("to"))
        return f"offers {_role(step.said('role'))} to {to}: handed over once {to} accepts"
    if step.verb == "accept_handover":
        return f"accepts {_role(step.said('role'))}, and says back what comes first"
    return None


def _role(role: str) -> str:
    return f"the role of {words.ROLES[Role(role)]}"
