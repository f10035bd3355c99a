"""Likely earlier episodes on page 2 of a report, each with the buttons to open it and to say "same child"."""

from collections.abc import Sequence

from bot.domain.case import Case
from bot.domain.episodes import Likely, Likeness
from bot.views import ids
from bot.views.blocks import actions, button, section
from bot.views.message import Block
from bot.views.screen import Screen
from bot.views.wording import earlier_episodes as said


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
