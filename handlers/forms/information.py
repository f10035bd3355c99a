"""New information, what follows from it, and noting what is being done (screens.md §8)."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.facts import ADVERSE_EVENT, MARKERS, Answer, InformationKind, MarkerAnswer
from bot.domain.grading import proposal
from bot.risk_words import Ask
from bot.views import ids, limits
from bot.views.blocks import ask, checkboxes, marking, modal, radio, section
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import dealt_with, naming, risk_questions, standing
from handlers.forms import reason_inputs
from handlers.forms.report.report_page import proposed
from handlers.forms.report.risk_page import FIRST_PAGE, HEALTH, PEOPLE
from handlers.forms.step_form import Filled, StepForm
from handlers.forms.submitted import Form

KINDS = {
    InformationKind.CALL: "Call",
    InformationKind.SIGHTING: "Sighting",
    InformationKind.PHONE: "Phone: location, calls, messages",
    InformationKind.MEDICAL: "Medical",
    InformationKind.OTHER: "Other",
}
NEW_YES = {"new_first": FIRST_PAGE, "new_health": HEALTH, "new_people": PEOPLE}
_TITLES = {
    "new_first": "New YES. Any of these can mean HIGH risk.",
    "new_health": "New YES, health and care",
    "new_people": "New YES, people and places",
}


class InformationHeard(Struct, frozen=True, kw_only=True):
    """What the view is drawn with: words that are brought along, and what was ticked since it was opened."""

    text: str = ""
    kind: str = InformationKind.CALL.value
    yes: tuple[str, ...] = ()
    pressed: Mapping[str, bool] = field(default_factory=dict)  # on what their words ask: marker → yes


def adding(case: Case, screen: Screen, _: str = "") -> View:
    return hearing(case, screen, InformationHeard())


def hearing(case: Case, screen: Screen, heard: InformationHeard) -> View:
    """Markers that are YES already are not asked again: taking one back is a correction."""
    clock = "Saving this starts its own clock: somebody else considers it."
    kinds = {kind.value: label for kind, label in KINDS.items()}
    return modal(
        ids.ADD_TO_CASE,
        "New information",
        [
            section(f"*{naming.heading(case)}*\n{clock}"),
            *reason_inputs.asks(commands.Inform, "text", screen, initial=heard.text),
            *reason_inputs.names(commands.Inform, "source", screen),
            ask("kind", "Kind", radio(ids.VALUE, kinds, heard.kind)),
            *(block for id, codes in NEW_YES.items() for block in _ask_yes(id, codes, case)),
            *risk_questions.rows(_to_ask(case, heard, screen)),
            section(proposed(*proposal(_with_yes(case, heard, screen))), id="proposed"),
            marking(),
        ],
        submit="Save, start clock",
        close="Cancel",
    )


def _ask_yes(id: str, codes: Sequence[str], case: Case) -> list[Block]:
    left = {code: MARKERS[code] for code in codes if code not in case.live_markers}
    return [ask(id, _TITLES[id], checkboxes(ids.LIVE, left), optional=True)] if left else []


def _to_ask(case: Case, heard: InformationHeard, screen: Screen) -> list[Ask]:
    """Of these words: what is YES already is not asked; what was answered no before them is."""
    known = {*case.live_markers, *heard.yes, *([ADVERSE_EVENT] if case.adverse_event else [])}
    return [ask for ask in risk_questions.asks_of(heard.text, screen) if ask.marker not in known]


def _with_yes(case: Case, heard: InformationHeard, screen: Screen) -> Case:
    yes = {*heard.yes, *(code for code, is_so in heard.pressed.items() if is_so)}
    said = {code: MarkerAnswer(answer=Answer.YES, by="", at=screen.now) for code in yes - {ADVERSE_EVENT}}
    left = case.adverse_event or ADVERSE_EVENT in yes
    return replace(case, markers={**case.markers, **said}, adverse_event=left)


def considering(case: Case, screen: Screen, item: str) -> View:
    new = case.information.get(item)
    if new is None or new.considered:
        blocks = [section(dealt_with.sentence(dealt_with.consideration(case, item), screen)), marking()]
        return modal(ids.CONSIDER, "Consider information", blocks)
    source = naming.said(new.source, screen)
    what = f"{new.kind.value}, {limits.clip_markup(source, 300)}" if source else new.kind.value
    who = f"{naming.staff(new.received.by, screen)}, {screen.time(new.received.at)} ({what})"
    said = limits.clip_markup(naming.said(new.text, screen), 2000) or "The words are in the log."
    return modal(
        ids.CONSIDER,
        "Consider information",
        [
            section(f"*{naming.heading(case)}*\n{standing.markers(case)}"),
            section(f"*{who}*\n{said}"),
            *reason_inputs.asks(commands.Consider, "outcome", screen),
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
            *reason_inputs.asks(commands.Note, "text", screen),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def answering(case: Case, screen: Screen, _: str = "") -> View:
    """The questions that the caller's words put, answered after the report: one press each."""
    asks = risk_questions.unanswered(case, screen)
    if not asks:
        blocks = [section(f"{naming.label(case)}Every question that their words put is answered."), marking()]
        return modal(ids.THEIR_WORDS, "Their words", blocks)
    said = "Ask, and press what you are told. What you leave open stays on the card."
    blocks = [section(f"*{naming.heading(case)}*\n{said}"), *risk_questions.rows(asks), marking()]
    return modal(ids.THEIR_WORDS, "Their words", blocks, submit="Record", close="Cancel")


def ticked(form: Form) -> tuple[str, ...]:
    return tuple(code for block in NEW_YES for code in form.ticked(block))


def _inform(filled: Filled) -> commands.Inform:
    """What is ticked outweighs a No that was pressed."""
    pressed = filled.form.pressed()
    return commands.Inform(
        id=filled.asked.item or filled.view_id,  # a message is added once
        kind=filled.chosen("kind"),
        text=filled.reason("text"),
        source=filled.named("source"),
        markers=risk_questions.as_markers(pressed) | dict.fromkeys(ticked(filled.form), Answer.YES),
        adverse_event=pressed.get(ADVERSE_EVENT),
    )


def _consider(filled: Filled) -> commands.Consider:
    return commands.Consider(id=filled.asked.item, outcome=filled.reason("outcome"))


def _answer(filled: Filled) -> commands.AnswerMarkers:
    pressed = filled.form.pressed()
    if not pressed and (rows := risk_questions.rows_in(filled.form.values)):
        filled.form.errors[rows[0]] = "Not recorded. Press Yes or No; or Cancel, and it stays on the card."
    return commands.AnswerMarkers(
        markers=risk_questions.as_markers(pressed), adverse_event=pressed.get(ADVERSE_EVENT)
    )


STEPS = (
    StepForm(ids.THEIR_WORDS, commands.AnswerMarkers, answering, _answer),
    StepForm(ids.ADD_TO_CASE, commands.Inform, adding, _inform),
    StepForm(ids.CONSIDER, commands.Consider, considering, _consider),
    StepForm(
        ids.ADD_NOTE,
        commands.Note,
        noting,
        lambda filled: commands.Note(text=filled.reason("text")),
    ),
)
