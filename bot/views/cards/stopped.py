"""Time has stopped (screens.md §12): silence must not look like calm. And that it runs again."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.people import Role
from bot.views import blocks
from bot.views.message import Message
from bot.views.screen import Screen
from bot.views.wording import words

_NAMED = 100  # references in one section, whose text may have 3,000 characters
USE_PAPER = "The bot cannot page anyone. Use the paper board."


def stopped(
    since: datetime,
    high: Sequence[str],
    calls: Sequence[str],
    screen: Screen,
    *,
    as_of: datetime | None = None,
    answers: bool = True,
) -> Message:
    """`high`: references of the open HIGH cases, `as_of` when they were read; `answers`: the record did, at the time.
    `calls`: what was done beside Slack, a sentence each."""
    head = f"CLOCKS STOPPED since {screen.time(since)}"
    return _alarm(head, f"{USE_PAPER} {_known(high, as_of, screen, answers=answers)}", calls, screen)


def _known(high: Sequence[str], as_of: datetime | None, screen: Screen, *, answers: bool) -> str:
    """Only what was really read."""
    cases = "1 HIGH case" if len(high) == 1 else f"{len(high)} HIGH cases"
    if answers:
        return (
            f"{cases} open at that time: {_listed(high)}." if high else "No HIGH case was open at that time."
        )
    if as_of is None:
        return "The record cannot be read: nobody knows from here which cases are open. Call the technician."
    last = f"{cases}: {_listed(high)}" if high else "no HIGH case"
    return f"The record cannot be read. Open when it was last read, at {screen.time(as_of)}: {last}."


def undecided(
    refs: Sequence[str],
    unreadable: Collection[str],
    since: datetime,
    calls: Sequence[str],
    screen: Screen,
) -> Message:
    """Timers run, and these cases all the same are not decided: a fault that strikes single cases."""
    some = refs[0] if len(refs) == 1 else f"{len(refs)} CASES"
    lost, stuck = _parted(refs, unreadable)
    head = f"{some} CANNOT BE READ" if not stuck else f"NO PAGES for {some}"
    said = [
        f"Work {_listed(lost)} from the incident log; wait for no page. Call the technician." if lost else "",
        f"The bot cannot page anyone about {_listed(stuck)}. Use the paper board for that." if stuck else "",
        "All other cases run.",
    ]
    return _alarm(f"{head} since {screen.time(since)}", " ".join(filter(None, said)), calls, screen)


def _parted(refs: Sequence[str], unreadable: Collection[str]) -> tuple[list[str], list[str]]:
    lost = [ref for ref in refs if ref in unreadable]
    return lost, [ref for ref in refs if ref not in unreadable]


def _alarm(head: str, said: str, calls: Sequence[str], screen: Screen) -> Message:
    shown = [
        blocks.header(f"{words.LATE} {head}"),
        blocks.section(f"{screen.mention(Role.FIM)} {said}"),
        *(blocks.section(call) for call in calls),
        blocks.marking(),
    ]
    return Message(text=" ".join([f"{head}. {said}", *calls]), blocks=shown)


def over(
    refs: Sequence[str], unreadable: Collection[str], since: datetime, until: datetime, screen: Screen
) -> Message:
    """What the banner becomes: an edit, without a sound. `refs`: the cases, where it was about single ones."""
    lost, stuck = _parted(refs, unreadable)
    what = [
        f"{_listed(lost)} could not be read" if lost else "",
        f"No pages came for {_listed(stuck)}" if stuck else "",
    ]
    said = "; ".join(filter(None, what)) or "Clocks stopped"
    return _well(f"{said} {screen.time(since)} to {screen.time(until)}; now {_again(lost, stuck)}.")


def _again(lost: Sequence[str], stuck: Sequence[str]) -> str:
    """What is so again, of what was not."""
    return "read again" if lost and not stuck else "running again"


def running(refs: Sequence[str], unreadable: Collection[str], at: datetime, screen: Screen) -> Message:
    lost, stuck = _parted(refs, unreadable)
    what = [
        f"{_listed(lost)}: can be read again" if lost else "",
        f"{_listed(stuck)}: decided" if stuck else "",
    ]
    said = "; ".join(filter(None, what)) or "Running again"
    return _well(f"{said} {screen.time(at)}. Anything that fell due is being paged now.")


def _well(said: str) -> Message:
    return Message(text=said, blocks=[blocks.section(f"{words.DONE} {said}"), blocks.marking()])


def _listed(refs: Sequence[str]) -> str:
    more = len(refs) - _NAMED
    return ", ".join(refs[:_NAMED]) + (f", and {more} more" if more > 0 else "")
