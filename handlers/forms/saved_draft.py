"""Coming back to a form that was lost: continue, or start again (screens.md, principle 8)."""

from datetime import datetime

from bot.views import ids
from bot.views.blocks import actions, button, marking, modal, section
from bot.views.message import Block, View
from bot.views.screen import Screen

NAMES = {
    ids.REPORT: "report",
    ids.RISK: "second page of the report",
    ids.ADD_TO_CASE: "piece of new information",
    ids.GRADE: "grade",
    ids.REVIEW: "review",
    ids.SET_ENQUIRY: "line of enquiry",
    ids.FINISH_ENQUIRY: "enquiry's result",
    ids.LOCATING: "record of where the child is",
    ids.TELLING: "record of who was told",
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
