"""Time has stopped (screens.md §12): silence must not look like calm. And that it runs again."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.people import Role
from bot.views import blocks, words
from bot.views.message import Message
from bot.views.screen import Screen

_NAMED = 100  # references in one section, whose text may have 3,000 characters
_USE_PAPER = "No page will come from here. Use the paper board."


def stopped(since: datetime, high: Sequence[str], calls: Sequence[str], screen: Screen) -> Message:
    """`high`: references of the open HIGH cases. `calls`: what was done beside Slack, a sentence each."""
    head = f"CLOCKS STOPPED since {screen.time(since)}"
    owed = f"{len(high)} HIGH open then: {_listed(high)}." if high else "No HIGH case was open then."
    return _alarm(head, f"{_USE_PAPER} {owed}", calls, screen)


def undecided(refs: Sequence[str], since: datetime, calls: Sequence[str], screen: Screen) -> Message:
    """Timers run, and these cases all the same are not decided: a fault that strikes single cases."""
    some = refs[0] if len(refs) == 1 else f"{len(refs)} CASES"
    head = f"NO PAGES for {some} since {screen.time(since)}"
    said = f"No page will come for {_listed(refs)}. Use the paper board for that. All other cases run."
    return _alarm(head, said, calls, screen)


def _alarm(head: str, said: str, calls: Sequence[str], screen: Screen) -> Message:
    shown = [
        blocks.header(f"{words.LATE} {head}"),
        blocks.section(f"{screen.mention(Role.FIM)} {said}"),
        *(blocks.section(call) for call in calls),
        blocks.marking(),
    ]
    return Message(text=" ".join([f"{head}. {said}", *calls]), blocks=shown)


def over(refs: Sequence[str], since: datetime, until: datetime, screen: Screen) -> Message:
    """What the banner becomes: an edit, without a sound. `refs`: the cases, where it was about single ones."""
    what = f"No pages came for {_listed(refs)}" if refs else "Clocks stood still"
    return _well(f"{what} {screen.time(since)} to {screen.time(until)}. That is over.")


def running(refs: Sequence[str], at: datetime, screen: Screen) -> Message:
    what = f"{_listed(refs)}: decided {screen.time(at)}" if refs else f"Running again {screen.time(at)}"
    return _well(f"{what}. What came due meanwhile is paged now.")


def _well(said: str) -> Message:
    return Message(text=said, blocks=[blocks.section(f"{words.DONE} {said}"), blocks.marking()])


def _listed(refs: Sequence[str]) -> str:
    more = len(refs) - _NAMED
    return ", ".join(refs[:_NAMED]) + (f", and {more} more" if more > 0 else "")
