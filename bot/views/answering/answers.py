"""Answers in words: dated snapshots, so each says "At 14:09" (screens.md §6). Several questions are one message."""

from collections.abc import Sequence
from html import unescape

from bot.domain.case import Case
from bot.domain.facts import MARKERS, MarkerAnswer
from bot.questions import Intent
from bot.views import ids, limits
from bot.views.answering import known_risk, now, recorded
from bot.views.answering.known_risk import QUESTIONS, About
from bot.views.blocks import actions, button, marking, modal, section
from bot.views.message import Block, Message, View
from bot.views.screen import Screen
from bot.views.wording import naming, standing, words

PARTS = (known_risk, now, recorded)
"""Each brings the answers to its questions."""
assert set(QUESTIONS) == set(Intent), "a question without an answer"
NOT_UNDERSTOOD = (
    "I did not understand the question. I can answer, for one case: "
    f"{', '.join(QUESTIONS[intent].offered for intent in Intent)}. One or several at once."
)
_SECTIONS = 3  # beyond them a message would come near to Slack's limit; what is left is in Open case


def status(case: Case, screen: Screen) -> Message:
    return answer([Intent.STATUS], About(case, ()), screen)


def answer(asked: Sequence[Intent], about: About, screen: Screen) -> Message:
    """One message, in the order asked; at least one question was asked."""
    at = screen.time(screen.now)
    first, *rest = _lines(asked, about, screen)
    named = naming.label(about.case)
    parts = _sections([f"*{named}At {at}.* {first}", *rest])
    return Message(
        text=f"{named}At {at}: {_spoken(asked, about.case, screen)}.",
        blocks=[*(section(part) for part in parts), _doors(asked, about.case), marking()],
    )


def in_plain_words(asked: Sequence[Intent], about: About, screen: Screen) -> str:
    """The same answer, whole and without Slack's markup."""
    return unescape(
        words.as_typed(
            f"{naming.label(about.case)}At {screen.time(screen.now)}. "
            + "\n".join(_lines(asked, about, screen))
        )
    )


def _lines(asked: Sequence[Intent], about: About, screen: Screen) -> list[str]:
    return [line for intent in asked for line in QUESTIONS[intent].lines(about, screen)]


def _sections(lines: Sequence[str]) -> list[str]:
    """As few blocks as hold these lines."""
    parts: list[str] = []
    left = list(lines)
    while left and len(parts) < _SECTIONS:
        shown, taken = limits.pack(left, limits.SECTION - 60, joint="\n")
        parts.append(shown or limits.clip_markup(left[0], limits.SECTION - 60))
        left = left[max(1, taken) :]
    if left:
        parts[-1] += f"\nand {len(left)} more lines in Open case"
    return parts


def _spoken(asked: Sequence[Intent], case: Case, screen: Screen) -> str:
    """What a locked phone may show."""
    if asked[0] is Intent.STATUS:
        return f"{naming.spoken(case)}, {standing.category(case)}, {standing.owner(case, screen)}"
    return f"{case.ref}, {', '.join(asked)}"


def _doors(asked: Sequence[Intent], case: Case) -> Block:
    picture = button("Picture", ids.TIMELINE_PICTURE, case.ref, spoken=f"Timeline of {case.ref} as a picture")
    return actions(
        *([picture] if Intent.TIMELINE in asked else []),
        button("Details", ids.DETAILS, case.ref, spoken=f"Details of {case.ref}"),
        button("Open case", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}"),
    )


def details(case: Case, screen: Screen) -> View:
    """Where each thing that was said comes from: who, when, and from what."""
    said = [
        f"Report: {screen.time(case.typed_at)} {naming.staff(case.reported_by, screen)}",
        now.grade(case, screen),
    ]
    said += [now.category(case, screen), now.holder(case, screen)]
    sources = [_source(code, given, screen) for code, given in case.markers.items()]
    shown, taken = limits.pack(sources, limits.SECTION - 100, joint="\n")
    blocks = [section("\n".join(said)), *([section(f"*Markers*\n{shown}")] if taken else []), marking()]
    return modal(ids.CASE, f"Details {case.ref}", blocks, metadata=case.ref)


def _source(code: str, given: MarkerAnswer, screen: Screen) -> str:
    answer = given.answer.value.replace("_", " ")
    who = naming.staff(given.by, screen)
    return f"{MARKERS[code]}: {answer} ({given.source}, {screen.time(given.at)}, {who})"


def not_understood() -> Message:
    return Message(text=NOT_UNDERSTOOD, blocks=[section(NOT_UNDERSTOOD), marking()])
