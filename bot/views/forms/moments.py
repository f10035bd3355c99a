"""When something happened: typed, with now already there."""

from bot.typed_times import EXAMPLES
from bot.views import ids
from bot.views.blocks import ask, typed
from bot.views.message import Block
from bot.views.screen import Screen


def ask_when(id: str, label: str, screen: Screen) -> Block:
    now = f"{screen.now.astimezone(screen.zone):%H%M}"
    return ask(id, label, typed(ids.VALUE, initial=now), hint=f"As {EXAMPLES}")
