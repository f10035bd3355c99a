"""`/missing` by itself: a child is reported."""

from bot.views.message import View
from bot.views.report_page import report_page
from handlers.commands.base import Asked
from handlers.report_form import opened


def report(asked: Asked) -> View:
    screen = asked.parts.screen
    return report_page(opened(screen), screen)
