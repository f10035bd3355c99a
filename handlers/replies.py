"""How a refusal gets to the one person whom it is for: in the acknowledgement, wherever Slack has room for it there."""

from collections.abc import Callable
from http.client import HTTPException
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.views import ids
from bot.views.blocks import marking, section
from bot.views.message import Message
from bot.views.wording import words
from handlers.background import code_of
from handlers.dependencies import Body, Dependencies
from handlers.forms.report.report_page import NOT_MISSING
from handlers.intake import person_of
from handlers.showing import drawn

log = structlog.get_logger()

# Where the input that a refusal is about may not be drawn yet: the one beside it.
_BESIDE = {"rationale": (NOT_MISSING, "where_now", "level"), "considered": ("level",), "level": ("level",)}


class Followed(Message, frozen=True, kw_only=True):
    """Said first; what was asked for comes after it."""

    then: Callable[[], None]


def private(text: str) -> Message:
    return Message(text=text, blocks=[section(text), marking()])


def as_ephemeral(message: Message) -> dict[str, Any]:
    return {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}


def refusal(body: Body, sentence: str, field: str, deps: Dependencies) -> BoltResponse:
    """The acknowledgement that carries the sentence; for a press it follows by itself."""
    if body.get("type") == "view_submission":
        block = input_for(field, body["view"]["blocks"])
        if block:
            return BoltResponse(status=200, body={"response_action": "errors", "errors": {block: sentence}})
    if "command" in body:
        return BoltResponse(status=200, body=as_ephemeral(private(sentence)))
    deps.background.do("refusal", lambda: tell_after(body, sentence, deps))
    return BoltResponse(status=200)


def tell_after(body: Body, sentence: str, deps: Dependencies) -> None:
    """What cannot be said in an acknowledgement: on the open case, where it was pressed there."""
    view = body.get("view") or {}
    if "actions" in body and view.get("callback_id") == ids.CASE:
        _on_the_case(body, view, sentence, deps)
    else:
        tell(body, private(sentence), deps)


def _on_the_case(body: Body, view: dict[str, Any], sentence: str, deps: Dependencies) -> None:
    """Where it was pressed; a case that cannot be drawn must not hide it."""
    try:
        drawn_anew = drawn(body, view["private_metadata"], deps, f"{words.LATE} {sentence}")
        deps.asking.views_update(view_id=view["id"], view=drawn_anew)
    except Exception:  # noqa: BLE001 - whatever keeps the case from being shown, the refusal is said
        tell(body, private(sentence), deps)


def input_for(field: str, blocks: list[dict[str, Any]]) -> str | None:
    """The block id of the input that the refusal is about, of one beside it, or of the last one."""
    inputs = [str(block["block_id"]) for block in blocks if block["type"] == "input"]
    wanted = (field, *_BESIDE.get(field, ()))
    return next((block for block in wanted if block in inputs), inputs[-1] if inputs else None)


def tell(body: Body, message: Message, deps: Dependencies) -> None:
    """Privately: by the press's response_url, beside the message it was on, or in a direct message.

    A response_url runs out (five uses, half an hour), and not every channel takes a private word: the next way then.
    """
    for way in (_by_url, _beside):
        try:
            if way(body, message, deps):
                return
        except (SlackClientError, OSError, HTTPException) as error:
            log.warning(
                "not told this way", way=way.__name__, why=code_of(error) or str(type(error).__name__)
            )
    deps.posting.chat_postMessage(channel=person_of(body), text=message.text, blocks=message.blocks)


def whisper(event: Body, message: Message, deps: Dependencies) -> None:
    """To who wrote, where they wrote it; in a direct message, where that place takes no private word."""
    said: dict[str, Any] = {"text": message.text, "blocks": message.blocks}
    if not str(event["channel"]).startswith("D"):
        try:
            deps.asking.chat_postEphemeral(
                channel=event["channel"], user=event["user"], thread_ts=event.get("thread_ts"), **said
            )
            return
        except (SlackClientError, OSError, HTTPException) as error:
            log.warning("not told there", why=code_of(error) or str(type(error).__name__))
    deps.posting.chat_postMessage(channel=event["user"], **said)


def _by_url(body: Body, message: Message, _: Dependencies) -> bool:
    if url := body.get("response_url"):
        _send(url, message)
    return bool(url)


def _beside(body: Body, message: Message, deps: Dependencies) -> bool:
    """Where it was pressed, in its thread if it was in one."""
    channel = body.get("channel")
    if not isinstance(channel, dict):
        return False
    thread = (body.get("container") or {}).get("thread_ts")
    deps.asking.chat_postEphemeral(
        channel=channel["id"],
        user=person_of(body),
        thread_ts=thread,
        text=message.text,
        blocks=message.blocks,
    )
    return True


def replace_own(body: Body, message: Message, deps: Dependencies) -> None:
    """In place of the private question that was answered; beside it, once that can no longer be replaced."""
    if not body.get("response_url"):
        return tell(body, message, deps)
    try:
        _send(body["response_url"], message, replace_original=True)
    except (SlackClientError, OSError, HTTPException) as error:
        log.warning("not replaced", why=type(error).__name__)
        tell({name: value for name, value in body.items() if name != "response_url"}, message, deps)


def _send(url: str, message: Message, *, replace_original: bool = False) -> None:
    answer = WebhookClient(url, timeout=5).send(
        text=message.text,
        blocks=message.blocks,
        response_type="ephemeral",
        replace_original=replace_original,
    )
    if answer.status_code != 200:
        raise ConnectionError(f"response_url answered {answer.status_code}")
