"""Decisions about the risk: grade, decide a downgrade, sign off, review (screens.md §8)."""

from datetime import timedelta

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.case_parts import Downgrade
from bot.domain.clocks import ClockName
from bot.domain.commands import Command
from bot.domain.facts import Category, Grade
from bot.domain.grading import proposal
from bot.views import ids, limits
from bot.views.blocks import ask, marking, modal, radio, section
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import clock_words, dealt_with, naming, standing, words
from handlers import carried
from handlers.forms import considered, reason_inputs
from handlers.forms.report import risk_form
from handlers.forms.report.report_page import KNOWN, NOT_KNOWN, WHERE_NOW, ask_attendance, proposed
from handlers.forms.step_form import Filled, StepForm

APPROVE, REFUSE = "approve", "refuse"
DECISIONS = {APPROVE: "Approve the lower grade", REFUSE: "Refuse: the grade stays"}
MISSING, SIGN_OFF = "missing", "sign_off"
_NEXT = (15, 30, 60, 120, 240, 480)  # minutes
_ALERT = words.choices(words.ALERT)
_GUESS = "A guess, or “always goes missing”, is not a reason to lower the grade."


def grading(case: Case, screen: Screen, level: str = "") -> View:
    """`level`: what is chosen, since a lower grade asks for more."""
    chosen = carried.chosen(Grade, level) if level else None
    return modal(
        ids.GRADE,
        f"Grade {case.ref}",
        [
            section(
                f"*{naming.heading(case)}*\n{standing.markers(case)}.{considered.last_episode(case, screen)}"
            ),
            section(proposed(*proposal(case)), id="proposed"),
            considered.ask_grade(case, screen),
            *considered.if_below(chosen, case, screen),
            *reason_inputs.asks(commands.GradeCase, "rationale", screen, hint=_GUESS),
            marking(),
        ],
        submit="Record grade",
        close="Cancel",
    )


