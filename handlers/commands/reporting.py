"""`/missing` by itself: a child is reported."""

from bot.domain import commands
from bot.ports import DraftPlace
from bot.views import ids
from bot.views.forms.prefilled import with_words
from bot.views.forms.report_page import report_page
from bot.views.message import View
from handlers import drafts
from handlers.commands.base import Asked
from handlers.report_form import opened


def report(asked: Asked, incident: str = "") -> View:
    """With the incident number already there, where it was typed after the command. Raises NotDone."""
    asked.parts.need(commands.Report, asked.person)
    place = DraftPlace(asked.person, ids.REPORT)
    screen = asked.parts.screen
    if question := drafts.offer(place, incident, asked.parts):
        return question
    return with_words(report_page(opened(screen), screen), incident=incident)
