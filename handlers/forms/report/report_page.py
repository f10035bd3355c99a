"""`/missing`: what must be saved, and all that can mean high (screens.md §1). Saving it starts the clocks.

Block ids are the names of the report's fields, `NOT_MISSING` apart, so that a refusal finds the input it is about. In
an open view they never change: a redraw loses nothing that was typed.
"""

from datetime import datetime

import msgspec

from bot.domain.clocks import ClockName
from bot.domain.commands import Report
from bot.domain.declared import prompt_of
from bot.domain.facts import Attendance, Category, Child, Grade
from bot.domain.grading import proposal
from bot.domain.training import TRAINING
from bot.risk_words import Ask
from bot.typed_times import EXAMPLES
from bot.views import ids
from bot.views.blocks import ask, button, checkboxes, marking, modal, radio, section, typed
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import risk_questions, standing, words
from bot.views.wording.reasons import IN_LOG
from bot.views.wording.risk_questions import YES_CHOICES
from handlers.forms import reason_inputs
from handlers.forms.report.report_draft import Draft, as_case, due

_BLOCKS = 19  # at most (screens.md, principle 5); what their words ask has those that are left
NOT_KNOWN, KNOWN = "not_known", "known"
WHERE_NOW = {NOT_KNOWN: "Not known, or a guess", KNOWN: "Known: a named person is with the child now"}
_ATTENDANCE = {
    Attendance.YES.value: "Yes",
    Attendance.NO.value: "No: RCRP, or for another reason",
    Attendance.UNDECIDED.value: "Not decided",
}
# Not "rationale": Slack keeps what was typed into a block of the same name, and page 2 asks why for the grade.
NOT_MISSING = "not_missing"


class ReportOpened(msgspec.Struct, frozen=True):
    """What the view carries through its redraws."""

    told: str
    concern: bool = False


def report_page(draft: Draft, screen: Screen) -> View:
    kept = ReportOpened(told=draft.told_preset, concern=draft.concern)
    who = [*_no_child(draft), *(_who_in_full() if screen.full else [_ask_age("Age")]), _ask_yes()]
    rest = [
        _proposed(draft, screen),
        _ask_where_now(),
        *_category(draft, screen),
        *_last_seen(screen),
        *(_reporter() if screen.full else [_ask_in_log()]),
        ask("incident", prompt_of(Report, "incident").text, typed(ids.VALUE)),
        ask("told_at", "Police told at", typed(ids.VALUE, initial=draft.told_preset), hint=f"As {EXAMPLES}"),
        ask("person_ref", "Person record number, if there is one", typed(ids.VALUE), optional=True),
        marking(),
    ]
    asks = _to_ask(draft, _BLOCKS - len(who) - len(rest))
    return modal(
        ids.TRAINING_REPORT if draft.training else ids.REPORT,
        f"{TRAINING}: report" if draft.training else "Report a missing child",
        [*who, *risk_questions.rows(asks), *rest],
        submit=f"Save {TRAINING} case" if draft.training else "Save, start clocks",
        close="Cancel",
        metadata=msgspec.json.encode(kept).decode(),
    )


def _no_child(draft: Draft) -> list[Block]:
    """Said first, since everything below it is as in the form for a child."""
    if not draft.training:
        return []
    said = f"*{TRAINING} CASE: no child is missing.* It pages people as for a child, and says {TRAINING} to each."
    return [section(f"{said}\nFor a child: close this and type /missing.", id="training")]


def _who_in_full() -> list[Block]:
    name = typed(ids.VALUE) | {"focus_on_load": True}
    return [
        ask("name", prompt_of(Child, "name").text, name),
        _ask_age("Age or birth date"),
        ask("why_worried", prompt_of(Report, "why_worried").text, typed(ids.VALUE, multiline=True)),
    ]


def _ask_age(label: str) -> Block:
    """Its changes redraw the page, since under 13 means high."""
    return ask("age", label, typed(ids.LIVE))


def _ask_yes() -> Block:
    label = "Tick any that apply. Any of these can mean HIGH risk."
    boxes = checkboxes(ids.LIVE, YES_CHOICES)
    return ask("yes", label, boxes, optional=True, hint=risk_questions.FORMS_OF)


