"""Submitting a modal and closing it."""

from typing import Any

from sandbox import modals, shapes
from sandbox.blocks import elements
from sandbox.errors import ApiError, NotPossible
from sandbox.inputs import is_empty
from sandbox.interactions import payloads
from sandbox.interactions.ask import ask, outcome
from sandbox.slack import Slack
from sandbox.sockets.envelope import Envelope
from sandbox.state import App, View
from sandbox.wire import JSON


async def submit(slack: Slack, view: View) -> JSON:
    _check_by_the_browser(view)
    view.errors = {}
    app = slack.team.apps[view.app_id]
    payload = payloads.base(slack, app, view.user, "view_submission") | {
        "trigger_id": payloads.trigger(slack, app, view.user, view.id),
        "view": shapes.view(slack, view),
        "response_urls": [],
    }
    answer, error = await ask(slack, app, view.user, Envelope("interactive", payload, True))
    error = error or _follow(slack, app, view, answer)
    return outcome(error, errors=view.errors)


async def close(slack: Slack, view: View, everything: bool = False) -> JSON:
    """Cancel leads back to the view below; the cross in the corner closes them all."""
    stack = slack.team.views.stack(view.user)
    wholly = everything or bool(view.definition.get("clear_on_close"))
    gone = list(reversed(stack)) if wholly else [view]
    for each in gone:
        modals.close(slack, each)
    told = [each for each in gone if each.definition.get("notify_on_close")]
    errors = [await _tell_closed(slack, each, wholly) for each in told]
    return outcome(next((error for error in errors if error), None))


async def _tell_closed(slack: Slack, view: View, cleared: bool) -> str | None:
    """Without what was typed: nothing promises it, and the example of Slack's own SDK carries none."""
    app = slack.team.apps[view.app_id]
    payload = payloads.base(slack, app, view.user, "view_closed") | {
        "view": shapes.view(slack, view) | {"state": {"values": {}}},
        "is_cleared": cleared,
    }
    _, error = await ask(slack, app, view.user, Envelope("interactive", payload))
    return error


def _check_by_the_browser(view: View) -> None:
    """What Slack's own form refuses before the app hears of it."""
    if not view.definition.get("submit"):
        raise NotPossible("this modal has no submit button")
    for block in view.blocks:
        if block["type"] == "input":
            _check_input(view, block)


def _check_input(view: View, block: JSON) -> None:
    element = elements(block)[0]
    value = view.values[block["block_id"]][element["action_id"]]
    label = block["label"]["text"]
    if is_empty(value):
        if not block.get("optional"):
            raise NotPossible(f"please fill in {label!r}")
        return
    least = element.get("min_length", 0)
    if len(str(value.get("value", ""))) < least and "value" in value:
        raise NotPossible(f"{label!r} needs at least {least} characters")


def _follow(slack: Slack, app: App, view: View, answer: Any) -> str | None:
    """Does what the acknowledgement asks. A bad answer leaves the person in front of an error."""
    try:
        _react(slack, app, view, answer or {})
    except ApiError as refusal:
        slack.team.trouble(view.user, "trouble_connecting", str(refusal))
        return "trouble_connecting"
    return None


def _react(slack: Slack, app: App, view: View, answer: Any) -> None:
    action = answer.get("response_action") if isinstance(answer, dict) else "?"
    if action is None:
        modals.close(slack, view)
    elif action == "clear":
        modals.clear(slack, view.user)
    elif action == "errors":
        _show_errors(slack, view, answer.get("errors"))
    elif action == "update":
        modals.update(slack, view, answer.get("view"))
    elif action == "push":
        modals.push(slack, app, view.user, answer.get("view"), view.id)
    else:
        raise ApiError("invalid_response_action", str(action))


def _show_errors(slack: Slack, view: View, errors: Any) -> None:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise ApiError("invalid_errors", f"errors belong under inputs: {sorted(inputs)}")
    view.errors = {block_id: str(error) for block_id, error in errors.items()}
    slack.team.changes.note("view", did="refused", view=view.id, user=view.user)
