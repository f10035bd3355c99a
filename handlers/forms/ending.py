"""After the child is found: interviews, the protection notice, and the closing gate (screens.md §8)."""

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.case_parts import Step
from bot.domain.facts import Answer, InterviewKind
from bot.views import ids, limits
from bot.views.blocks import ask, button, checkboxes, marking, modal, radio, section, typed
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import debts, naming, words
from bot.views.wording.reasons import Coded, is_log_entry
from handlers.forms import reason_inputs, submitted
from handlers.forms.step_form import Filled, StepForm

KINDS = {
    InterviewKind.PREVENTION.value: "Prevention: police see the child on return",
    InterviewKind.RETURN.value: "Return home interview offered (independent)",
}
FACE_TO_FACE, OTHERWISE = "face_to_face", "otherwise"
_HOW = {FACE_TO_FACE: "Face to face", OTHERWISE: "By telephone, or not yet held"}
ON_NOTICE = {"ethnicity": "Ethnicity is on it", "school": "School is on it"}


def interviewing(case: Case, screen: Screen, kind: str = "") -> View:
    return modal(
        ids.INTERVIEW,
        "Interview",
        [
            section(f"*{naming.heading(case)}*"),
            ask("kind", "Which interview", radio(ids.VALUE, KINDS, kind)),
            ask("how", "Face to face?", radio(ids.VALUE, _HOW)),
            *reason_inputs.names(commands.Interview, "by_whom", screen),
            section("A phone call does not meet this requirement: a prevention interview is face to face."),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def notice(case: Case, screen: Screen, _: str = "") -> View:
    """Ethnicity and school must be on it (HMICFRS: notices went in without either)."""
    return modal(
        ids.NOTICE,
        "Protection notice",
        [section(f"*{naming.heading(case)}*"), *_on_the_notice(screen), marking()],
        submit="Record",
        close="Cancel",
    )


def _on_the_notice(screen: Screen) -> list[Block]:
    if not screen.full:
        entry = typed(ids.VALUE, placeholder=reason_inputs.DIGITS)
        return [
            ask("ethnicity", "On the notice", checkboxes(ids.VALUE, ON_NOTICE)),
            ask("notice_log", "Log entry no.", entry),
        ]
    hint = "Not known: the notice is recorded, and its clock runs on."
    return [
        ask("ethnicity", "Ethnicity, as on the notice", typed(ids.VALUE), hint=hint),
        ask("school", "School, as on the notice", typed(ids.VALUE)),
    ]


def closing(case: Case, screen: Screen, _: str = "") -> View:
    """The gate. Until all of it is ✅ there is no reason to give, and no button to press."""
    gate = _gate(case, screen)
    shut = any("accessory" in line for line in gate)
    why = (
        []
        if shut
        else [*reason_inputs.asks(commands.Close, "reason", screen), *reason_inputs.of_return(case)]
    )
    return modal(
        ids.CLOSE,
        "Close case",
        [section(f"*{naming.heading(case)}*"), *gate, *_never_done(case, screen), *why, marking()],
        submit="" if shut else "Close case",
        close="Cancel",
    )


def _never_done(case: Case, screen: Screen) -> list[Block]:
    """Whoever closes it sees what they leave undone (HMICFRS: closed with nobody chasing it)."""
    left = debts.undone_lines(case, screen)
    return [section("\n".join(["*Never done on this case*", *left]))] if left else []


def _gate(case: Case, screen: Screen) -> list[Block]:
    if not case.whereabouts_unknown:
        return [section(f"{words.DONE} A concern for safety, whereabouts known")]
    back = case.back
    prevention = ids.together(case.ref, InterviewKind.PREVENTION.value)
    spoken = button("Record", ids.INTERVIEW, prevention, spoken="Record the prevention interview")
    seen = button("Record", ids.LOCATING, case.ref, spoken="Record who saw the child")
    return [
        _condition(
            "Seen in person",
            "Nobody has recorded seeing the child",
            back.seen,
            seen,
            screen,
            by=limits.clip_markup(naming.said(back.seen_by, screen), 300),
        ),
        _condition(
            "Prevention interview",
            "Prevention interview not recorded",
            back.prevention,
            spoken,
            screen,
            by=limits.clip_markup(naming.said(back.prevention_by, screen), 300),
        ),
    ]


def _condition(
    met: str, owed: str, step: Step | None, record: Block, screen: Screen, *, by: str = ""
) -> Block:
    """`step` is who recorded it; `by` who did it, where that was said."""
    if step is None:
        return section(f"{words.LATE} {owed}", accessory=record)
    typed_by = naming.staff(step.by, screen)
    who = "".join([f", {by}" if by else "", "" if by == typed_by else f" (typed by {typed_by})"])
    return section(f"{words.DONE} {met} {screen.time(step.at)}{who}")


_UNKNOWN = ("not known", "unknown", "?")


def _interview(filled: Filled) -> commands.Interview:
    in_person = filled.chosen("how") == FACE_TO_FACE
    by_whom = filled.named("by_whom")
    if not by_whom.strip():
        filled.form.errors["by_whom"] = "Not saved. Type who spoke to the child, or offered it."
    return commands.Interview(kind=filled.chosen("kind"), in_person=in_person, by_whom=by_whom)


def _notice(filled: Filled) -> commands.RecordPpn:
    if not filled.screen.full:
        return _coded_notice(filled)
    form = filled.form
    return commands.RecordPpn(ethnicity=_known(form.text("ethnicity")), school=_known(form.text("school")))


def _known(typed: str) -> str:
    return Answer.NOT_KNOWN.value if typed.lower() in _UNKNOWN else typed


def _coded_notice(filled: Filled) -> commands.RecordPpn:
    """What is on it stays in the log; here only that it is there."""
    entry, ticked = filled.form.text("notice_log"), filled.form.ticked("ethnicity")
    if not is_log_entry(entry):
        filled.form.errors["notice_log"] = submitted.NOT_AN_ENTRY
    on_it = Coded("on_notice", entry).stored()
    said = {each: on_it if each in ticked else Answer.NOT_KNOWN.value for each in ON_NOTICE}
    return commands.RecordPpn(ethnicity=said["ethnicity"], school=said["school"])


def _close(filled: Filled) -> commands.Close:
    return commands.Close(
        reason=filled.reason("reason"),
        found_by=filled.chosen("found_by"),
        harm=filled.chosen("harm"),
        cause=filled.chosen("cause"),
    )


STEPS = (
    StepForm(ids.INTERVIEW, commands.Interview, interviewing, _interview),
    StepForm(ids.NOTICE, commands.RecordPpn, notice, _notice),
    StepForm(
        ids.CLOSE,
        commands.Close,
        closing,
        _close,
    ),
)
