"""What was typed into a form that is lost: kept while it is typed, gone once it is saved.

Slack sends a form's contents with each change that is made in it. What it sends is kept, in reference-only mode only
what passes its field's own check. Nothing rests on the word that a form was closed: a telephone that dies
sends none, and Slack promises no contents with it.
"""

from datetime import datetime
from typing import Any

import msgspec
import structlog
from msgspec import Struct

from bot.ports.drafts import DraftPlace, Saved, SavedDraft
from bot.views import ids
from bot.views.blocks import actions, button, marking, modal, section
from bot.views.message import Block, View
from bot.views.screen import Screen
from handlers import carried
from handlers.dependencies import Body, Dependencies
from handlers.forms.fit_to_keep import Typed, fit
from handlers.forms.submitted import Given, begun
from handlers.intake import made_at, person_of

log = structlog.get_logger()

# Coming back to a form that was lost: continue, or start again (screens.md, principle 8).

NAMES = {
    ids.REPORT: "report",
    ids.TRAINING_REPORT: "TRAINING report",
    ids.RISK: "second page of the report",
    ids.ADD_TO_CASE: "piece of new information",
    ids.GRADE: "grade",
    ids.REVIEW: "review",
    ids.SET_ENQUIRY: "line of enquiry",
    ids.FINISH_ENQUIRY: "enquiry's result",
    ids.LOCATING: "record of where the child is",
    ids.TELLING: "record of who was told",
    ids.CALLER_TOLD: "record of what the caller was told",
    ids.DECLINE: "answer to an offer",
}


def resume_offer(form: str, value: str, since: datetime, screen: Screen) -> View:
    """`value`: of both buttons."""
    said = f"Continue your unfinished {NAMES.get(form, 'form')} from {screen.time(since)}?"
    return modal(
        ids.UNFINISHED,
        "Continue?",
        [
            section(f"{said} Only you can see it."),
            actions(
                button("Continue", ids.GO_ON, value, primary=True),
                button("Start again", ids.START_FRESH, value),
            ),
            marking(),
        ],
        close="Cancel",
    )


def on_the_case(ref: str, since: datetime, screen: Screen) -> Block:
    """In the open case, which is where somebody looks for the second page of a report."""
    said = f"You have an unfinished {NAMES[ids.RISK]} from {screen.time(since)}."
    return section(
        said, accessory=button("Continue", ids.GO_ON, ids.together(ids.RISK, ref), spoken=f"Continue {ref}")
    )


def run_out() -> View:
    said = "There is nothing to continue: it was saved, or kept too long. Close this and start again."
    return modal(ids.UNFINISHED, "Continue?", [section(said), marking()])


_SOON = 0.3  # seconds, of those in which Slack wants its answer


class _About(Struct, frozen=True):
    """What of a form's private metadata says which one it is."""

    ref: str = ""
    item: str = ""


def keep(body: Body, deps: Dependencies) -> None:
    """After Slack was answered. A form in which nothing was typed leaves no draft, and takes none away."""
    view, person = body["view"], person_of(body)
    values = fit(values_of(view), deps.screen)
    if is_untouched(view, values):
        return
    draft = SavedDraft(
        view=view["id"],
        since=deps.clock.now(),
        heard=made_at(body),
        metadata=view["private_metadata"],
        values=values,
    )
    place = place_of(view, person)
    deps.background.do("draft", lambda: deps.drafts.keep(place, draft, *_kept_until(deps)))


def saved(body: Body, deps: Dependencies) -> Saved:
    """For the step that records it: its draft is forgotten with the same write, and offered to nobody who comes back
    at once."""
    view, (now, until) = body["view"], _kept_until(deps)
    place = place_of(view, person_of(body))
    return Saved(place=place, view=view["id"], machine_now=now, until=until, said=_said_in(view))


def once(place: DraftPlace, what: str, said: str, deps: Dependencies) -> Saved:
    """For a step that a press asks for with no form: with the same words it is taken once, however often it is pressed.
    `what`: names what they were said in."""
    now, until = _kept_until(deps)
    return Saved(place=place, view=what, machine_now=now, until=until, said=said)


def _said_in(view: dict[str, Any]) -> str:
    """All of it, whatever kind of input it is in."""
    return msgspec.json.encode(view["state"]["values"], order="sorted").decode()


def forget(body: Body, deps: Dependencies) -> None:
    """It is saved, by a step on no case. Never a reason to say that it is not saved."""
    view, place = body["view"], place_of(body["view"], person_of(body))
    try:
        deps.ask(
            lambda: deps.drafts.drop(place, view["id"], *_kept_until(deps), said=_said_in(view)), within=_SOON
        )
    except Exception as error:  # noqa: BLE001 - the step is done: at worst it is offered again
        log.warning("draft not forgotten", error=type(error).__name__)


def clear(place: DraftPlace, deps: Dependencies) -> None:
    """Begun afresh."""
    deps.ask(lambda: deps.drafts.drop(place, "", *_kept_until(deps)))


def offer(place: DraftPlace, carried: str, deps: Dependencies) -> View | None:
    """The question whether to go on, where there is such a draft. `carried`: what a fresh form needs."""
    draft = find(place, deps)
    if draft is None:
        return None
    value = " ".join(part for part in (place.form, place.ref, place.item) if part)
    return {**resume_offer(place.form, value, draft.since, deps.screen), "private_metadata": carried}


def find(place: DraftPlace, deps: Dependencies) -> SavedDraft | None:
    """None, too, where it was kept in a time when more might be."""
    draft = deps.ask(lambda: deps.drafts.find(place, deps.machine_now))
    return draft if draft and draft.values == fit(draft.values, deps.screen) else None


def _kept_until(deps: Dependencies) -> tuple[float, float]:
    now = deps.machine_now
    return now, now + deps.drafts_kept.total_seconds()


def place_of(view: dict[str, Any], person: str) -> DraftPlace:
    about = carried.decoded(view, _About)
    return DraftPlace(person, view["callback_id"], about.ref, about.item)


def values_of(view: dict[str, Any]) -> dict[str, dict[str, Given]]:
    """Only what was typed or chosen, and where."""
    return {
        block: {action: _said(given) for action, given in within.items()}
        for block, within in view["state"]["values"].items()
    }


def _said(given: Given) -> Given:
    return {key: given[key] for key in ("value", "selected_option", "selected_options") if given.get(key)}


def is_untouched(view: dict[str, Any], values: Typed) -> bool:
    now = {block: _plainly(next(iter(within.values()), {})) for block, within in values.items()}
    return all(now.get(block, "") == _plainly(before) for block, before in begun(view).items())


def _plainly(given: Given) -> str:
    chosen = given.get("selected_options") or [given.get("selected_option")]
    return str(given.get("value") or "") + " ".join(str(each["value"]) for each in chosen if each)
