"""When something happened: typed, with now already there."""

from bot.views import ids
from bot.views.blocks import ask, typed
from bot.views.message import Block
from bot.views.screen import Screen

TIMES = '"1245", "yest 2130" or "1 Mar 0910"'


def ask_when(id: str, label: str, screen: Screen) -> Block:
    now = f"{screen.now.astimezone(screen.zone):%H%M}"
    return ask(id, label, typed(ids.VALUE, initial=now), hint=f"As {TIMES}")
