"""A case's timeline as a picture in the thread, with its alt text and the same facts beside it."""

from collections.abc import Callable, Sequence
from typing import Any

from slack_sdk.errors import SlackClientError

from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.permissions import Look
from bot.views import ids, limits
from bot.views.blocks import MARKING
from bot.views.timeline_picture.drawing import draw
from bot.views.timeline_picture.spans import story
from bot.views.wording import words
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import follow
from handlers.errors import NotDone
from handlers.intake import channel_of, value_of
from handlers.listeners import Listeners
from handlers.replies import private
from handlers.sight import sight

NOT_HERE = (
    "Not drawn here: a picture is posted in the force's own channels for cases alone. "
    "The timeline above says the same."
)
NOT_DRAWN = "Slack did not take the picture. The timeline above says the same."

ALT = 1000  # characters that Slack takes of an alt text
COMMENT = 3000


def register(app: Listeners, deps: Dependencies) -> None:
    @app.action(ids.TIMELINE_PICTURE)
    def wanted(ack: Callable[..., Any], body: Body) -> None:
        case = sight(body, deps).again(value_of(body), Look.TIMELINE)
        if not deps.places.may_answer_in(channel_of(body)):
            raise NotDone(NOT_HERE)
        ack()
        follow("timeline picture", body, lambda: draw_again(case, body, deps), deps)


def draw_again(case: Case, body: Body, deps: Dependencies) -> None:
    """From the button beside the text: the timeline as it is now."""
    message, seen = body["message"], sight(body, deps)
    seen.note(Look.TIMELINE, [case.ref])
    thread = message.get("thread_ts") or message["ts"]
    send_timeline(case, seen.entries(case), body["channel"]["id"], thread, deps)
    seen.answered(Look.TIMELINE, case.ref)


def send_timeline(
    case: Case, entries: Sequence[Entry], channel: str, thread: str, deps: Dependencies
) -> None:
    screen = deps.screen
    told = story(case, entries, screen)
    facts = words.escape("\n".join(told.facts))
    try:
        deps.posting.files_upload_v2(
            content=draw(told, screen.zone),
            filename=f"timeline-{case.ref}.png",
            title=f"Timeline {case.ref}",
            alt_txt=limits.clip(" ".join(told.facts), ALT),
            initial_comment=f"{limits.clip_markup(facts, COMMENT)}\n{MARKING}",
            channel=channel,
            thread_ts=thread,
        )
    except (SlackClientError, OSError):
        said = private(NOT_DRAWN)
        deps.posting.chat_postMessage(channel=channel, thread_ts=thread, text=said.text, blocks=said.blocks)
