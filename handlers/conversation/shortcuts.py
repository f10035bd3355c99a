""" "Add as case information" beside a message: it becomes an item of information on a case, with a clock of its own."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import structlog
from slack_sdk.errors import SlackClientError

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.permissions import Look
from bot.views import ids, limits
from bot.views.blocks import ask, marking, modal, section, select, typed
from bot.views.lists import reckoned
from bot.views.message import View
from bot.views.screen import Screen
from bot.views.wording import naming
from handlers.conversation.threads import case_of_thread
from handlers.dependencies import Body, Dependencies
from handlers.errors import RecordSilent
from handlers.forms.information import InformationHeard, hearing
from handlers.forms.step_form import FormAsked, asked_of
from handlers.forms.submitted import Form
from handlers.intake import person_of
from handlers.listeners import Listeners, PutUp
from handlers.showing import show
from handlers.sight import Sight, sight
from handlers.wire_form import said_in, written_at

log = structlog.get_logger()

# Which case a message belongs to: chosen, or typed.

REFERENCE = "reference"
WORDS = "words"


def which_case(cases: Sequence[Case], unreadable: Sequence[str], words: str, screen: Screen) -> View:
    """`cases`: the newest open ones, as many as a menu holds; `unreadable`: those of them that it cannot offer.

    `words`: the message's, which are seen and can be changed; empty in reference-only mode.
    """
    choices = {
        case.ref: limits.clip(f"{naming.heading(case)} · {case.incident}", limits.OPTION) for case in cases
    }
    offered = ask("case", "Case", select(ids.VALUE, choices), optional=True)
    number = typed(ids.VALUE, placeholder="MC-26-0142, or an incident number")
    return modal(
        ids.WHICH_CASE,
        "Add to which case?",
        [
            *reckoned.unreadable(unreadable),
            *([offered] if choices else []),
            ask(REFERENCE, "Or its number", number, optional=True),
            *([ask(WORDS, "Its words", typed(ids.VALUE, initial=words, multiline=True))] if words else []),
            section(_next(screen)),
            marking(),
        ],
        submit="Next",
        close="Cancel",
    )


def _next(screen: Screen) -> str:
    if screen.full:
        return "Next: its words, which you can change before they are saved."
    return "Next: a reason and a log entry. Its words are not taken over."


Ack = Callable[..., Any]
ADD_INFORMATION = "add_information"
_OFFERED = 100  # as many as a menu holds
_LONGEST = 2500  # of the 3,000 that an input takes: who said it, and where, follow
_SOON = 0.7  # seconds, of the three in which Slack wants its answer
T = TypeVar("T")


def register(app: Listeners, deps: Dependencies) -> None:
    @app.shown(ADD_INFORMATION, "shortcut")
    def add(body: Body) -> PutUp:
        return partial(show, body, first_view(body, deps), deps)

    @app.view(ids.WHICH_CASE)
    def chosen(ack: Ack, body: Body) -> None:
        form, place = Form(body["view"]), asked_of(body["view"]).item
        seen = sight(body, deps)
        ref = form.chosen("case") or seen.look_up(form.text(REFERENCE), Look.FORM)
        if ref is None:
            ack(response_action="errors", errors={REFERENCE: "No such case. Choose one, or type its number."})
            return
        ack(response_action="update", view=information(ref, place, form.text(WORDS), seen, deps))


def first_view(body: Body, deps: Dependencies) -> View:
    """In a case's thread the case is known; elsewhere, and where Slack does not say whose it is, it is asked for.

    The message is the one that Slack sent along: it may stand in a channel that the bot is not in.
    """
    deps.need(commands.Inform, person_of(body))
    channel, message, seen = str(body["channel"]["id"]), body["message"], sight(body, deps)
    place = f"{channel}:{message.get('thread_ts') or message['ts']}:{message['ts']}"
    words = _words(message, channel, deps) if deps.setting.full else ""
    ref = _soon(lambda: case_of_thread({**message, "channel": channel}, deps), deps)
    if ref:
        return information(ref, place, words, seen, deps)
    newest, unread = seen.newest(_OFFERED, Look.LIST)
    view = which_case(newest, unread, words, deps.screen)
    return {**view, "private_metadata": FormAsked("", place).kept()}


def information(ref: str, place: str, words: str, seen: Sight, deps: Dependencies) -> View:
    """With the message's words, in sight and to be changed: no view carries them hidden."""
    heard = InformationHeard(text=words, kind="other")
    view = hearing(seen.case(ref, Look.FORM), deps.screen, heard)
    return {**view, "private_metadata": FormAsked(ref, place).kept()}


def _words(message: dict[str, Any], channel: str, deps: Dependencies) -> str:
    """What was said, by whom and when, and where it stands, for whom that is open."""
    name, screen = deps.setting.directory.name, deps.screen
    by, at = str(message.get("user") or ""), written_at(message)
    said = limits.clip(said_in(message, name), _LONGEST)
    who = name(by) if deps.is_known(by) else str(message.get("username") or "somebody outside the force")
    when = f", {screen.time(at)}" if at else ""
    return "\n".join(
        part for part in (said, f"({who} in Slack{when})", _link(message, channel, deps)) if part
    )


def _link(message: dict[str, Any], channel: str, deps: Dependencies) -> str:
    """Empty where the bot is not in the channel, or Slack takes its time: the words are what counts."""

    def found() -> str:
        return str(deps.asking.chat_getPermalink(channel=channel, message_ts=message["ts"])["permalink"])

    return _soon(found, deps) or ""


def _soon(question: Callable[[], T], deps: Dependencies) -> T | None:
    """What Slack says, before it was answered itself: None where it refuses, or takes its time."""
    try:
        return deps.ask(question, within=_SOON)
    except (SlackClientError, OSError, RecordSilent) as no:
        log.info("nothing heard of a message's place", why=type(no).__name__)
        return None
