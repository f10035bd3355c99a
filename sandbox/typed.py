"""What a person types, as the rich text that Slack makes of it."""

from sandbox.blocks import MENTION
from sandbox.wire import JSON


def as_blocks(text: str, block_id: str = "typed") -> list[JSON]:
    section = {"type": "rich_text_section", "elements": _parts(text)}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def _parts(text: str) -> list[JSON]:
    parts: list[JSON] = []
    end = 0
    for match in MENTION.finditer(text):
        parts += _plain(text[end : match.start()])
        parts.append(_mention(match["user"], match["group"], match["all"]))
        end = match.end()
    return parts + _plain(text[end:])


def _plain(text: str) -> list[JSON]:
    return [{"type": "text", "text": text}] if text else []


def _mention(user: str | None, group: str | None, everyone: str | None) -> JSON:
    if user:
        return {"type": "user", "user_id": user}
    if group:
        return {"type": "usergroup", "usergroup_id": group}
    return {"type": "broadcast", "range": everyone}
