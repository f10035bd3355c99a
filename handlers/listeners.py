"""Where every listener is registered, so that a press is answered once, and so that it is known what has a listener.

A listener runs on a thread of ours, and whoever dispatches goes on at its `ack()`. Bolt's own way looks for an answer
each 10 ms, and takes one back where its listener raises before that look; so Bolt is told to process before it
responds, and nothing that is raised after an `ack()` gets to it.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Executor
from threading import Event
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from bot.deadline import within
from handlers.dependencies import SLACK_WAITS, Body
from handlers.intake import DEADLINE

Acknowledge = Callable[..., BoltResponse]
Listener = Callable[[Acknowledge, Body], None]
Known = str | re.Pattern[str]

_ANYTHING = re.compile(".*")


class Listeners:
    """`app` processes before it responds. `trouble` tells the person of what went wrong after Slack was answered."""

    def __init__(self, app: App, pool: Executor, trouble: Callable[[Exception, Body], None]) -> None:
        self._app = app
        self._pool = pool
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
            def handed_on(body: Body) -> None:
                self._pool.submit(self._told, listener, body)

            self.known["event"].append(type)
            self._app.event(type)(handed_on)
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
        self, kind: str, id: Known, add: Callable[[Callable[..., BoltResponse | None]], Any]
    ) -> Callable[[Listener], Listener]:
        def register(listener: Listener) -> Listener:
            self.known[kind].append(id)
            add(self._answered(listener))
            return listener

        return register

    def _told(self, listener: Callable[[Body], None], body: Body) -> None:
        try:
            listener(body)
        except Exception as error:  # noqa: BLE001 - Slack was answered
            self._trouble(error, body)

    def _answered(self, listener: Listener) -> Callable[..., BoltResponse | None]:
        def answered(ack: Ack, body: Body, context: BoltContext) -> BoltResponse | None:
            may_go_on = Event()

            def acknowledge(*args: Any, **given: Any) -> BoltResponse:
                made = ack(*args, **given)
                may_go_on.set()
                return made

            def listen() -> None:
                with within(context.get(DEADLINE)):
                    try:
                        listener(acknowledge, body)
                    except Exception as error:
                        if ack.response is None:
                            raise  # the app's error handler answers with the refusal
                        self._trouble(error, body)

            listening = self._pool.submit(listen)
            listening.add_done_callback(lambda _: may_go_on.set())
            may_go_on.wait(SLACK_WAITS)
            if ack.response is None and listening.done():
                listening.result()
            return ack.response

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
