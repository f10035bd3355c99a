"""Opening views. A trigger lives three seconds, so these run at once, on the thread that answered Slack."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackClientError

from bot.domain.permissions import Look
from bot.ports.drafts import DraftPlace
from bot.views import ids
from bot.views.cards.open_case import open_case
from handlers.background import code_of
from handlers.dependencies import Body, Dependencies
from handlers.errors import NotShown
from handlers.forms import lost_forms
from handlers.forms.lost_forms import on_the_case
from handlers.intake import person_of
from handlers.sight import sight

# Slack's word where the client tried twice: the first try was taken, and its answer lost. The view is up.
_TAKEN = "exchanged_trigger_id"


def show(body: Body, view: dict[str, Any], deps: Dependencies) -> None:
    """On top of the modal it was asked from, where it was asked from one. Raises NotShown."""
    with _slack_must_take_it():
        _put_up(body, view, deps)


def show_instead(view_id: str, view: dict[str, Any], deps: Dependencies) -> None:
    """In place of what that view shows. Raises NotShown."""
    with _slack_must_take_it():
        deps.asking.views_update(view_id=view_id, view=view)


@contextmanager
def _slack_must_take_it() -> Iterator[None]:
    try:
        yield
    except (SlackClientError, OSError, HTTPException) as error:
        if code_of(error) != _TAKEN:
            raise NotShown(code_of(error) or type(error).__name__) from error


def _put_up(body: Body, view: dict[str, Any], deps: Dependencies) -> None:
    trigger = body["trigger_id"]
    below = body.get("view")
    if not below or below.get("type") != "modal":
        deps.asking.views_open(trigger_id=trigger, view=view)
    elif is_deepest(below):
        deps.asking.views_update(view_id=below["id"], view=view)
    else:
        deps.asking.views_push(trigger_id=trigger, view=view)


def is_deepest(view: dict[str, Any]) -> bool:
    """Slack stacks three views. What is asked for from the third takes its place: closing it leads to the second."""
    previous = view.get("previous_view_id")
    return bool(previous) and previous != view.get("root_view_id")


def drawn(body: Body, ref: str, deps: Dependencies, notice: str = "") -> dict[str, Any]:
    """The open case as this person may see it; that they saw it is noted. Raises NotDone for who may not."""
    person, seen = person_of(body), sight(body, deps)
    case = seen.case(ref, Look.CASE)
    entries = seen.entries(case)
    viewer = deps.actor(person)
    draft = lost_forms.find(DraftPlace(person, ids.RISK, ref), deps)
    also = [on_the_case(ref, draft.since, deps.screen)] if draft else []
    return open_case(case, entries, viewer, deps.screen, notice=notice, also=also)


def redraw_case(body: Body, ref: str, deps: Dependencies, notice: str = "") -> None:
    """Where the press was in an open case: that view again, as it stands now."""
    view = body.get("view") or {}
    if view.get("callback_id") == ids.CASE:
        deps.background.do(
            "open case",
            lambda: deps.asking.views_update(view_id=view["id"], view=drawn(body, ref, deps, notice)),
        )
