"""Releasing, passing on, and mending mistakes, of which the gravest take two people (screens.md §8)."""

from bot import typed_values
from bot.domain import commands
from bot.domain.case import Case, Status
from bot.domain.clocks import ClockName
from bot.domain.facts import ADVERSE_EVENT, MARKERS
from bot.typed_times import EXAMPLES
from bot.views import ids, limits
from bot.views.blocks import ask, marking, modal, radio, section, select, typed
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import clock_words, dealt_with, naming, passed_on, standing, words
from bot.views.wording.risk_questions import YES_CHOICES
from handlers.forms import reason_inputs, submitted
from handlers.forms.step_form import Filled, StepForm

CONFIRM = "confirm"
_HINT = 150  # characters
PERSON_REF = "child.person_ref"
RISK = "markers."
_CORRECTED = {
    "child.age": "Age",
    PERSON_REF: "Person record number",
    "reported_at": "When police were told",
    "last_seen_at": "When last seen",
    ADVERSE_EVENT: YES_CHOICES[ADVERSE_EVENT],
    "missing_from": "Missing from",
    "child.looked_after": "Looked after",
    "sex": "Sex",
}
_CORRECTED_ONCE_FOUND = {
    "found_by": "Who found the child",
    "harm": "Harm while missing",
    "cause": "Why the child was missing",
}
_ETHNICITY = {"child.ethnicity": "Ethnicity"}
_CORRECTED_IN_WORDS = {
    "child.name": "Child's name",
    "child.born": "Birth date (2013-03-02)",
    "child.school": "School",
    "last_seen_where": "Where last seen",
    "why_worried": "Why the caller is worried",
    "reporter.name": "Reporter's name",
    "reporter.phone": "Reporter's number",
    "reporter.relationship": "Reporter's relationship",
}
_NOT_YET = "A second person confirms. Until then everything runs on."
_VALUES = f"A time: {EXAMPLES}. A risk, or looked after: yes, no or not known."


def releasing(case: Case, screen: Screen, _: str = "") -> View:
    clock = "" if case.seen else ", and the clock for an owner starts again"
    said = f"Then nobody owns it{clock}."
    why = reason_inputs.asks(commands.Release, "why", screen)
    return _one_step(case, ids.RELEASE, "Release", [section(said), *why], "Release")


def transferring(case: Case, screen: Screen, _: str = "") -> View:
    said = "It is ours until a named person there accepts, and that is recorded here."
    named = ", ".join(force.name for force in screen.forces.known.values() if force.missing_child)
    hint = limits.clip(f"We know the code of: {named}", _HINT) if named else ""
    asked = [
        *reason_inputs.asks(commands.Transfer, "force", screen, hint=hint),
        ask("theirs", "Why is it theirs?", radio(ids.VALUE, words.choices(words.TRANSFER_WHY))),
        section(words.sentence(f"{passed_on.MUST_SEE}. Their own code for it is on the card.")),
    ]
    return _one_step(case, ids.TRANSFER, "Pass to another force", [section(said), *asked], "Pass on")


def sent_back(case: Case, screen: Screen, _: str = "") -> View:
    paged = clock_words.paged_first(ClockName.TRANSFER_REFUSED, screen.policy)
    said = f"The case stays here. Keep it, or pass it on again; the {paged} is paged until somebody does."
    asked = [
        *reason_inputs.asks(commands.RefuseTransfer, "name", screen),
        ask("cause", "Why do they refuse?", radio(ids.VALUE, words.choices(words.TRANSFER_REFUSAL))),
    ]
    return _one_step(case, ids.TRANSFER_REFUSED, "Refused there", [section(said), *asked], "Record")


def staying(case: Case, screen: Screen, _: str = "") -> View:
    said = [section(line) for line in passed_on.lines(case, screen)]
    why = reason_inputs.asks(commands.Keep, "why", screen)
    return _one_step(case, ids.KEEP, "Keep the case", [*said, *why], "Keep")


def taking_over(case: Case, screen: Screen, _: str = "") -> View:
    said = "All clocks here end, and the case is theirs."
    name = reason_inputs.asks(commands.AcceptTransfer, "name", screen)
    return _one_step(case, ids.TRANSFER_ACCEPTED, "Accepted by", [section(said), *name], "Record")


def reopening(case: Case, screen: Screen, _: str = "") -> View:
    if case.status is not Status.CLOSED:
        by = case.ending.reopened
        who = f" (reopened: {dealt_with.by(by, screen)})" if by else ""
        return modal(
            ids.REOPEN, "Reopen", [section(f"{naming.label(case)}The case is open already{who}."), marking()]
        )
    why = reason_inputs.asks(commands.Reopen, "why", screen)
    return _one_step(case, ids.REOPEN, "Reopen", why, "Reopen")


