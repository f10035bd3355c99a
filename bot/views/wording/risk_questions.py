"""What the caller's words ask about, as questions: "Their words say 'kill herself'. Suicidal statement today?"

It only asks. A marker is ticked, or answered no, by somebody's press alone; and nothing of it is kept: what is still
unanswered follows from the words of the record and the markers answered since.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.domain.case import Case, Status
from bot.domain.facts import ADVERSE_EVENT, MARKERS, Answer
from bot.domain.grading import HIGH_ALONE, WHEREABOUTS_MATTER
from bot.risk_words import Ask
from bot.views import ids, limits
from bot.views.blocks import ask as ask_input
from bot.views.blocks import radio
from bot.views.message import Block
from bot.views.screen import Screen
from bot.views.wording import words

YES_CHOICES = {
    "suicidal_today": MARKERS["suicidal_today"],
    "self_harm": "Self-harm, now or before",
    "abduction": MARKERS["abduction"],
    "cse": MARKERS["cse"],
    "trafficking": MARKERS["trafficking"],
    "cce": MARKERS["cce"],
    "serious_violence": MARKERS["serious_violence"],
    "medication": MARKERS["medication"],
    "medical": MARKERS["medical"],
    ADVERSE_EVENT: "Left school or home without permission",
}
"""The ten risks of the first page: each can mean high."""
assert {*HIGH_ALONE, *WHEREABOUTS_MATTER} <= set(YES_CHOICES), "what can mean high is asked first"
FORMS_OF = "Criminal exploitation: county lines, cuckooing, internal concealment."
"""Its present forms, beside the boxes (Crime and Policing Act 2026)."""
YES, NO = "yes", "no"
_PREFIX = "asked_"
_QUOTED = 120  # characters of the caller's words
_IN_SHORT = 120  # of the risks that they ask about, in one line


def label(marker: str) -> str:
    return YES_CHOICES.get(marker) or MARKERS[marker]


def question(ask: Ask) -> str:
    """As it is typed: where it becomes markup, it is escaped there."""
    said = " ".join(ask.words.split())
    return f"Their words say '{limits.clip(said, _QUOTED)}'. {label(ask.marker)}?"


def asks_of(text: str, screen: Screen) -> list[Ask]:
    """None in reference-only mode: there nothing may be typed that could be read."""
    return screen.risk_words.asks(text) if screen.full and screen.risk_words else []


def unanswered(case: Case, screen: Screen) -> list[Ask]:
    """In the order of the first page, suicide first; words that came after a no ask again."""
    if case.status is Status.CLOSED:
        return []
    found: dict[str, Ask] = {}
    for text, at in _said(case):
        for ask in asks_of(text, screen):
            if not _is_answered(case, ask.marker, at):
                found.setdefault(ask.marker, ask)
    order = list(YES_CHOICES)
    return sorted(
        found.values(), key=lambda ask: order.index(ask.marker) if ask.marker in order else len(order)
    )


def _said(case: Case) -> Iterator[tuple[str, datetime]]:
    yield f"{case.why_worried}\n{case.rationale}", case.typed_at
    for heard in case.information.values():
        yield heard.text, heard.received.at
    for note in case.notes:
        yield note.text, note.step.at


def _is_answered(case: Case, marker: str, said_at: datetime) -> bool:
    if marker == ADVERSE_EVENT:
        return case.adverse_event or (case.not_adverse_at is not None and case.not_adverse_at >= said_at)
    given = case.markers.get(marker)
    if given is None or given.answer is Answer.NOT_KNOWN:
        return False
    return given.answer is Answer.YES or given.at >= said_at


def rows(asks: Sequence[Ask]) -> list[Block]:
    """One input each, which keeps its answer through redraws like any other. The words stand as a label, literally."""
    choices = {YES: "Yes", NO: "No"}
    return [
        ask_input(f"{_PREFIX}{each.marker}", question(each), radio(ids.LIVE, choices), optional=True)
        for each in asks
    ]


def answers(chosen: Mapping[str, str]) -> dict[str, bool]:
    """From the values of a form's blocks, what was pressed on such rows: marker → yes."""
    return {
        block.removeprefix(_PREFIX): value == YES
        for block, value in chosen.items()
        if block.startswith(_PREFIX) and value in (YES, NO)
    }


def rows_in(blocks: Iterable[str]) -> list[str]:
    """Those of a form's blocks that are such rows."""
    return [block for block in blocks if block.startswith(_PREFIX)]


def as_markers(pressed: Mapping[str, bool]) -> dict[str, Answer]:
    """Without whether they left without permission, which is no marker."""
    return {
        marker: Answer.YES if yes else Answer.NO for marker, yes in pressed.items() if marker != ADVERSE_EVENT
    }


def in_short(case: Case, screen: Screen, longest: int = _IN_SHORT) -> list[str]:
    """One line where the questions themselves do not stand: it quotes nothing, so that a page may say it too.

    How many, and as many of the risks as `longest` characters hold, one at least.
    """
    asks = unanswered(case, screen)
    if not asks:
        return []
    about = [words.lower_first(label(each.marker)) for each in asks]
    said, _ = limits.pack(about, longest, joint="; ")
    return [f"From their words, {len(asks)} not answered: {said or about[0]}"]


def lines(case: Case, screen: Screen) -> list[str]:
    """For a card: each question, and that nobody has answered it."""
    return [f"{question(each)} Not answered" for each in unanswered(case, screen)]
