"""The buttons of a list: another filter, another page, the same list as it stands now. They say what is wanted."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.views import ids
from handlers.commands.lists import list_of
from handlers.home import look
from handlers.homes import Homes
from handlers.intake import person_of, value_of
from handlers.parts import Body, Parts
from handlers.replies import replace_own

Ack = Callable[..., Any]


def register(app: App, parts: Parts, homes: Homes) -> None:
    @app.action(re.compile(f"^{ids.LIST}_"))
    def turned(ack: Ack, body: Body) -> None:
        ack()
        person, wanted = person_of(body), value_of(body)
        if (body.get("view") or {}).get("type") == "home":
            look(homes, body, wanted, parts)
        else:
            parts.later.do("list", lambda: replace_own(body, list_of(person, wanted, parts)))
