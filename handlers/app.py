"""The Bolt app: who handles what, and what a person sees when something goes wrong."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.library_log import quiet
from bot.views.wording import refusal_words
from handlers import (
    actions,
    commands,
    handovers,
    home,
    intake,
    keeping,
    lists,
    messages,
    modals,
    offers,
    pictures,
    replies,
    report,
    risk,
    shortcuts,
    threads,
    trouble,
    unfinished,
)
from handlers.errors import NotDone
from handlers.identity import Identity
from handlers.listeners import Listeners
from handlers.parts import Body, Parts
from handlers.upkeep import Upkeep

# Bolt's own pool has five threads: with five slow presses the sixth would go unanswered for its three seconds.
_ANSWERED_AT_ONCE = 64


def build_app(
    parts: Parts, upkeep: Upkeep, identity: Identity | None = None, *, signing_secret: str | None = None
) -> App:
    """For Socket Mode; with a signing secret for HTTP too. `parts.close()` ends its threads."""
    who = identity or Identity(parts.asking)

    def authorized() -> AuthorizeResult:
        return who.authorize()

    app = App(
        client=parts.asking,
        signing_secret=signing_secret,
        authorize=authorized,  # the answer to auth.test: no request waits for it
        user_facing_authorize_error_message=refusal_words.SLACK_DID_NOT_ANSWER,
        listener_executor=ThreadPoolExecutor(_ANSWERED_AT_ONCE, "answer"),
        logger=quiet("handlers.bolt"),
    )
    app.use(intake.only_once(parts))
    register_all(Listeners(app, lambda error, body: trouble.tell(error, body, parts)), parts, upkeep)
    app.error(_on_error(parts))
    return app


def register_all(listeners: Listeners, parts: Parts, upkeep: Upkeep) -> None:
    for part in (
        commands,
        risk,
        actions,
        handovers,
        modals,
        offers,
        threads,
        pictures,
        keeping,
        messages,
        unfinished,
        shortcuts,
    ):
        part.register(listeners, parts)
    report.register(listeners, parts, upkeep.second_pages)
    home.register(listeners, parts, upkeep.homes)
    lists.register(listeners, parts, upkeep.homes)
    _register_the_rest(listeners, parts)


def _register_the_rest(listeners: Listeners, parts: Parts) -> None:
    """What has no listener any more, such as a button of an older version, says so."""

    def told(sentence: str, body: Body) -> None:
        trouble.follow("unknown", body, lambda: replies.tell(body, replies.private(sentence), parts), parts)

    def action(ack: Callable[..., Any], body: Body) -> None:
        ack()
        if not trouble.is_typing(body):
            told("This button no longer works. Nothing changed. Open the case by /missing list.", body)

    def shortcut(ack: Callable[..., Any], body: Body) -> None:
        ack()
        told("Not saved. Open the case by /missing list, and add it there.", body)

    def view(_: Callable[..., Any], __: Body) -> None:
        raise NotDone("Not saved: this form no longer works. Copy your words, close it, and open it again.")

    listeners.unknown_actions(action)
    listeners.unknown_shortcuts(shortcut)
    listeners.unknown_views(view)
    listeners.unknown_events()


def _on_error(parts: Parts) -> Callable[..., BoltResponse | None]:
    def on_error(error: Exception, body: Body) -> BoltResponse | None:
        """Before Slack was answered: with one sentence for the person."""
        trouble.note(error)
        if "event" in body:  # nobody waits for an answer
            return None
        sentence, field = trouble.said(error, body)
        return replies.refusal(body, sentence, field, parts)

    return on_error
