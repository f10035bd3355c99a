"""`/missing` by itself: a child is reported."""

from bot.domain import commands
from bot.ports.drafts import DraftPlace
from bot.views import ids
from bot.views.message import View
from handlers.commands.word import WordAsked
from handlers.forms import lost_forms
from handlers.forms.reason_inputs import with_words
from handlers.forms.report.report_form import opened
from handlers.forms.report.report_page import report_page


def report(asked: WordAsked, incident: str = "") -> View:
    """With the incident number already there, where it was typed after the command. Raises NotDone."""
    asked.deps.need(commands.Report, asked.person)
    place = DraftPlace(asked.person, ids.REPORT)
    screen = asked.deps.screen
    if question := lost_forms.offer(place, incident, asked.deps):
        return question
    return with_words(report_page(opened(screen), screen), incident=incident)
