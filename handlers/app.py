"""The Bolt app: who handles what, and what a person sees when something goes wrong."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import structlog
from slack_bolt import App, BoltResponse

from bot.library_log import quiet
from bot.views import refusals
from handlers import (
    actions,
    commands,
    handovers,
    home,
    intake,
    keeping,
    lists,
    modals,
    offers,
    pictures,
    replies,
    report,
    risk,
    shortcuts,
    threads,
    unfinished,
)
from handlers.errors import NotDone, NotShown
from handlers.later import code_of
from handlers.parts import Body, Parts
from handlers.upkeep import Upkeep

log = structlog.get_logger()

# Bolt's own pool has five threads: with five slow presses the sixth would go unanswered for its three seconds.
_ANSWERED_AT_ONCE = 64
_EVERYTHING = re.compile(".*")


def build_app(parts: Parts, upkeep: Upkeep, *, signing_secret: str | None = None) -> App:
    """For Socket Mode; with a signing secret for HTTP too. `parts.close()` ends its threads."""
    app = App(
        client=parts.asking,
        signing_secret=signing_secret,
        token_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(_ANSWERED_AT_ONCE, "answer"),
        logger=quiet("handlers.bolt"),
    )
    app.use(intake.only_once(parts))
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
        unfinished,
        shortcuts,
    ):
        part.register(app, parts)
    report.register(app, parts, upkeep.second_pages)
    home.register(app, parts, upkeep.homes)
    lists.register(app, parts, upkeep.homes)
    _register_the_rest(app, parts)
    app.error(_on_error(parts))
    return app


def _register_the_rest(app: App, parts: Parts) -> None:
    """Last, so that nothing goes unanswered: a dead button says so."""

    @app.action(_EVERYTHING)
    def unknown_action(ack: Callable[..., Any], body: Body) -> None:
        ack()
        if body["actions"][0].get("type") == "button":
            said = "This button no longer works. Nothing changed. Open the case by /missing list."
            parts.later.do("dead button", lambda: replies.tell(body, replies.private(said), parts))

    @app.event(_EVERYTHING)
    def unknown_event() -> None:
        """Nothing is made of it."""

    @app.shortcut(_EVERYTHING)
    def unknown_shortcut(ack: Callable[..., Any], body: Body) -> None:
        ack()
        said = "Not saved. Open the case by /missing list, and add it there."
        parts.later.do("shortcut", lambda: replies.tell(body, replies.private(said), parts))


def _on_error(parts: Parts) -> Callable[..., BoltResponse | None]:
    def on_error(error: Exception, body: Body, response: BoltResponse | None) -> BoltResponse | None:
        """One sentence for the person; the kind of trouble for the log, without what anybody typed."""
        sentence, field = _said(error, body)
        if not isinstance(error, NotDone):
            log.error("request failed", error=type(error).__name__, code=code_of(error), at=_place(error))
        if "event" in body:  # nobody waits for an answer
            return None
        if response is None:  # Slack was answered already
            parts.later.do("trouble", lambda: replies.tell(body, replies.private(sentence), parts))
            return None
        return replies.refusal(body, sentence, field, parts)

    return on_error


def _said(error: Exception, body: Body) -> tuple[str, str]:
    if isinstance(error, NotDone):
        return error.sentence, error.field
    if isinstance(error, NotShown):
        return refusals.SLACK_DID_NOT_ANSWER, ""
    is_form = body.get("type") == "view_submission"
    return refusals.RECORD_DID_NOT_ANSWER if is_form else refusals.NOT_DONE_RECORD_DID_NOT_ANSWER, ""


def _place(error: Exception) -> str:
    """File and line, where a trace would print values too."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
