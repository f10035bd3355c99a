"""The buttons of a list: another filter, another page, the same list as it stands now. They say what is wanted."""

import re
from collections.abc import Callable
from typing import Any

from bot.views import ids
from handlers.commands.lists import list_of
from handlers.home import look
from handlers.homes import Homes
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.parts import Body, Parts
from handlers.replies import replace_own
from handlers.trouble import follow

Ack = Callable[..., Any]


def register(app: Listeners, parts: Parts, homes: Homes) -> None:
    @app.action(re.compile(f"^{ids.LIST}_"))
    def turned(ack: Ack, body: Body) -> None:
        person, wanted = person_of(body), value_of(body)
        parts.need_known(person)
        if (body.get("view") or {}).get("type") == "home":
            ack()
            look(homes, body, wanted, parts)
            return
        listed = list_of(person, wanted, parts)
        ack()
        follow("list", body, lambda: replace_own(body, listed, parts), parts)
