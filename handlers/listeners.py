"""Where every listener is registered, so that a press is answered once, and so that it is known what has a listener.

A listener runs on a thread of ours, and whoever dispatches goes on at its `ack()`. Bolt's own way looks for an answer
each 10 ms, and takes one back where its listener raises before that look; so Bolt is told to process before it
responds, and nothing that is raised after an `ack()` gets to it.

Bolt knows one listener of each kind, and which of ours is meant is looked up here: it would ask each of a hundred in
turn, and gather its thirty arguments for each of them (a third of the processor time of a press, before).
"""

import re
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Executor
from threading import Event
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from bot.deadline import Deadline, within
from handlers.dependencies import SLACK_WAITS, Body
from handlers.intake import DEADLINE

Acknowledge = Callable[..., BoltResponse]
Listener = Callable[[Acknowledge, Body], None]
Known = str | re.Pattern[str]

Heard = Callable[[Body], None]
# What only shows something: draws it, and returns what puts it up. Nobody's press is lost where it is not done.
PutUp = Callable[[], None]
Shows = Callable[[Body], PutUp]
_Answers = Callable[[Ack, Body, BoltContext], BoltResponse | None]

_ANYTHING = re.compile(".*")
_NOBODYS = BoltResponse(status=404)


class Listeners:
    """`app` processes before it responds. `trouble` tells the person of what went wrong after Slack was answered.
    `drawing` and `opening`: where what was answered first is drawn, once it `gives_way`, and where Slack is asked to
    put it up; neither keeps an answer waiting, nor a slow Slack the next drawing."""

    def __init__(
        self,
        app: App,
        pool: Executor,
        trouble: Callable[[Exception, Body], None],
        drawing: Executor | None = None,
        opening: Executor | None = None,
        gives_way: Callable[[], None] = lambda: None,
        slack_waits: float = SLACK_WAITS,
    ) -> None:
        self._pool = pool
        self._gives_way = gives_way
        self._slack_waits = slack_waits
        self._drawing = drawing or pool
        self._opening = opening or pool
        self._trouble = trouble
        self.known: dict[str, list[Known]] = defaultdict(list)  # kind → ids
        self._answers: dict[tuple[str, Known], _Answers] = {}
        self._unknown: dict[str, _Answers] = {"event": lambda ack, *_: ack()}  # nothing is made of them
        for kind, registered in (
            ("action", app.action(_ANYTHING)),
            ("view", app.view(_ANYTHING)),
            ("command", app.command(_ANYTHING)),
            ("shortcut", app.shortcut(_ANYTHING)),
            ("event", app.event(_ANYTHING)),
        ):
            registered(self._all_of(kind))

    def action(self, id: Known) -> Callable[[Listener], Listener]:
        return self._listening("action", id)

    def view(self, id: Known) -> Callable[[Listener], Listener]:
        return self._listening("view", id)

    def command(self, id: Known) -> Callable[[Listener], Listener]:
        return self._listening("command", id)

    def shown(self, id: Known, kind: str = "action") -> Callable[[Shows], Shows]:
        """A press that saves nothing, and whose answer is what appears: acknowledged before it is looked at
        (docs/architecture.md). Whoever pressed is told where nothing can be shown."""

        def register(listener: Shows) -> Shows:
            def opens(put_up: PutUp, body: Body, deadline: Deadline | None) -> None:
                with within(deadline):
                    self._told(put_up, body)

            def draws(body: Body, context: BoltContext) -> None:
                self._gives_way()
                deadline = context.get(DEADLINE)
                with within(deadline):
                    self._told(
                        lambda: self._opening.submit(opens, listener(body), body, deadline),
                        body,
                    )

            self._add(kind, id, _acknowledged(self._drawing, draws))
            return listener

        return register

    def event(self, type: Known) -> Callable[[Heard], Heard]:
        """Acknowledged before it is looked at: nobody waits for an answer to it."""

        def register(listener: Heard) -> Heard:
            def heard(body: Body, _: BoltContext) -> None:
                self._told(lambda: listener(body), body)

            self._add("event", type, _acknowledged(self._pool, heard))
            return listener

        return register

    def unknown_actions(self, listener: Listener) -> None:
        self._unknown["action"] = self._answered(listener)

    def unknown_views(self, listener: Listener) -> None:
        self._unknown["view"] = self._answered(listener)

    def unknown_shortcuts(self, listener: Listener) -> None:
        self._unknown["shortcut"] = self._answered(listener)

    def unknown_commands(self, listener: Listener) -> None:
        self._unknown["command"] = self._answered(listener)

    def _all_of(self, kind: str) -> Callable[..., BoltResponse | None]:
        def answered(ack: Ack, body: Body, context: BoltContext) -> BoltResponse | None:
            found = self._found(kind, id_in(kind, body)) or self._unknown.get(kind)
            return found(ack, body, context) if found else _NOBODYS

        return answered

    def _found(self, kind: str, id: str) -> _Answers | None:
        exactly = self._answers.get((kind, id))
        patterns = (known for known in self.known[kind] if not isinstance(known, str))
        return exactly or next((self._answers[kind, each] for each in patterns if each.search(id)), None)

    def _listening(self, kind: str, id: Known) -> Callable[[Listener], Listener]:
        def register(listener: Listener) -> Listener:
            self._add(kind, id, self._answered(listener))
            return listener

        return register

    def _add(self, kind: str, id: Known, answers: _Answers) -> None:
        self.known[kind].append(id)
        self._answers[kind, id] = answers

    def _told(self, work: Callable[[], object], body: Body) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - Slack was answered
            self._trouble(error, body)

    def _answered(self, listener: Listener) -> _Answers:
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
            may_go_on.wait(self._slack_waits)
            if ack.response is None and listening.done():
                listening.result()
            return ack.response

        return answered


def _acknowledged(pool: Executor, then: Callable[[Body, BoltContext], None]) -> _Answers:
    def acknowledged(ack: Ack, body: Body, context: BoltContext) -> BoltResponse:
        made = ack()
        pool.submit(then, body, context)
        return made

    return acknowledged


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
