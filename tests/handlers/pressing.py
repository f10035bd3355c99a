"""How a test brings a view before somebody: by the button that opens it, on a message of its own."""

from bot.views.blocks import actions, button
from bot.views.message import Message
from sandbox.client import Modal
from tests.handlers.evening import Evening

REF = "MC-26-0001"


def barred(evening: Evening, name: str, action: str, said: str, item: str = "") -> None:
    """Told before typing: no form opens."""
    _step(evening, name, action, item)
    evening.told(name, said)
    evening.settle()
    assert evening.person(name).modal is None


def press(evening: Evening, name: str, action: str, title: str, item: str = "") -> Modal:
    _step(evening, name, action, item)
    return evening.opened(name, title)


def _step(evening: Evening, name: str, action: str, item: str) -> None:
    value = f"{REF} {item}".strip()
    post = evening.post(Message(text="Steps", blocks=[actions(button("Step", action, value))]))
    evening.person(name).click(action, on=post)


def open_case(evening: Evening, name: str) -> Modal:
    card = evening.post(evening.screens.card(evening.case()))
    evening.person(name).click("open_case", on=card)
    return evening.opened(name, REF)


def errors(evening: Evening, name: str) -> dict[str, str]:
    modal = evening.person(name).modal
    assert modal is not None, f"{name} has no view open"
    return modal.errors


def recorded(evening: Evening, event: str) -> None:
    evening.workspace.wait_for(lambda: evening.did()[-1] == event, event)