def voiding(case: Case, screen: Screen, _: str = "") -> View:
    why = reason_inputs.asks(commands.Void, "why", screen)
    return _one_step(case, ids.VOID, "Void", [section(_NOT_YET), *why], "Ask to void")


def duplicating(case: Case, screen: Screen, _: str = "") -> View:
    of = ask("of", "Of which case?", typed(ids.VALUE, placeholder="MC-26-0142, or an incident number"))
    why = reason_inputs.asks(commands.Duplicate, "why", screen)
    return _one_step(case, ids.DUPLICATE, "Duplicate", [section(_NOT_YET), of, *why], "Ask to mark")


def confirming(case: Case, screen: Screen, _: str = "") -> View:
    asked = standing.who_asked(case, screen)
    if not asked:
        closed = case.ending.closed
        since = f": the case was closed ({dealt_with.by(closed, screen)})" if closed else ""
        none = f"{naming.label(case)}Nothing is waiting to be confirmed{since}."
        return modal(ids.CONFIRM, "Confirm", [section(none), marking()])
    choice = {CONFIRM: "Yes: end every clock and close it"}
    answer = ask("decision", "Your decision", radio(ids.VALUE, choice))
    return _one_step(case, ids.CONFIRM, "Confirm", [section(asked), answer], "Confirm")


def correcting(case: Case, screen: Screen, _: str = "") -> View:
    """What stood before stays in the record."""
    fields = {
        **_CORRECTED,
        **(_ETHNICITY if screen.asks_ethnicity else {}),
        **(_CORRECTED_ONCE_FOUND if case.back.located else {}),
        **(_CORRECTED_IN_WORDS if screen.full else {}),
        **_markers(),
    }
    what = [
        ask("field", "What is wrong?", select(ids.VALUE, fields)),
        ask("to", "What is right?", typed(ids.VALUE), hint=_VALUES),
        *reason_inputs.asks(commands.Correct, "why", screen),
    ]
    return _one_step(case, ids.CORRECT, "Correct", what, "Correct")


def _markers() -> dict[str, str]:
    return {f"{RISK}{code}": f"Risk: {words.lower_first(label)}" for code, label in MARKERS.items()}


def _one_step(case: Case, id: str, title: str, asked: list[Block], submit: str) -> View:
    heading = section(f"*{naming.heading(case)}*")
    return modal(id, title, [heading, *asked, marking()], submit=submit, close="Cancel")


def _duplicate(filled: Filled) -> commands.Duplicate:
    typed = filled.form.text("of")
    of = typed.upper() if typed.lower().startswith("mc-") else typed
    return commands.Duplicate(of=of, why=filled.reason("why"))


def _correct(filled: Filled) -> commands.Correct:
    return commands.Correct(field=filled.chosen("field"), to=_right(filled), why=filled.reason("why"))


def _right(filled: Filled) -> str:
    field, typed, screen = filled.chosen("field"), filled.form.text("to"), filled.screen
    return submitted.read(filled.form, "to", lambda: typed_values.correction(field, typed, screen)) or ""


STEPS = (
    StepForm(
        ids.RELEASE,
        commands.Release,
        releasing,
        lambda filled: commands.Release(why=filled.reason("why")),
    ),
    StepForm(
        ids.TRANSFER,
        commands.Transfer,
        transferring,
        lambda filled: commands.Transfer(force=filled.reason("force"), why=filled.chosen("theirs")),
    ),
    StepForm(
        ids.TRANSFER_REFUSED,
        commands.RefuseTransfer,
        sent_back,
        lambda filled: commands.RefuseTransfer(name=filled.reason("name"), why=filled.chosen("cause")),
    ),
    StepForm(ids.KEEP, commands.Keep, staying, lambda filled: commands.Keep(why=filled.reason("why"))),
    StepForm(
        ids.TRANSFER_ACCEPTED,
        commands.AcceptTransfer,
        taking_over,
        lambda filled: commands.AcceptTransfer(name=filled.reason("name")),
    ),
    StepForm(
        ids.REOPEN,
        commands.Reopen,
        reopening,
        lambda filled: commands.Reopen(why=filled.reason("why")),
    ),
    StepForm(ids.VOID, commands.Void, voiding, lambda filled: commands.Void(why=filled.reason("why"))),
    StepForm(ids.DUPLICATE, commands.Duplicate, duplicating, _duplicate),
    StepForm(ids.CONFIRM, commands.Confirm, confirming, lambda _: commands.Confirm()),
    StepForm(ids.CORRECT, commands.Correct, correcting, _correct),
)
