"""Sentences that a control room would not say: none of them is on any surface, in any case."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.domain import commands
from bot.domain.facts import Grade
from bot.domain.refusals import Because, Refused
from bot.views.wording import refusal_words
from tests.unit.views.busy import busy
from tests.unit.views.story import rowan
from tests.unit.views.surfaces import messages, views
from tests.unit.views.test_escaped_once import texts
from tests.world import TOLD, minutes

OLD = (
    "a FIM knows",
    "took it up as",
    "Nothing waits here",
    "Nothing waits for FIM",
    "Done by: ",
    "recorded an activity",
    "Any activity",
    "no activity",
    "Get a named owner to accept",
    "Sign-off of why not missing",
    "settled the sign-off",
    "ended the concern for safety",
    "accepted: owner",
    "to own it; not yet accepted",
    "the clock runs until they accept",
    "HIGH times run",
    "Not known 18",
    "Why are you worried",
    "Tick a clear YES",
    "Each can mean high risk",
    "somebody named is with them",
    "If you go on",
    "asked, told no",
    "Both YES and NO",
    "or “often goes”",
    "Live markers",
    "is not open for a child",
    "I am not sure what you ask",
    "Does your reply belong",
    "Keep as activity",
    "Keep as information",
    "is open to you",
    "I do not know '",
    "You hold it no more",
    "accepted FIM",
    "holds them",
    "Owed ",
    "To go off duty as the last one",
    "A supervisor changes it",
    "Go on?",
    "Start fresh",
    "climb to you",
    "more, on:",
    "Who there took it",
    "A phone call is not seeing",
    "By telephone meets no clock",
    "the independent one was offered",
    "Why do you let it go",
    "Why should there be no such case",
    "Why is it open again",
    "not for you to acknowledge",
    "An officer or a supervisor does this",
    "This no longer waits for you",
    "is not among this force's people",
    "No page will come from here",
    "HIGH open then",
    "Clocks stood still",
    "That is over",
    "What came due meanwhile",
    "No page comes from paper",
    "have a row; the others are named",
    "no page here calls them",
    "Nothing was said here yet",
)


def everything() -> Iterator[str]:
    early, late = rowan(), rowan()
    due = TOLD + minutes(30)
    late.do(2, "ola", commands.SetEnquiry(id="e1", text="CCTV", owner="ola", due_at=due))
    late.until(45)
    yield from shown(*views(early))
    yield from shown(("card", early.card().blocks), ("page", early.page().blocks))
    for told in (late, busy("x", full=True), busy("x", full=False)):
        yield from (message.text for _, message in messages(told))
        yield from shown(*((name, message.blocks) for name, message in messages(told)), *views(told))
    for because in Because:
        for command in (commands.Take(), commands.Acknowledge(), commands.GradeCase(level=Grade.LOW)):
            wish = refusal_words.Wish(command, "cal")
            yield refusal_words.sentence(Refused(because), wish, late.case(), late.screen)


def shown(*surfaces: tuple[str, Any]) -> Iterator[str]:
    return (text for _, surface in surfaces for _, text in texts(surface))


@pytest.fixture(scope="module")
def said() -> str:
    return "\n".join(everything())


@pytest.mark.parametrize("old", OLD)
def test_no_old_phrase_is_shown(said: str, old: str) -> None:
    assert not [line for line in said.splitlines() if old in line]


@pytest.mark.parametrize(
    "new",
    [
        "FIM NOT aware",
        "Cleared when: ",
        "awaiting acceptance",
        "risk questions not answered",
        "Nothing of this kind waits on the case now",
        "HIGH timescales still apply",
    ],
)
def test_what_is_said_instead_is_shown(said: str, new: str) -> None:
    """Else the test above might look at nothing."""
    assert new in said
