"""Page 2 of a report: what was not asked yet, earlier episodes before the grade, then the grade (screens.md §1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.domain.case import Case, reckon_running
from bot.domain.commands import GradeCase
from bot.domain.episodes import Likely, Likeness
from bot.domain.facts import MARKERS, Answer, Grade, MarkerAnswer
from bot.domain.grading import proposal, reasons_for
from bot.views import ids, limits
from bot.views.blocks import actions, ask, button, checkboxes, marking, modal, section
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import delivery, risk_questions, standing, words
from bot.views.wording import earlier_episodes as said
from bot.views.wording.language import hint
from bot.views.wording.risk_questions import YES_CHOICES
from handlers.forms import considered, reason_inputs
from handlers.forms.report.report_page import proposed

HEALTH = (
    "mental_health",
    "disability",
    "pregnancy",
    "substances",
    "child_protection_plan",
    "harmed_before",
)
PEOPLE = (
    "online_grooming",
    "domestic_abuse",
    "honour_based",
    "radicalisation",
    "danger_to_others",
    "weather",
    "out_of_character",
)
FIRST_PAGE = tuple(code for code in YES_CHOICES if code in MARKERS)
assert sorted((*FIRST_PAGE, *HEALTH, *PEOPLE)) == sorted(MARKERS), "each marker is asked on one list, once"
YES_BLOCKS = {"yes_health": HEALTH, "yes_people": PEOPLE}
NO_BLOCKS = {"no_first": FIRST_PAGE, "no_health": HEALTH, "no_people": PEOPLE}
_CARRIED = 50  # earlier episodes that a redraw knows of: Slack lets a view carry 3,000 characters
_TITLES = {
    "yes_health": "YES, health and care",
    "yes_people": "YES, people and places",
    "no_first": "Asked and answered NO (page 1 risks)",
    "no_health": "Asked and answered NO (health and care)",
    "no_people": "Asked and answered NO (people and places)",
}


class Answering(msgspec.Struct, frozen=True, kw_only=True):
    """The page while it is being filled in."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    pressed: tuple[str, ...] = ()  # of these, those answered where their words ask
    adverse_event: bool | None = None  # as pressed there
    no_offered: tuple[str, ...] | None = None  # None: the no lists are still closed; else fixed when opened
    level: Grade | None = None
    unread: tuple[str, ...] = ()  # likely earlier episodes that could not be read
    saved: datetime | None = None
    may_grade: bool = True

    @property
    def both(self) -> tuple[str, ...]:
        return tuple(code for code in self.yes if code in self.no)


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the view carries through its redraws."""

    ref: str
    no_offered: tuple[str, ...] | None = None
    saved: datetime | None = None
    may_grade: bool = True
    seen: tuple[str, ...] = ()  # likely earlier episodes, as found when the page was opened
    unread: tuple[str, ...] = ()


def risk_page(case: Case, answering: Answering, screen: Screen, likely: Sequence[Likely] = ()) -> View:
    answered = with_answers(case, answering, screen)
    kept = Kept(
        case.ref,
        answering.no_offered,
        answering.saved or screen.now,
        answering.may_grade,
        tuple(each.case.ref for each in likely[:_CARRIED]),
        answering.unread,
    )
    return modal(
        ids.RISK,
        f"Risk: {case.ref}",
        [
            section(_saved(case, answering, screen)),
            *_advice(case, screen),
            *risk_questions.rows(risk_questions.unanswered(case, screen)),
            *unread(answering.unread),
            *seen_before(case, likely, screen),
            *(_ask_markers(id, codes) for id, codes in YES_BLOCKS.items()),
            _counts(answered, answering),
            *_no_lists(answering),
            section(proposed(*proposal(answered)), id="proposed"),
            *_grade(answered, answering, screen),
            *reason_inputs.of_child(case, screen),
            marking(),
        ],
        submit="Record",
        close="Finish later",
        metadata=msgspec.json.encode(kept).decode(),
    )


def _grade(case: Case, answering: Answering, screen: Screen) -> list[Block]:
    if not answering.may_grade:
        return [section("The control room or a supervisor records the grade.", id="not_yours")]
    return [
        considered.ask_grade(case, screen, optional=True),
        *considered.if_below(answering.level, case, screen),
        *reason_inputs.asks(GradeCase, "rationale", screen, optional=True),
    ]


def with_answers(case: Case, answering: Answering, screen: Screen) -> Case:
    """The case as it would stand: the same reckoning as when it is recorded."""

    def given(answer: Answer) -> MarkerAnswer:
        return MarkerAnswer(answer=answer, by="", at=screen.now)

    said: Mapping[str, MarkerAnswer] = {
        **{code: given(Answer.NO) for code in answering.no},
        **{code: given(Answer.YES) for code in answering.yes},  # in both lists: counted YES
    }
    left = case.adverse_event or bool(answering.adverse_event)
    answered = replace(case, markers={**case.markers, **said}, adverse_event=left)
    risk = case.risk
    raised = {code: level for code, level in reasons_for(answered).items() if code not in risk.answered}
    risk = replace(risk, raised={**risk.raised, **raised})
    running = (*risk.running, (screen.now, reckon_running(risk)))
    return replace(answered, risk=replace(risk, running=running))


def _saved(case: Case, answering: Answering, screen: Screen) -> str:
    saved = screen.time(answering.saved or screen.now)
    said = [f"{words.DONE} SAVED {saved}. Clocks run from {screen.time(case.told_at)}"]
    return "\n".join([". ".join([*said, *delivery.arrived(case, screen)]) + ".", *_not_arrived(case, screen)])


def _not_arrived(case: Case, screen: Screen) -> list[str]:
    return [f"{line}." for line in delivery.on_their_way(case, screen)]


def _advice(case: Case, screen: Screen) -> list[Block]:
    """On the words of page 1, which stand as they were said."""
    if not screen.full:
        return []
    said = hint(screen.language.advice(f"{case.why_worried}\n{case.rationale}"))
    return [section(f"On the wording of page 1. {said}", id="advice")] if said else []


def _ask_markers(id: str, codes: Sequence[str]) -> Block:
    choices = {code: MARKERS[code] for code in codes}
    return ask(id, _TITLES[id], checkboxes(ids.LIVE, choices), optional=True)


def _counts(case: Case, answering: Answering) -> Block:
    yes = len(case.live_markers)
    no = sum(given.answer is Answer.NO for given in case.markers.values())
    said = f"Yes {yes} · No {no} · {standing.not_answered(case)}"
    is_open = answering.no_offered is not None
    opener = None if is_open else button("Record the NO answers", ids.SHOW_NO_LISTS)
    return section(said, accessory=opener, id="counts")


def _no_lists(answering: Answering) -> list[Block]:
    """Less those that were YES when the lists were opened: options do not vanish while somebody ticks."""
    offered = answering.no_offered
    if offered is None:
        return []
    groups = {id: [code for code in codes if code in offered] for id, codes in NO_BLOCKS.items()}
    return [_ask_markers(id, codes) for id, codes in groups.items() if codes]


def both_yes_and_no(codes: Sequence[str]) -> str:
    named = ", ".join(MARKERS[code] for code in codes)
    return limits.clip(f"Ticked both YES and NO: {named}. Untick one.", 300)


# Likely earlier episodes on page 2 of a report, each with the buttons to open it and to say "same
# child".


def seen_before(case: Case, likely: Sequence[Likely], screen: Screen) -> list[Block]:
    return [
        *_said("within_a_day", said.within_a_day(case, likely, screen)),
        *(block for each in likely[: said.SHOWN] for block in _episode(case, each, screen)),
        *_said("", said.also_possible(likely[said.SHOWN :])),
        *_said("how_often", said.how_often(case, likely)),
    ]


def unread(refs: Sequence[str]) -> list[Block]:
    return _said("unread", said.not_read(refs))


def _said(id: str, text: str) -> list[Block]:
    return [section(text, id=id)] if text else []


def _episode(case: Case, likely: Likely, screen: Screen) -> list[Block]:
    other, text = likely.case, said.episode(case, likely, screen)
    opened = button("Open", ids.OPEN_CASE, other.ref, spoken=f"Open case {other.ref}")
    if likely.because is Likeness.SAME_CHILD:
        return [section(text, accessory=opened, id=f"seen {other.ref}")]
    same = button(
        "Same child",
        ids.SAME_CHILD,
        ids.together(case.ref, other.ref),
        spoken=f"Same child as in {other.ref}",
    )
    return [section(text, id=f"seen {other.ref}"), actions(opened, same)]
