"""Considering what was heard, and noting what is being done."""

from bot.domain import commands
from bot.views import ids
from bot.views.modals import information
from handlers.modals.base import Filled, Step


def _consider(filled: Filled) -> commands.Consider:
    return commands.Consider(id=filled.asked.item, outcome=filled.reason("outcome"))


STEPS = (
    Step(ids.CONSIDER, information.considering, _consider),
    Step(ids.ADD_NOTE, information.noting, lambda filled: commands.Note(text=filled.reason("text"))),
)
