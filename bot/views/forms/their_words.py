"""The questions that the caller's words put, answered after the report: one press each."""

from bot.domain.case import Case
from bot.views import ids
from bot.views.blocks import marking, modal, section
from bot.views.message import View
from bot.views.screen import Screen
from bot.views.wording import asked, naming


def answering(case: Case, screen: Screen, _: str = "") -> View:
    asks = asked.unanswered(case, screen)
    if not asks:
        blocks = [section("Every question that their words put is answered."), marking()]
        return modal(ids.THEIR_WORDS, "Their words", blocks)
    said = "Ask, and press what you are told. What you leave open stays on the card."
    blocks = [section(f"*{naming.heading(case)}*\n{said}"), *asked.rows(asks), marking()]
    return modal(ids.THEIR_WORDS, "Their words", blocks, submit="Record", close="Cancel")
