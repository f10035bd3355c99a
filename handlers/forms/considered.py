"""The grade, and what a downgrade or a review asks: each live marker, one by one, none preset, no "all"
(screens.md §8)."""

from bot.domain.case import Case
from bot.domain.door.asked import floor
from bot.domain.facts import MARKERS, Grade
from bot.views import ids
from bot.views.blocks import ask, radio, section, typed
from bot.views.message import Block
from bot.views.screen import Screen
from bot.views.wording import naming, standing, words

STILL, CHANGED = "still", "changed"
_CHOICES = {STILL: "Still a risk", CHANGED: "Changed"}
PREFIX = "considered_"
NOTHING_CHANGED = (
    "Not recorded. Every marker is still a risk. What changed, who says so, when? Or keep the grade."
)


def ask_grade(case: Case, screen: Screen, *, optional: bool = False) -> Block:
    """Below the force's floor: absent. None preset."""
    lowest = floor(case, screen.policy)
    open_ = {level.value: level.value.capitalize() for level in Grade if not level.is_below(lowest)}
    return ask("level", "Grade", radio(ids.LIVE, open_), optional=optional)


def if_below(level: Grade | None, case: Case, screen: Screen) -> list[Block]:
    """A grade below the running one is a downgrade, and asks for more."""
    if level is None or not level.is_below(case.running_grade):
        return []
    return [section(_headline(case, screen), id="downgrade"), *each_marker(case, screen)]


def each_marker(case: Case, screen: Screen) -> list[Block]:
    what = ask("changed", "What changed, who says so, when?", typed(ids.VALUE, multiline=True), optional=True)
    return [*(_marker(code, case, screen) for code in case.live_markers), *([what] if screen.full else [])]


def with_what_changed(rationale: str, what: str) -> str:
    return f"{rationale}\nWhat changed: {what}"


def _headline(case: Case, screen: Screen) -> str:
    running = words.grade(case.running_grade)
    why = words.listed(standing.why(case)) or "its reasons stand"
    before = last_episode(case, screen)
    decides = f"A second person decides; {running} timescales still apply until then."
    return f"*DOWNGRADE from {running}:* {why}.{before} {decides}"


def last_episode(case: Case, screen: Screen) -> str:
    """With a space before it; empty where there is none."""
    last = case.last_episode
    return f" Last episode {words.grade(last.grade)}, {screen.date(last.reported_at)}." if last else ""


def _marker(code: str, case: Case, screen: Screen) -> Block:
    return ask(f"{PREFIX}{code}", given(code, case, screen), radio(ids.VALUE, _CHOICES))


def given(code: str, case: Case, screen: Screen) -> str:
    """The marker, who said so, and when: as it is typed, for a label."""
    answer = case.markers[code]
    source = naming.plainly_said(case.reporter.relationship, screen) if answer.source == "report" else ""
    return f"{MARKERS[code]} ({source or 'answered'}, {screen.time(answer.at)})"
