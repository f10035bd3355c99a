"""Where every listener is registered, so that a press is answered once, and so that it is known what has a listener.

Bolt (1.30) takes an answer back where its listener raises within some 10 ms of its `ack()`: it waits its whole three
seconds and then asks the next listener that matches. So nothing that is raised after an `ack()` gets to Bolt.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.deadline import within
from handlers.dependencies import Body
from handlers.intake import DEADLINE

Listener = Callable[[Ack, Body], None]
Known = str | re.Pattern[str]

_ANYTHING = re.compile(".*")


class Listeners:
    """`trouble` tells the person of what went wrong after Slack was answered."""

    def __init__(self, app: App, trouble: Callable[[Exception, Body], None]) -> None:
        self._app = app
        self._trouble = trouble
        self.known: dict[str, list[Known]] = defaultdict(list)  # kind → ids

    def action(self, id: Known) -> Callable[[Listener], Listener]:
        return self._added("action", id, self._app.action({"action_id": id, "type": "block_actions"}))

    def view(self, id: Known) -> Callable[[Listener], Listener]:
        return self._added("view", id, self._app.view(id))

    def command(self, id: Known) -> Callable[[Listener], Listener]:
        return self._added("command", id, self._app.command(id))

    def shortcut(self, id: Known) -> Callable[[Listener], Listener]:
        return self._added("shortcut", id, self._app.shortcut(id))

    def event(self, type: Known) -> Callable[[Callable[[Body], None]], Callable[[Body], None]]:
        """Acknowledged by Bolt before it is looked at: nobody waits for an answer to it."""

        def register(listener: Callable[[Body], None]) -> Callable[[Body], None]:
            self.known["event"].append(type)
            self._app.event(type)(listener)
            return listener

        return register

    def unknown_actions(self, listener: Listener) -> None:
        self._app.action(_ANYTHING, matchers=[self._unknown("action")])(self._answered(listener))

    def unknown_views(self, listener: Listener) -> None:
        self._app.view(_ANYTHING, matchers=[self._unknown("view")])(self._answered(listener))

    def unknown_shortcuts(self, listener: Listener) -> None:
        self._app.shortcut(_ANYTHING, matchers=[self._unknown("shortcut")])(self._answered(listener))

    def unknown_events(self) -> None:
        """Nothing is made of them."""
        self._app.event(_ANYTHING, matchers=[self._unknown("event")])(lambda: None)

    def _added(
        self, kind: str, id: Known, add: Callable[[Callable[..., None]], Any]
    ) -> Callable[[Listener], Listener]:
        def register(listener: Listener) -> Listener:
            self.known[kind].append(id)
            add(self._answered(listener))
            return listener

        return register

    def _answered(self, listener: Listener) -> Callable[..., None]:
        def answered(ack: Ack, body: Body, context: BoltContext) -> None:
            with within(context.get(DEADLINE)):
                try:
                    listener(ack, body)
                except Exception as error:
                    if ack.response is None:
                        raise  # the app's error handler answers with the refusal
                    self._trouble(error, body)

        return answered

    def _unknown(self, kind: str) -> Callable[[Body], bool]:
        def unknown(body: Body) -> bool:
            return not any(_is(known, id_in(kind, body)) for known in self.known[kind])

        return unknown


def id_in(kind: str, body: Body) -> str:
    """What the listener of a request is chosen by."""
    match kind:
        case "action":
            return str(body["actions"][0]["action_id"])
        case "event":
            return str(body["event"]["type"])
        case "command":
            return str(body["command"])
        case _:
            return str(body.get("callback_id") or body["view"]["callback_id"])


def _is(known: Known, id: str) -> bool:
    return known == id if isinstance(known, str) else known.search(id) is not None
