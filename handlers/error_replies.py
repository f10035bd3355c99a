"""What a person reads when something went wrong, and how it gets to them once Slack was answered."""

import math
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.deadline import Deadline, current, request_at_hand, within
from bot.ports.errors import Fate, RecordTrouble, StoreUnavailable
from bot.views.wording import record_words, refusal_words
from handlers import replies
from handlers.background import BackgroundTasks, code_of
from handlers.dependencies import Body, Dependencies
from handlers.errors import NotDone, NotShown, RecordSilent

log = structlog.get_logger()

_PRESSED = ("button", "overflow")  # everything else tells of a change in a form


def said(error: Exception, body: Body, fate: Fate) -> tuple[str, str]:
    """The sentence, and the field that it is about. `fate`: of what this request asked to be written."""
    if isinstance(error, NotDone):
        return error.sentence, error.field
    if isinstance(error, NotShown):
        return refusal_words.NOT_OPENED, ""
    is_form = body.get("type") == "view_submission"
    about_the_record = record_words.of_a_form if is_form else record_words.of_a_press
    if isinstance(error, RecordSilent):  # what was sent may still come to pass
        return about_the_record(RecordTrouble.SILENT, Fate.IN_DOUBT), ""
    if isinstance(error, StoreUnavailable):
        return about_the_record(error.trouble, fate), ""
    return refusal_words.NOT_FINISHED if is_form else refusal_words.NOT_SHOWN, ""


def note(error: Exception) -> None:
    """The kind of trouble for the log, without what anybody typed."""
    if not isinstance(error, NotDone):
        trouble = error.trouble.value if isinstance(error, StoreUnavailable) else ""
        log.error(
            "request failed", error=type(error).__name__, code=trouble or code_of(error), at=_place(error)
        )


def tell(error: Exception, body: Body, deps: Dependencies) -> None:
    """Slack was answered already: privately, by itself. Who did nothing but look, or type, is not interrupted. To be
    called while the request is at hand: it knows what became of what was asked."""
    note(error)
    if "event" in body or is_typing(body):
        return
    deadline = current()
    sentence, _ = said(error, body, deadline.fate if deadline else Fate.NOTHING)
    deps.background.do("trouble", lambda: replies.tell_after(body, sentence, deps))


def follow(
    what: str,
    body: Body,
    work: Callable[[], object],
    deps: Dependencies,
    by: BackgroundTasks | None = None,
) -> None:
    """What a press asked for, done after Slack was answered. Whoever pressed is told where it fails."""

    request = request_at_hand()

    def followed() -> None:
        with within(Deadline(math.inf, request=request)):
            try:
                work()
            except Exception as error:  # noqa: BLE001 - every press is answered
                tell(error, body, deps)

    (by or deps.background).do(what, followed)


def is_typing(body: Body) -> bool:
    return any(action.get("type") not in _PRESSED for action in body.get("actions", ()))


def _place(error: Exception) -> str:
    """File and line, where a trace would print values too."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
