"""What follows from new information, and what is being done."""

from bot.domain.case import Case
from bot.views import ids, limits, naming, reason_inputs, standing
from bot.views.blocks import marking, modal, section
from bot.views.message import View
from bot.views.screen import Screen


def considering(case: Case, screen: Screen, item: str) -> View:
    new = case.information.get(item)
    if new is None or new.considered:
        blocks = [section("This information was considered. Nothing waits here."), marking()]
        return modal(ids.CONSIDER, "Consider information", blocks)
    who = f"{naming.staff(new.received.by, screen)}, {screen.time(new.received.at)} ({new.kind.value})"
    said = limits.clip_markup(naming.said(new.text, screen), 2000) or "The words are in the log."
    return modal(
        ids.CONSIDER,
        "Consider information",
        [
            section(f"*{naming.heading(case)}*\n{standing.markers(case)}"),
            section(f"*{who}*\n{said}"),
            *reason_inputs.asks("outcome", "What follows from it?", "follows", screen),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def noting(case: Case, screen: Screen, _: str = "") -> View:
    return modal(
        ids.ADD_NOTE,
        f"Note on {case.ref}",
        [
            section(f"*{naming.heading(case)}*"),
            *reason_inputs.asks("text", "What is being done?", "note", screen),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )
