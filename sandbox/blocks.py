"""Reading blocks: filling in ids, finding elements, the words that are shown, who is mentioned."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.state.ids import Ids
from sandbox.wire import JSON, copy_of

MENTION = re.compile(
    r"<(?:@(?P<user>\w+)|!subteam\^(?P<group>\w+)|!(?P<all>here|channel|everyone))(?:\|[^>]*)?>"
)


@dataclass(frozen=True)
class Place:
    """An element and where it is."""

    block: JSON
    element: JSON

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])


def with_ids(blocks: list[JSON], ids: Ids) -> list[JSON]:
    """A copy in which every block and every interactive element has an id, as Slack gives them."""
    filled: list[JSON] = copy_of(blocks)
    for block in filled:
        block.setdefault("block_id", ids.next("b"))
        for element in elements(block):
            element.setdefault("action_id", ids.next("a"))
    return filled


def elements(block: JSON) -> list[JSON]:
    """The interactive elements of a block."""
    inner = block.get("elements", []) if block["type"] in ("actions", "context_actions") else []
    found = [*inner, block.get("accessory"), block.get("element")]
    return [element for element in found if element and element.get("type") != "image"]


def places(blocks: list[JSON]) -> Iterator[Place]:
    for block in blocks:
        for element in elements(block):
            yield Place(block, element)


def words(part: object) -> Iterator[JSON]:
    """Every object that shows text: text objects, rich text elements, markdown blocks."""
    if isinstance(part, list):
        for each in part:
            yield from words(each)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part
        for each in part.values():
            yield from words(each)


def shown(blocks: list[JSON]) -> str:
    return "\n".join(each["text"] for each in words(blocks))


def mentions(text: str, blocks: list[JSON]) -> set[str]:
    """Ids of users and groups, and `channel`: from the blocks when there are any, as Slack notifies."""
    live = [each["text"] for each in words(blocks) if each.get("type") in ("mrkdwn", "markdown")]
    found = [match for line in (live if blocks else [text]) for match in MENTION.finditer(line)]
    named = {match["user"] or match["group"] or "channel" for match in found}
    return named | set(_rich_mentions(blocks))


def _rich_mentions(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _rich_mentions(each)
    elif isinstance(part, dict):
        kind = part.get("type")
        if kind in ("user", "usergroup", "broadcast"):
            yield str(part.get("user_id") or part.get("usergroup_id") or "channel")
        for each in part.values():
            yield from _rich_mentions(each)
