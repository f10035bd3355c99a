"""The buttons of a list: another filter, another page, the same list as it stands now. They say what is wanted."""

import re
from collections.abc import Callable
from typing import Any

from bot.views import ids
from handlers.commands.case_lists import list_of
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import follow
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.live_pages.home_tab import look
from handlers.live_pages.open_homes import Homes
from handlers.replies import replace_own

_Ack = Callable[..., Any]


def register(app: Listeners, deps: Dependencies, homes: Homes) -> None:
    @app.action(re.compile(f"^{ids.LIST}_"))
    def turned(ack: _Ack, body: Body) -> None:
        person, wanted = person_of(body), value_of(body)
        deps.need_known(person)
        if (body.get("view") or {}).get("type") == "home":
            ack()
            look(homes, body, wanted, deps)
            return
        listed = list_of(person, wanted, deps)
        ack()
        follow("list", body, lambda: replace_own(body, listed, deps), deps)
