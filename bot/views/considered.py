"""What a downgrade asks: each live marker, one by one, none preset, no "all" (screens.md §8)."""

from bot.domain.case import Case
from bot.domain.markers import MARKERS
from bot.views import ids, naming, standing, words
from bot.views.blocks import ask, radio, section, typed
from bot.views.message import Block
from bot.views.screen import Screen

STILL, CHANGED = "still", "changed"
_CHOICES = {STILL: "Still a risk", CHANGED: "Changed"}
PREFIX = "considered_"


def downgrade(case: Case, screen: Screen) -> list[Block]:
    what = ask("changed", "What changed, who says so, when?", typed(ids.VALUE, multiline=True), optional=True)
    return [
        section(_headline(case, screen), id="downgrade"),
        *(marker(code, case, screen) for code in case.live_markers),
        *([what] if screen.full else []),
    ]


def _headline(case: Case, screen: Screen) -> str:
    running = words.grade(case.running_grade)
    why = words.listed(standing.live(case)) or "its reasons stand"
    last = case.last_episode
    before = f" Last episode {words.grade(last.grade)}, {screen.date(last.reported_at)}." if last else ""
    return (
        f"*DOWNGRADE from {running}:* {why}.{before} A second person decides; {running} times run until then."
    )


def marker(code: str, case: Case, screen: Screen) -> Block:
    given = case.markers[code]
    source = naming.said(case.reporter.relationship, screen) if given.source == "report" else ""
    label = f"{MARKERS[code]} ({source or 'answered'}, {screen.time(given.at)})"
    return ask(f"{PREFIX}{code}", label, radio(ids.VALUE, _CHOICES))
