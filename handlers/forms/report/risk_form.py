"""Page 2 of a report, read."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.facts import ADVERSE_EVENT, MARKERS, Answer, Grade
from bot.views.screen import Screen
from bot.views.wording import risk_questions
from handlers import carried
from handlers.forms import considered, submitted
from handlers.forms.reason_inputs import log_entry_of
from handlers.forms.report.risk_page import NO_BLOCKS, YES_BLOCKS, Answering, Kept
from handlers.forms.submitted import Form


def kept(view: dict[str, Any]) -> Kept:
    return carried.decoded(view, Kept)


def read(view: dict[str, Any]) -> Answering:
    form, held = Form(view), kept(view)
    pressed = form.pressed()
    markers = risk_questions.as_markers(pressed)
    level = form.chosen("level")
    return Answering(
        yes=_codes(form, YES_BLOCKS, markers, Answer.YES),
        no=_codes(form, NO_BLOCKS, markers, Answer.NO),
        pressed=tuple(pressed),
        adverse_event=pressed.get(ADVERSE_EVENT),
        no_offered=held.no_offered,
        level=carried.chosen(Grade, level) if level else None,
        unread=held.unread,
        saved=held.saved,
        may_grade=held.may_grade,
    )


def _codes(
    form: Form, blocks: Iterable[str], pressed: Mapping[str, Answer], answer: Answer
) -> tuple[str, ...]:
    """Ticked in these lists, or pressed where their words ask; each once."""
    ticked = [code for block in blocks for code in form.ticked(block)]
    return tuple(dict.fromkeys([*ticked, *(code for code, said in pressed.items() if said is answer)]))


def no_block_of(code: str) -> str:
    return next(block for block, codes in NO_BLOCKS.items() if code in codes)


def new_answers(case: Case, answering: Answering) -> commands.AnswerMarkers | None:
    """What the record does not say already: pressing Record again records nothing twice. A No to words that came
    after an earlier No is said anew."""
    said = dict.fromkeys(answering.no, Answer.NO) | dict.fromkeys(answering.yes, Answer.YES)
    known = {code: given.answer for code, given in case.markers.items()}
    markers = {
        code: answer
        for code, answer in said.items()
        if known.get(code) is not answer or (code in answering.pressed and answer is Answer.NO)
    }
    adverse_event = None if case.adverse_event else answering.adverse_event
    if not markers and adverse_event is None:
        return None
    return commands.AnswerMarkers(markers=markers, adverse_event=adverse_event)


def new_facts(case: Case, form: Form) -> commands.Describe | None:
    """The coded facts; None where nothing is said that the record does not say already."""
    care = {"yes": True, "no": False}.get(form.chosen("looked_after") or "")
    ethnicity = form.chosen("ethnicity") or ""
    said = commands.Describe(
        missing_from=_unless(form.chosen("missing_from"), case.missing_from),
        looked_after=None if care is case.child.looked_after else care,
        sex=_unless(form.chosen("sex"), case.sex),
        ethnicity=_unless(ethnicity, case.child.ethnicity),
    )
    return None if said == commands.Describe() else said


def _unless(chosen: str | None, recorded: str | None) -> str:
    return chosen if chosen and chosen != recorded else ""


def grade(form: Form, level: Grade, screen: Screen) -> commands.GradeCase:
    said = reasoned(form, screen)
    if said.considered and not said.changed and not form.text("changed"):
        form.errors[_asks_what_changed(form, said)] = considered.NOTHING_CHANGED
    return commands.GradeCase(
        level=level, rationale=said.rationale, considered=said.considered, changed=said.changed
    )


def _asks_what_changed(form: Form, said: "Reasoned") -> str:
    """In their own words, where Slack may carry them; else under the first marker."""
    return "changed" if "changed" in form.values else f"{considered.PREFIX}{said.considered[0]}"


def is_reasoned(form: Form) -> bool:
    """Whether something was typed about why. A reason that was only chosen does not count: Slack takes none back."""
    return bool(form.text("rationale") or form.text(log_entry_of("rationale")))


class Reasoned(msgspec.Struct, frozen=True):
    rationale: str
    considered: tuple[str, ...]  # codes of the markers
    changed: tuple[str, ...]


def reasoned(form: Form, screen: Screen) -> Reasoned:
    """Why, with what changed in their own words where those may be kept; and what was said of each marker."""
    rationale = submitted.reason(form, "rationale", screen)
    what = form.text("changed")
    if screen.full and rationale and what:
        rationale = considered.with_what_changed(rationale, what)
    answered = {code: form.chosen(f"{considered.PREFIX}{code}") for code in MARKERS}
    return Reasoned(
        rationale,
        tuple(code for code, choice in answered.items() if choice is not None),
        tuple(code for code, choice in answered.items() if choice == considered.CHANGED),
    )