def _to_ask(draft: Draft, room: int) -> list[Ask]:
    """What is not ticked, in the order of the words: each that was pressed, so that no press is lost, and of the
    others the gravest that there is room for, since page 2 asks again."""
    rank = list(YES_CHOICES)
    asks = [ask for ask in draft.asks if ask.marker not in draft.yes]
    open_ones = [ask for ask in asks if ask.marker not in draft.pressed]
    gravest = sorted(open_ones, key=lambda ask: rank.index(ask.marker) if ask.marker in rank else len(rank))
    left = max(0, room - (len(asks) - len(open_ones)))
    shown = {ask.marker for ask in gravest[:left]} | set(draft.pressed)
    return [ask for ask in asks if ask.marker in shown]


def _ask_where_now() -> Block:
    return ask("where_now", "Where is the child now?", radio(ids.LIVE, WHERE_NOW, NOT_KNOWN))


def _proposed(draft: Draft, screen: Screen) -> Block:
    return section(proposed(*proposal(as_case(draft, screen))), id="proposed")


def proposed(level: Grade, codes: tuple[str, ...]) -> str:
    """Two lines, always: boxes never move under the mouse."""
    return f"*PROPOSED: {words.grade(level)}. You decide.*\n{standing.reasons(codes)}"


def _category(draft: Draft, screen: Screen) -> list[Block]:
    if draft.category is Category.MISSING:
        instead = button("Concern for safety instead", ids.CONCERN_INSTEAD)
        return [section("Category: *MISSING*", accessory=instead, id="category")]
    if draft.known:
        said = section("Category: *CONCERN FOR SAFETY*, whereabouts known", id="category")
        return [said, *_ask_why_not_missing(screen), ask_attendance(ids.LIVE)]
    stop = f"Category: *CONCERN FOR SAFETY*, whereabouts NOT known\n{_stop(draft, screen)}"
    keep = button("Keep as missing", ids.KEEP_MISSING, primary=True)
    said = section(stop, accessory=keep, id="category")
    return [said, *_ask_why_not_missing(screen), ask_attendance(ids.LIVE)]


def ask_attendance(action: str, decided: Attendance = Attendance.UNDECIDED) -> Block:
    """A child filed as a concern may get no officer at all (Right Care Right Person)."""
    return ask("attendance", "Will police attend?", radio(action, _ATTENDANCE, decided.value))


def _ask_why_not_missing(screen: Screen) -> list[Block]:
    return reason_inputs.asks(Report, "rationale", screen, block=NOT_MISSING)


def _stop(draft: Draft, screen: Screen) -> str:
    case = as_case(draft, screen)
    sign_by, paged_at = (
        due(case, ClockName.RATIONALE_SIGNED_OFF, screen),
        due(case, ClockName.CONCERN_FOR_SAFETY, screen),
    )
    if sign_by is None or paged_at is None:
        return "*STOP.* Whereabouts not known means MISSING."
    return f"*STOP.* Whereabouts not known means MISSING. If you continue, {_sign_off(sign_by, paged_at, screen)}."


def _sign_off(by: datetime, paged_at: datetime, screen: Screen) -> str:
    """Signed off in time, the concern for safety has longer and nobody is paged then (domain.md §5)."""
    first = f"the {words.ROLES[screen.policy.clocks[ClockName.CONCERN_FOR_SAFETY].ladder[0]]}"
    if paged_at <= screen.now < by:
        return f"nobody attends: {first} is paged at once, and a supervisor must sign this off by {screen.time(by)}"
    if by <= screen.now:
        return f"a supervisor must sign this off now, and {first} is paged at once"
    when = "" if by == paged_at else f" {screen.time(paged_at)}"
    return f"a supervisor must sign this off by {screen.time(by)}; otherwise {first} is paged{when}"


def _last_seen(screen: Screen) -> list[Block]:
    when = ask("last_seen_at", "Last seen, when", typed(ids.VALUE), hint=f'{EXAMPLES}, or "not known"')
    where = ask("last_seen_where", "Last seen, where", typed(ids.VALUE))
    return [when, where] if screen.full else [when]


def _reporter() -> list[Block]:
    return [
        ask("reporter_name", "Reporter: name", typed(ids.VALUE)),
        ask("reporter_phone", "Reporter: number", typed(ids.VALUE)),
        ask("reporter_relationship", "Reporter: relationship", typed(ids.VALUE)),
    ]


def _ask_in_log() -> Block:
    return ask("in_log", "In the incident log:", checkboxes(ids.VALUE, IN_LOG), optional=True)
