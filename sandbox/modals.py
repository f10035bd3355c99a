"""Opening, pushing, updating and closing modals, and publishing home pages."""

from typing import Any

from sandbox.blocks import with_ids
from sandbox.errors import ApiError
from sandbox.inputs import first_values, kept_values
from sandbox.limits import check_view
from sandbox.slack import Slack
from sandbox.state import App, View
from sandbox.state.views import DEEPEST
from sandbox.wire import JSON, copy_of


def open_first(slack: Slack, app: App, user: str, definition: Any) -> View:
    view = _new(slack, app, user, definition)
    slack.team.views.stacks[user] = [view]
    return _note(slack, "opened", view)


def push(slack: Slack, app: App, user: str, definition: Any, onto: str | None) -> View:
    """On top of the view that the person has just used, and no other."""
    stack = slack.team.views.stack(user)
    if onto not in [view.id for view in stack]:
        raise ApiError("not_found")
    if len(stack) >= DEEPEST:
        raise ApiError("push_limit_reached")
    view = _new(slack, app, user, definition)
    view.root, view.previous = stack[0].id, stack[-1].id
    stack.append(view)
    return _note(slack, "pushed", view)


def update(slack: Slack, view: View, definition: Any, expected_hash: str | None = None) -> View:
    check_view(definition, view.definition["type"])
    if expected_hash and expected_hash != view.hash:
        raise ApiError("hash_conflict")
    _check_external_id(slack, view.app_id, definition, but=view)
    view.before = view.blocks
    view.definition = _filled(slack, definition)
    view.values = kept_values(view.blocks, view.values)
    view.errors = {}
    view.hash = _hash(slack)
    return _note(slack, "updated", view)


def publish(slack: Slack, app: App, user: str, definition: Any, expected_hash: str | None = None) -> View:
    home = slack.team.views.homes.get((app.id, user))
    if home:
        return update(slack, home, definition, expected_hash)
    view = _new(slack, app, user, definition, kind="home")
    slack.team.views.homes[app.id, user] = view
    return _note(slack, "published", view)


def close(slack: Slack, view: View) -> None:
    """Takes the view, and whatever lies on it, off its person's screen."""
    stack = slack.team.views.stack(view.user)
    if view in stack:
        del stack[stack.index(view) :]
        _note(slack, "closed", view)


def clear(slack: Slack, user: str) -> None:
    for view in reversed(list(slack.team.views.stack(user))):
        close(slack, view)


def _new(slack: Slack, app: App, user: str, definition: Any, kind: str = "modal") -> View:
    check_view(definition, kind)
    _check_external_id(slack, app.id, definition)
    filled = _filled(slack, definition)
    view_id = slack.team.ids.next("V")
    return View(view_id, app.id, user, filled, _hash(slack), view_id, values=first_values(filled["blocks"]))


def _filled(slack: Slack, definition: JSON) -> JSON:
    return {**copy_of(definition), "blocks": with_ids(definition["blocks"], slack.team.ids)}


def _check_external_id(slack: Slack, app_id: str, definition: JSON, but: View | None = None) -> None:
    external_id = definition.get("external_id")
    known = slack.team.views.find(app_id, None, external_id)
    if external_id and known is not None and known is not but:
        raise ApiError("duplicate_external_id")


def _hash(slack: Slack) -> str:
    return f"{int(slack.clock.now())}.{slack.team.ids.next('h')}"


def _note(slack: Slack, kind: str, view: View) -> View:
    slack.team.changes.note("view", did=kind, view=view.id, user=view.user)
    return view
