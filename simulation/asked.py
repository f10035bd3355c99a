"""One thing that somebody asked for, however often Slack sends it, and what became of it."""

from typing import Any

from msgspec import Struct, field

from bot.views import ids
from handlers.forms.every_step import STEPS

_PRESSED = frozenset({ids.ACKNOWLEDGE, ids.ACKNOWLEDGE_MANY, ids.TAKE, ids.ACCEPT, ids.RECORD_MISSING})
_SAVED = frozenset({*STEPS, ids.REPORT})


class Request(Struct, kw_only=True, eq=False):
    id: str
    person: str
    what: str
    body: dict[str, Any]
    decided: list[str] = field(default_factory=list)  # what the desk said
    failed: bool = False  # the record did not answer a question that was asked for it

    @property
    def is_step(self) -> bool:
        """Whoever is answered takes something to be done."""
        actions = self.body.get("actions")
        if actions:
            return actions[0]["action_id"] in _PRESSED
        return (self.body.get("view") or {}).get("callback_id") in _SAVED
