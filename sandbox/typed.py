"""What a person types, as the rich text that Slack makes of it."""

import re

from sandbox.escaping import link_of, pieces
from sandbox.wire import JSON


def as_blocks(text: str, block_id: str = "typed") -> list[JSON]:
    section = {"type": "rich_text_section", "elements": _parts(text)}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def _parts(text: str) -> list[JSON]:
    return [_part(typed, found) for typed, found in pieces(text)]


def _part(typed: str, found: "re.Match[str] | None") -> JSON:
    if found is None:
        return {"type": "text", "text": typed}
    if link := link_of(found):
        return {"type": "link", "url": link, "text": typed}
    if typed.startswith("<#"):
        return {"type": "channel", "channel_id": typed[2:-1].partition("|")[0]}
    return _mention(found["user"], found["group"], found["all"])


def _mention(user: str | None, group: str | None, everyone: str | None) -> JSON:
    if user:
        return {"type": "user", "user_id": user}
    if group:
        return {"type": "usergroup", "usergroup_id": group}
    return {"type": "broadcast", "range": everyone}
