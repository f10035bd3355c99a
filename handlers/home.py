"""App Home: the cases that are open, as at the moment it was opened."""

from typing import Any

from slack_bolt import App

from bot.views.listing import listing
from handlers.intake import person_of
from handlers.parts import Body, Parts


def register(app: App, parts: Parts) -> None:
    @app.event("app_home_opened")
    def opened(body: Body) -> None:
        if body["event"].get("tab", "home") == "home":
            parts.later.do("home", lambda: publish(person_of(body), parts))


def publish(person: str, parts: Parts) -> None:
    if not parts.is_known(person):
        return
    cases = parts.cases.load_many(parts.cases.open_refs())
    parts.viewed(parts.actor(person), "", "home")
    view: dict[str, Any] = {"type": "home", "blocks": listing(cases, parts.screen).blocks}
    parts.asking.views_publish(user_id=person, view=view)
