"""Block Kit's blocks."""

from collections.abc import Mapping
from typing import Any

from sandbox.limits.elements import IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION, elements_in
from sandbox.limits.fields import (
    anything,
    at_least_one,
    at_most_one,
    boolean,
    both,
    by_type,
    items,
    shape,
    string,
)
from sandbox.limits.objects import SLACK_FILE, mrkdwn, plain_text, text
from sandbox.limits.report import Check, Report


def block(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    return shape({"type": anything, **required}, {"block_id": string(255), **(optional or {})})


SECTION = both(
    block(
        {},
        {
            "text": text(3000),
            "fields": items(text(2000), most=10),
            "accessory": by_type(elements_in(IN_SECTION), "type"),
            "expand": boolean,
        },
    ),
    at_least_one("text", "fields"),
)
ACTIONS = block({"elements": items(by_type(elements_in(IN_ACTIONS), "type"), most=25)})
CONTEXT = block(
    {
        "elements": items(
            by_type({"image": IMAGE, "mrkdwn": mrkdwn(3000), "plain_text": plain_text(3000)}, "type"), most=10
        )
    }
)
HEADER = block({"text": plain_text(150)})
INPUT = block(
    {"label": plain_text(2000), "element": by_type(elements_in(IN_INPUT), "type")},
    {"hint": plain_text(2000), "optional": boolean, "dispatch_action": boolean},
)
IMAGE_BLOCK = both(
    block(
        {"alt_text": string(2000)},
        {"image_url": string(3000), "slack_file": SLACK_FILE, "title": plain_text(2000)},
    ),
    at_least_one("image_url", "slack_file"),
    at_most_one("image_url", "slack_file"),
)
VIDEO = block(
    {"alt_text": string(2000), "title": plain_text(200), "thumbnail_url": anything, "video_url": anything},
    {
        "author_name": string(50),
        "description": plain_text(200),
        "provider_icon_url": anything,
        "provider_name": string(50),
        "title_url": anything,
    },
)
RICH_PARTS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
RICH_TEXT_ELEMENTS = items(by_type(dict.fromkeys(RICH_PARTS, anything), "type"))
RICH_TEXT = block({"elements": RICH_TEXT_ELEMENTS})

CELL = by_type(
    {
        "raw_text": shape({"type": anything, "text": string(3000)}),
        "raw_number": shape({"type": anything, "value": anything}, {"text": string(3000)}),
        "rich_text": shape({"type": anything, "elements": RICH_TEXT_ELEMENTS}, {"block_id": string(255)}),
    },
    "type",
)
TABLE = block(
    {"rows": items(items(CELL, most=20), most=100)},
    {"column_settings": items(anything, most=20)},
)

ANYWHERE: dict[str, Check] = {
    "actions": ACTIONS,
    "context": CONTEXT,
    "divider": block({}),
    "header": HEADER,
    "image": IMAGE_BLOCK,
    "input": INPUT,
    "rich_text": RICH_TEXT,
    "section": SECTION,
    "video": VIDEO,
}
IN_MESSAGES = ANYWHERE | {
    "file": block({"external_id": string(255), "source": string(255)}),
    "markdown": block({"text": string(12_000)}),
    "table": TABLE,
}


def ids_are_unique(blocks: Any, at: str, report: Report) -> None:
    """A block's id is unique in its surface, an element's id in its block."""
    seen: set[str] = set()
    for number, each in enumerate(blocks if isinstance(blocks, list) else []):
        block_id = each.get("block_id") if isinstance(each, dict) else None
        if block_id in seen:
            report.add(f"`block_id` {block_id!r} already exists", f"{at}/{number}/block_id")
        seen |= {block_id} if isinstance(block_id, str) else set()
        _action_ids(each, f"{at}/{number}", report)


def _action_ids(each: Any, at: str, report: Report) -> None:
    seen: set[str] = set()
    elements = each.get("elements") if isinstance(each, dict) else None
    for number, part in enumerate(elements if isinstance(elements, list) else []):
        action_id = part.get("action_id") if isinstance(part, dict) else None
        if action_id in seen:
            report.add(f"`action_id` {action_id!r} already exists", f"{at}/elements/{number}/action_id")
        seen |= {action_id} if isinstance(action_id, str) else set()


def one_focus(blocks: Any, at: str, report: Report) -> None:
    focused = [part for part in _elements(blocks) if part.get("focus_on_load") is True]
    if len(focused) > 1:
        report.add("only one element may have focus_on_load", at)


def one_table(blocks: Any, at: str, report: Report) -> None:
    kinds = (
        [each.get("type") for each in blocks if isinstance(each, dict)] if isinstance(blocks, list) else []
    )
    if kinds.count("table") > 1:
        report.add("only one table is allowed", at)


def kinds(blocks: Any) -> list[Any]:
    listed = blocks if isinstance(blocks, list) else []
    return [each.get("type") for each in listed if isinstance(each, dict)]


def _elements(blocks: Any) -> list[dict[str, Any]]:
    parts: list[Any] = []
    for each in blocks if isinstance(blocks, list) else []:
        if isinstance(each, dict):
            inner = each.get("elements")
            parts += [each.get("element"), each.get("accessory"), *(inner if isinstance(inner, list) else [])]
    return [part for part in parts if isinstance(part, dict)]


MESSAGE_BLOCKS = both(
    items(by_type(IN_MESSAGES, "type"), least=0, most=50), ids_are_unique, one_focus, one_table
)
VIEW_BLOCKS = both(items(by_type(ANYWHERE, "type"), least=0, most=100), ids_are_unique, one_focus)
