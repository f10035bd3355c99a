"""App Home: opened, filtered and paged; the welcome with a page to try; and the buttons of a list."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from bot.views import ids
from bot.views.lists import guide, listing
from bot.views.wording import naming
from handlers.commands.case_commands import list_of
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import follow
from handlers.intake import made_at, person_of, value_of
from handlers.listeners import Listeners, PutUp
from handlers.live_pages.open_homes import Homes
from handlers.replies import replace_own
from handlers.sight import sight

Ack = Callable[..., Any]


def register(app: Listeners, deps: Dependencies, homes: Homes) -> None:
    @app.event("app_home_opened")
    def opened(body: Body) -> None:
        event = body["event"]
        if event.get("tab", "home") == "home":
            before = str((event.get("view") or {}).get("private_metadata", ""))
            look(homes, body, before, deps)

    @app.action(ids.WELCOMED)
    def welcomed(ack: Ack, body: Body) -> None:
        deps.need_known(person_of(body))
        deps.ask(lambda: homes.welcomed(person_of(body)))
        ack()
        look(homes, body, str((body.get("view") or {}).get("private_metadata", "")), deps)

    @app.action(ids.PRACTICE)
    def practise(ack: Ack, body: Body) -> None:
        ack()
        follow("practice page", body, lambda: send_practice(person_of(body), deps), deps)

    @app.action(ids.PRACTICE_ACKNOWLEDGE)
    def practised(ack: Ack, body: Body) -> None:
        ack()
        follow("practice answer", body, lambda: answer_practice(body, deps), deps)


def look(homes: Homes, body: Body, wanted: str, deps: Dependencies) -> None:
    """Later: what is drawn never holds up an answer to Slack."""
    person, at = person_of(body), made_at(body)
    shown = listing.read(wanted) if wanted else None
    follow("home", body, lambda: homes.look(person, shown, at), deps)


def send_practice(person: str, deps: Dependencies) -> None:
    """In the person's own direct messages: it reaches no case, no channel and nobody else."""
    page = guide.practice_page(deps.screen)
    deps.posting.chat_postMessage(channel=person, text=page.text, blocks=page.blocks)


def answer_practice(body: Body, deps: Dependencies) -> None:
    said = guide.practised(naming.staff(person_of(body), deps.screen), deps.screen)
    place = body["container"]
    deps.asking.chat_update(
        channel=place["channel_id"], ts=place["message_ts"], text=said.text, blocks=said.blocks
    )


# The buttons of a list: another filter, another page, the same list as it stands now. They say what is
# wanted.


def register_list_buttons(app: Listeners, deps: Dependencies, homes: Homes) -> None:
    @app.shown(re.compile(f"^{ids.LIST}_"))
    def turned(body: Body) -> PutUp:
        wanted = value_of(body)
        if (body.get("view") or {}).get("type") == "home":
            return partial(look, homes, body, wanted, deps)
        return partial(replace_own, body, list_of(sight(body, deps), wanted, deps), deps)
