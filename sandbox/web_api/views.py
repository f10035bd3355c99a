"""views.*"""

from typing import Any

from sandbox import modals, shapes
from sandbox.errors import ApiError
from sandbox.limits import check_view
from sandbox.state import Trigger, View
from sandbox.web_api import lookup
from sandbox.web_api.args import Args
from sandbox.web_api.registry import Caller, method
from sandbox.wire import JSON


@method("views.open")
def open_(caller: Caller, args: Args) -> JSON:
    definition = _definition(args, "modal")
    trigger = _trigger(caller, args)
    return _answer(caller, modals.open_first(caller.slack, caller.app, trigger.user, definition))


@method("views.push")
def push(caller: Caller, args: Args) -> JSON:
    definition = _definition(args, "modal")
    trigger = _trigger(caller, args)
    view = modals.push(caller.slack, caller.app, trigger.user, definition, trigger.from_view)
    return _answer(caller, view)


@method("views.update")
def update(caller: Caller, args: Args) -> JSON:
    definition = _definition(args, "modal")
    if not args.has("view_id") and not args.has("external_id"):
        raise ApiError("invalid_arguments", "missing required field: view_id")
    view = caller.team.views.find(caller.app.id, args.text("view_id"), args.text("external_id"))
    if view is None:
        raise ApiError("not_found")
    return _answer(caller, modals.update(caller.slack, view, definition, args.text("hash")))


@method("views.publish")
def publish(caller: Caller, args: Args) -> JSON:
    definition = _definition(args, "home")
    user = lookup.user(caller, args.required("user_id"))
    if not caller.app.manifest.has_home:
        raise ApiError("not_enabled")
    return _answer(caller, modals.publish(caller.slack, caller.app, user.id, definition, args.text("hash")))


def _definition(args: Args, kind: str) -> Any:
    """Checked before the trigger is looked at: a bad view does not use the trigger up."""
    definition = args.decoded("view", "invalid_arguments")
    check_view(definition, kind)
    return definition


def _trigger(caller: Caller, args: Args) -> Trigger:
    now = caller.slack.clock.now()
    return caller.team.passes.take_trigger(args.required("trigger_id"), caller.app.id, now)


def _answer(caller: Caller, view: View) -> JSON:
    return {"view": shapes.view(caller.slack, view)}
