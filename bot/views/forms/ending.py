"""After the child is found: interviews, the notice, and the closing gate (screens.md §8)."""

from bot.domain.case import Case, Step
from bot.domain.facts import InterviewKind
from bot.views import ids, limits
from bot.views.blocks import ask, button, checkboxes, marking, modal, radio, section, typed
from bot.views.forms import reason_inputs
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import naming, undone, words

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
            *reason_inputs.names("by_whom", "By whom?", "interviewer", screen),
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
        entry = typed(ids.VALUE, placeholder="Digits. The words stay in the log.")
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
    why = [] if shut else reason_inputs.asks("reason", "Reason", "closing", screen)
    return modal(
        ids.CLOSE,
        "Close case",
        [section(f"*{naming.heading(case)}*"), *gate, *_never_done(case, screen), *why, marking()],
        submit="" if shut else "Close case",
        close="Cancel",
    )


def _never_done(case: Case, screen: Screen) -> list[Block]:
    """Whoever closes it sees what they leave undone (HMICFRS: closed with nobody chasing it)."""
    left = undone.lines(case, screen)
    return [section("\n".join(["*Never done on this case*", *left]))] if left else []


def _gate(case: Case, screen: Screen) -> list[Block]:
    if not case.whereabouts_unknown:
        return [section(f"{words.DONE} A concern for safety, whereabouts known")]
    back = case.back
    prevention = f"{case.ref} {InterviewKind.PREVENTION.value}"
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
