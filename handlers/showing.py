"""Opening views. A trigger lives three seconds, so these run at once, on the thread that answered Slack."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackClientError

from bot.ports import DraftPlace
from bot.views import ids
from bot.views.cards.open_case import open_case
from bot.views.forms.saved_draft import on_the_case
from handlers import drafts
from handlers.errors import NotShown
from handlers.intake import person_of
from handlers.later import code_of
from handlers.parts import Body, Parts

# Slack's word where the client tried twice: the first try was taken, and its answer lost. The view is up.
_TAKEN = "exchanged_trigger_id"


def show(body: Body, view: dict[str, Any], parts: Parts) -> None:
    """On top of the modal it was asked from, where it was asked from one. Raises NotShown."""
    with _slack_must_take_it():
        _put_up(body, view, parts)


def show_instead(view_id: str, view: dict[str, Any], parts: Parts) -> None:
    """In place of what that view shows. Raises NotShown."""
    with _slack_must_take_it():
        parts.asking.views_update(view_id=view_id, view=view)


@contextmanager
def _slack_must_take_it() -> Iterator[None]:
    try:
        yield
    except (SlackClientError, OSError, HTTPException) as error:
        if code_of(error) != _TAKEN:
            raise NotShown(code_of(error) or type(error).__name__) from error


def _put_up(body: Body, view: dict[str, Any], parts: Parts) -> None:
    trigger = body["trigger_id"]
    below = body.get("view")
    if not below or below.get("type") != "modal":
        parts.asking.views_open(trigger_id=trigger, view=view)
    elif is_deepest(below):
        parts.asking.views_update(view_id=below["id"], view=view)
    else:
        parts.asking.views_push(trigger_id=trigger, view=view)


def is_deepest(view: dict[str, Any]) -> bool:
    """Slack stacks three views. What is asked for from the third takes its place: closing it leads to the second."""
    previous = view.get("previous_view_id")
    return bool(previous) and previous != view.get("root_view_id")


def drawn(body: Body, ref: str, parts: Parts, notice: str = "") -> dict[str, Any]:
    """The open case as this person may see it; that they saw it is noted. Raises NotDone for a stranger."""
    person = person_of(body)
    parts.need_known(person)
    case = parts.the_case(ref)
    entries = parts.ask(lambda: parts.cases.entries(ref))
    viewer = parts.actor(person)
    parts.viewed(viewer, ref, "open case")
    draft = drafts.find(DraftPlace(person, ids.RISK, ref), parts)
    also = [on_the_case(ref, draft.since, parts.screen)] if draft else []
    return open_case(case, entries, viewer, parts.screen, notice=notice, also=also)


def redraw_case(body: Body, ref: str, parts: Parts, notice: str = "") -> None:
    """Where the press was in an open case: that view again, as it stands now."""
    view = body.get("view") or {}
    if view.get("callback_id") == ids.CASE:
        parts.later.do(
            "open case",
            lambda: parts.asking.views_update(view_id=view["id"], view=drawn(body, ref, parts, notice)),
        )
