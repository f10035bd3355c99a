"""Lines of enquiry: a task with an owner and a due time, and its result (screens.md §8)."""

from datetime import datetime, timedelta

from bot import typed_values
from bot.domain import commands
from bot.domain.case import Case
from bot.domain.facts import EnquiryKind
from bot.domain.people import MAY_ENQUIRE
from bot.views import ids, limits
from bot.views.blocks import ask, checkboxes, marking, modal, radio, section, select, typed
from bot.views.message import View
from bot.views.screen import Screen
from bot.views.wording import dealt_with, fact_words, naming
from handlers import carried
from handlers.forms import reason_inputs, submitted
from handlers.forms.step_form import Filled, StepForm

OTHER = "other"
DUE = {"15": "15 min", "30": "30 min", "60": "60 min", "120": "2 h", OTHER: "Another time, typed below"}
KINDS = {
    kind: said if kind == EnquiryKind.ENQUIRY else f"{said}: runs on after the child is found"
    for kind, said in fact_words.ENQUIRY_KINDS.items()
}
# Recorded as asked (domain.md §5, action kinds); the answers stay out of here.
ASKED = {"ethnicity": "Ethnicity asked", "nationality": "Nationality asked"}
SUSPECT_ASKED = "suspect_asked"


def setting(case: Case, screen: Screen, _: str = "") -> View:
    people = _people(case, screen)
    if not people:
        blocks = [section("Nobody on duty can be given an enquiry. Ring the superintendent."), marking()]
        return modal(ids.SET_ENQUIRY, "Set a line of enquiry", blocks)
    other = typed(ids.VALUE, placeholder="1630, or tomorrow 0900")
    return modal(
        ids.SET_ENQUIRY,
        "Set a line of enquiry",
        [
            section(f"*{naming.heading(case)}*"),
            *reason_inputs.asks(commands.SetEnquiry, "text", screen),
            ask("owner", "Who does it", select(ids.VALUE, people, "Choose a person")),
            ask("due", "Due in", radio(ids.VALUE, DUE)),
            ask("due_at", "Another time", other, optional=True),
            ask("kind", "Kind", radio(ids.VALUE, KINDS, EnquiryKind.ENQUIRY.value)),
            ask(
                SUSPECT_ASKED,
                "Arrest or circulate: of the suspect",
                checkboxes(ids.VALUE, ASKED),
                optional=True,
            ),
            marking(),
        ],
        submit="Set",
        close="Cancel",
    )


def _people(case: Case, screen: Screen) -> dict[str, str]:
    """Whoever owns the case first: most enquiries are theirs."""
    found = screen.on_duty(MAY_ENQUIRE)
    first = sorted(found, key=lambda person: person != case.owner)
    return {person: screen.directory.name(person) for person in first}


def finishing(case: Case, screen: Screen, item: str) -> View:
    enquiry = case.enquiries.get(item)
    if enquiry is None or enquiry.done:
        blocks = [section(dealt_with.sentence(dealt_with.result(case, item), screen)), marking()]
        return modal(ids.FINISH_ENQUIRY, "Enquiry done", blocks)
    words = naming.said(enquiry.text, screen)
    asked = f"\n{limits.clip_markup(words, 1000)}" if words else ""
    whose = f"{naming.staff(enquiry.owner, screen)}, due {screen.time(enquiry.due_at)}"
    return modal(
        ids.FINISH_ENQUIRY,
        "Enquiry done",
        [
            section(f"*{naming.heading(case)}*\n{whose}{asked}"),
            *reason_inputs.asks(commands.FinishEnquiry, "result", screen),
            marking(),
        ],
        submit="Record result",
        close="Cancel",
    )


def _set(filled: Filled) -> commands.SetEnquiry:
    return commands.SetEnquiry(
        id=filled.view_id,
        text=filled.reason("text"),
        owner=filled.chosen("owner"),
        due_at=_due_at(filled),
        kind=filled.chosen("kind"),
        ethnicity_asked="ethnicity" in filled.form.ticked(SUSPECT_ASKED),
        nationality_asked="nationality" in filled.form.ticked(SUSPECT_ASKED),
    )


def _due_at(filled: Filled) -> datetime | None:
    screen, due = filled.screen, filled.chosen("due")
    if due != OTHER:
        return screen.now + timedelta(minutes=carried.minutes(due)) if due else None
    typed = filled.form.text("due_at")
    return submitted.read(filled.form, "due_at", lambda: typed_values.coming(typed, screen))


def _finish(filled: Filled) -> commands.FinishEnquiry:
    return commands.FinishEnquiry(id=filled.asked.item, result=filled.reason("result"))


STEPS = (
    StepForm(ids.SET_ENQUIRY, commands.SetEnquiry, setting, _set),
    StepForm(ids.FINISH_ENQUIRY, commands.FinishEnquiry, finishing, _finish),
)
