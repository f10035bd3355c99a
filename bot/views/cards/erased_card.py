"""In the place of whatever stood in Slack of a case that was erased."""

from datetime import datetime

from bot.views.cards.renderer import words_alone
from bot.views.message import Message
from bot.views.screen import Screen
from bot.views.wording import no_case_words


def erased(ref: str, at: datetime, screen: Screen) -> Message:
    return words_alone(no_case_words.erased(ref, at, screen.zone))