def deciding(case: Case, screen: Screen, _: str = "") -> View:
    asked = case.risk.downgrade
    if asked is None:
        blocks = [
            section(naming.label(case) + dealt_with.sentence(dealt_with.decision(case), screen)),
            marking(),
        ]
        return modal(ids.DECIDE, "Decide a downgrade", blocks)
    running = words.grade(case.running_grade)
    who = f"{naming.staff(asked.asked.by, screen)} asked {screen.time(asked.asked.at)}"
    why = limits.clip_markup(naming.said(asked.rationale, screen), 2000) or standing.WHY_IN_LOG
    headline = f"*{who}: {words.grade(asked.level)} instead of {running}*"
    return modal(
        ids.DECIDE,
        "Decide a downgrade",
        [
            section(f"*{naming.heading(case)}*. {running} timescales still apply until you decide."),
            section(f"{headline}\n{why}"),
            section(_each(case, asked, screen)),
            ask("decision", "Your decision", radio(ids.VALUE, DECISIONS)),
            *reason_inputs.asks(commands.Approve, "why", screen),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def _each(case: Case, asked: Downgrade, screen: Screen) -> str:
    """Each marker, and what came after the asking: nobody has considered that."""
    lines = [f"{considered.given(code, case, screen)}: {_answer(code, asked)}" for code in case.live_markers]
    before = considered.last_episode(case, screen).strip()
    shown = "\n".join([*(words.escape(line) for line in lines), *([before] if before else [])])
    return f"*Current risk markers*\n{shown or 'None.'}"


def _answer(code: str, asked: Downgrade) -> str:
    if code not in asked.considered:
        return "NOT considered"
    return "said to have changed" if code in asked.changed else "considered, still a risk"


def signing_off(case: Case, screen: Screen, _: str = "") -> View:
    spell = case.concern
    if spell is None or spell.ended_at:
        blocks = [section(_no_concern(case, screen)), marking()]
        return modal(ids.SIGN_OFF, "Sign off", blocks)
    why = limits.clip_markup(naming.said(case.rationale, screen), 2000) or standing.WHY_IN_LOG
    who = f"{naming.staff(spell.set_by, screen)}, {screen.time(spell.rationale_since)}"
    return modal(
        ids.SIGN_OFF,
        "Sign off",
        [
            section(f"*{naming.heading(case)}* · {standing.category(case)}"),
            section(f"*Why not missing* ({who})\n{why}"),
            ask("decision", "Your decision", radio(ids.VALUE, _category_choices(case, screen))),
            *reason_inputs.asks(commands.SignOff, "why", screen),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def _no_concern(case: Case, screen: Screen) -> str:
    return f"It is recorded as missing ({dealt_with.by(case.filed, screen)}): there is nothing to sign off."


def _category_choices(case: Case, screen: Screen) -> dict[str, str]:
    """A child whose whereabouts are not known is missing: that stands first, and the other is looked at again."""
    longer = screen.policy.clocks[ClockName.CONCERN_FOR_SAFETY].signed_off
    again = f" and look again in {words.length(longer)}" if longer and case.whereabouts_unknown else ""
    return {MISSING: "Record as missing", SIGN_OFF: f"Sign off{again}"}


def attending(case: Case, screen: Screen, _: str = "") -> View:
    """A child filed as a concern may get no officer at all: who decides it, and when, is on the record."""
    if case.concern is None or not case.is_concern:
        blocks = [section(_no_concern(case, screen)), marking()]
        return modal(ids.ATTENDANCE, "Will police attend?", blocks)
    paged = clock_words.paged_first(ClockName.CONCERN_FOR_SAFETY, screen.policy)
    unknown = f"If nobody goes and the whereabouts are not known, the {paged} is paged at once."
    return modal(
        ids.ATTENDANCE,
        "Will police attend?",
        [
            section(f"*{naming.heading(case)}* · {standing.category(case)}"),
            ask("where_now", "Where is the child now?", radio(ids.VALUE, WHERE_NOW, _where(case))),
            ask_attendance(ids.VALUE, case.concern.attendance),
            *reason_inputs.asks(commands.Categorise, "rationale", screen),
            *([section(unknown)] if case.is_child and case.whereabouts_unknown else []),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def _where(case: Case) -> str:
    return KNOWN if case.whereabouts_known else NOT_KNOWN


def alerting(case: Case, screen: Screen, _: str = "") -> View:
    return modal(
        ids.ALERT,
        "Child Rescue Alert",
        [
            section("\n".join([f"*{naming.heading(case)}*", *standing.alert(case, screen)])),
            ask("decision", "Child Rescue Alert", radio(ids.VALUE, _ALERT)),
            *reason_inputs.asks(commands.DecideAlert, "why", screen),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def disagreeing(case: Case, screen: Screen, _: str = "") -> View:
    paged = clock_words.paged_first(ClockName.REVIEW, screen.policy)
    return modal(
        ids.CARER_DISAGREES,
        "Carer disagrees",
        [
            section(f"*{naming.heading(case)}*"),
            *reason_inputs.asks(commands.CarerDisagrees, "why", screen),
            *([] if case.seen else [section(f"The {paged} is paged for a review now.")]),
            marking(),
        ],
        submit="Record",
        close="Cancel",
    )


def reviewing(case: Case, screen: Screen, _: str = "") -> View:
    return modal(
        ids.REVIEW,
        f"Review {case.ref}",
        [
            section(
                f"*{naming.heading(case)}*\n{standing.markers(case)}.{considered.last_episode(case, screen)}"
            ),
            section(proposed(*proposal(case)), id="proposed"),
            *considered.each_marker(case, screen),
            *reason_inputs.asks(commands.Review, "rationale", screen, hint=_GUESS),
            *_next_review(case, screen),
            marking(),
        ],
        submit="Record review",
        close="Cancel",
    )


def _next_review(case: Case, screen: Screen) -> list[Block]:
    """Not later than the grade's own interval (domain.md §5)."""
    longest = screen.policy.clocks[ClockName.REVIEW].due.of(case.running_grade)
    if longest is None:
        return []
    lengths = {str(count): timedelta(minutes=count) for count in _NEXT if timedelta(minutes=count) < longest}
    if not lengths:
        return []
    choices = {count: words.length(length) for count, length in lengths.items()}
    hint = f"Left empty: in {words.length(longest)}, as for every {words.grade(case.running_grade)}."
    return [ask("next", "Next review in", radio(ids.VALUE, choices), optional=True, hint=hint)]


def _grade(filled: Filled) -> Command:
    return risk_form.grade(filled.form, carried.chosen(Grade, filled.chosen("level")), filled.screen)


def _decide(filled: Filled) -> Command:
    why = filled.reason("why")
    if filled.chosen("decision") == APPROVE:
        return commands.Approve(why=why)
    return commands.Refuse(why=why)


def _sign_off(filled: Filled) -> Command:
    why = filled.reason("why")
    if filled.chosen("decision") == MISSING:
        return commands.Categorise(category=Category.MISSING.value, rationale=why)
    return commands.SignOff(why=why)


def _review(filled: Filled) -> Command:
    said = risk_form.reasoned(filled.form, filled.screen)
    length = filled.chosen("next")
    next_at = filled.screen.now + timedelta(minutes=carried.minutes(length)) if length else None
    return commands.Review(
        rationale=said.rationale, considered=said.considered, changed=said.changed, next_at=next_at
    )


def _attendance(filled: Filled) -> Command:
    """The category stays as it is; what is decided is decided of this concern."""
    return commands.Categorise(
        category=Category.CONCERN_FOR_SAFETY.value,
        whereabouts_known=filled.chosen("where_now") == KNOWN,
        rationale=filled.reason("rationale"),
        attendance=filled.chosen("attendance"),
    )


STEPS = (
    StepForm(ids.ATTENDANCE, commands.Categorise, attending, _attendance),
    StepForm(
        ids.ALERT,
        commands.DecideAlert,
        alerting,
        lambda filled: commands.DecideAlert(decision=filled.chosen("decision"), why=filled.reason("why")),
    ),
    StepForm(
        ids.CARER_DISAGREES,
        commands.CarerDisagrees,
        disagreeing,
        lambda filled: commands.CarerDisagrees(why=filled.reason("why")),
    ),
    StepForm(ids.GRADE, commands.GradeCase, grading, _grade),
    StepForm(ids.DECIDE, commands.Approve, deciding, _decide),
    StepForm(ids.SIGN_OFF, commands.SignOff, signing_off, _sign_off),
    StepForm(ids.REVIEW, commands.Review, reviewing, _review),
)
