"""A case's timeline as a picture in the thread, with its alt text and the same facts beside it."""

from collections.abc import Callable
from typing import Any

from slack_sdk.errors import SlackClientError

from bot.domain.case import Case
from bot.views import ids, limits
from bot.views.blocks import MARKING
from bot.views.timeline_picture.drawing import draw
from bot.views.timeline_picture.spans import story
from bot.views.wording import words
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.parts import Body, Parts
from handlers.replies import private
from handlers.trouble import follow

NOT_DRAWN = "Slack did not take the picture. The timeline above says the same."

_ALT = 1000  # characters that Slack takes of an alt text
_COMMENT = 3000


def register(app: Listeners, parts: Parts) -> None:
    @app.action(ids.TIMELINE_PICTURE)
    def wanted(ack: Callable[..., Any], body: Body) -> None:
        parts.need_known(person_of(body))
        case = parts.the_case(value_of(body))
        ack()
        follow("timeline picture", body, lambda: draw_again(case, body, parts), parts)


def draw_again(case: Case, body: Body, parts: Parts) -> None:
    """From the button beside the text: the timeline as it is now."""
    parts.viewed(parts.actor(person_of(body)), case.ref, "timeline picture")
    message = body["message"]
    send_timeline(case, body["channel"]["id"], message.get("thread_ts") or message["ts"], parts)


def send_timeline(case: Case, channel: str, thread: str, parts: Parts) -> None:
    screen = parts.screen
    told = story(case, parts.ask(lambda: parts.cases.entries(case.ref)), screen)
    facts = words.escape("\n".join(told.facts))
    try:
        parts.posting.files_upload_v2(
            content=draw(told, screen.zone),
            filename=f"timeline-{case.ref}.png",
            title=f"Timeline {case.ref}",
            alt_txt=limits.clip(" ".join(told.facts), _ALT),
            initial_comment=f"{limits.clip_markup(facts, _COMMENT)}\n{MARKING}",
            channel=channel,
            thread_ts=thread,
        )
    except (SlackClientError, OSError):
        said = private(NOT_DRAWN)
        parts.posting.chat_postMessage(channel=channel, thread_ts=thread, text=said.text, blocks=said.blocks)
