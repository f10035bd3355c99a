"""The steps whose views ask one or two things."""

from bot.domain import commands
from bot.views import ids, small_modals
from handlers.modals.base import Filled, Step


def _inform(filled: Filled) -> commands.Inform:
    return commands.Inform(id=filled.view_id, kind="call", text=filled.reason("text"))


def _locate(filled: Filled) -> commands.Locate:
    seen = filled.chosen("seen") in ("police", "other")
    return commands.Locate(where=filled.reason("where"), seen_in_person=seen)


def _tell(filled: Filled) -> commands.Tell:
    return commands.Tell(who=filled.chosen("who"), how=filled.form.text("how"))


STEPS = (
    Step(
        ids.ASSIGN,
        lambda case, screen, _: small_modals.assign(case, screen),
        lambda filled: commands.Assign(to=filled.chosen("to")),
    ),
    Step(ids.ADD_TO_CASE, lambda case, screen, _: small_modals.adding(case, screen), _inform),
    Step(ids.TELLING, lambda case, screen, _: small_modals.telling(case, screen), _tell),
    Step(ids.LOCATING, lambda case, screen, _: small_modals.locating(case, screen), _locate),
)
