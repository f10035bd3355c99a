"""Pressing whatever can be pressed, as anybody, and counting what that person gets for it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import actions, ask, button, modal, overflow, typed
from bot.views.message import Block, View
from bot.views.message import Message as Rendered
from sandbox.client import Message
from tests.handlers.evening import Evening


@dataclass
class Pressed:
    acked: bool
    seconds: float
    answers: list[str]  # what the person reads that was not there before


Press = Callable[[Evening, str, str], Callable[[], Any]]
"""Brings something before the person named, about the case of that reference; calling the result presses it."""


def pressing(evening: Evening, press: Press, name: str, ref: str) -> Pressed:
    """A refusal may be asked for again, where the machine was busy, or its socket dropped."""
    for _ in range(5):
        pressed = _once(evening, press, name, ref)
        if pressed.acked and pressed.seconds < 1:
            break
    return pressed


def _once(evening: Evening, press: Press, name: str, ref: str) -> Pressed:
    if evening.person(name).modal:
        evening.person(name).close(everything=True)
    go = press(evening, name, ref)
    evening.settle()
    before = read_by(evening, name)
    evening.workspace.wait_for_app()  # on a busy machine its line may just be made anew
    began = time.monotonic()
    acked = go().acked
    seconds = time.monotonic() - began
    evening.settle()
    after = read_by(evening, name)
    return Pressed(acked, seconds, [said for key, said in after.items() if before.get(key) != said])


def read_by(evening: Evening, name: str) -> dict[str, str]:
    see = evening.person(name)._see
    messages = [each for channel in see("channels") for each in channel["messages"]]
    said = {f"{each['channel']} {each['ts']}": _words(each) for each in messages}
    views = [*see("modals"), *see("homes").values()]
    drawn = {each["id"]: f"{each.get('title')} {each.get('errors')} {each['blocks']}" for each in views}
    return said | drawn


def _words(message: dict[str, Any]) -> str:
    return f"{message['text']} {message.get('blocks', '')}"


# --- what is pressed -------------------------------------------------------------------------------------------


def a_button(action: str, value: Callable[[str], str] = lambda ref: ref, channel: str = "control") -> Press:
    """On a message."""

    def press(evening: Evening, name: str, ref: str) -> Callable[[], Any]:
        post = posted(evening, button("Step", action, value(ref)), channel=channel)
        return lambda: evening.person(name).click(action, on=post)

    return press


def a_menu(action: str, value: Callable[[str], str]) -> Press:
    def press(evening: Evening, name: str, ref: str) -> Callable[[], Any]:
        chosen = value(ref)
        post = posted(evening, overflow(action, {chosen: "Step", "other:none": "Other"}))
        return lambda: evening.person(name).choose(action, chosen, on=post)

    return press


def on_a_view(
    action: str, value: Callable[[str], str], callback: str, metadata: Callable[[str], str]
) -> Press:
    """A button of a modal."""

    def press(evening: Evening, name: str, ref: str) -> Callable[[], Any]:
        blocks = [actions(button("Step", action, value(ref)))]
        bring(evening, name, {**modal(callback, "Steps", blocks), "private_metadata": metadata(ref)})
        return lambda: evening.person(name).click(action)

    return press


def typing(action: str, callback: str, metadata: str) -> Press:
    """In an input that tells of each change."""

    def press(evening: Evening, name: str, ref: str) -> Callable[[], Any]:
        told = {**typed(action), "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}
        block = {**ask("text", "Text", told), "dispatch_action": True}
        bring(
            evening, name, {**modal(callback, "Form", [block], submit="Save"), "private_metadata": metadata}
        )
        return lambda: evening.person(name).choose(action, "words")

    return press


def a_form(view: Callable[[Evening, str], View], **values: Any) -> Press:
    """Filled in somehow, and submitted. It is drawn before the case goes bad."""

    def press(evening: Evening, name: str, ref: str) -> Callable[[], Any]:
        form = view(evening, ref)
        bring(evening, name, form)
        filled = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
        given = {
            id: {element["action_id"]: values.get(id, _something(element))}
            for id, element in filled.items()
            if id in values or not any(key.startswith("initial_") for key in element)
        }
        return lambda: evening.person(name).submit(given)

    return press


def _something(element: Block) -> Any:
    match element["type"]:
        case "static_select" | "radio_buttons":
            return element["options"][0]["value"]
        case "checkboxes":
            return [element["options"][0]["value"]]
        case "users_select":
            return "sid"
        case _:
            return "Because"


def a_command(words: Callable[[str], str]) -> Press:
    return lambda evening, name, ref: lambda: evening.missing(name, words(ref))


def posted(evening: Evening, *elements: Block, channel: str = "control") -> Message:
    return evening.post(Rendered(text="Steps", blocks=[actions(*elements)]), channel)


def bring(evening: Evening, name: str, view: View) -> None:
    """Before somebody, without the bot's doing."""
    evening.missing(name, "help")
    delivered = [each["payload"] for each in evening.workspace.deliveries()]
    trigger = [payload for payload in delivered if payload.get("command")][-1]["trigger_id"]
    evening.deps.asking.views_open(trigger_id=trigger, view=view)


@contextmanager
def off_duty(evening: Evening, name: str) -> Iterator[None]:
    person = evening.person(name).id
    held = evening.people.people[person]
    evening.people.people[person] = ()
    try:
        yield
    finally:
        evening.people.people[person] = held
