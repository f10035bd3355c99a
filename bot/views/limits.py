"""Slack's limits, and how a text that is too long is cut: at the end, with a mark that it was.

Numbers: Slack's Block Kit reference; the total over a message is undocumented and was measured.
"""

import json
from collections.abc import Sequence

from bot.views.message import Block

HEADER = 150
SECTION = 3000
CONTEXT = 2000
BUTTON = 75
OPTION = 75
VALUE = 2000
LABEL = 2000
HINT = 2000
TITLE = 24
TYPED = 3000  # into one text input
METADATA = 3000
OPTIONS = 10  # checkboxes, radio buttons
CHOICES = 100  # a select menu
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE = 13_000  # characters of all blocks as JSON; some 13,200 were still taken
NOTIFICATION = 3000  # our own: `text` is read out by phones and screen readers


def size(blocks: Sequence[Block]) -> int:
    """Characters that these take of a message: Slack counts the containers too."""
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))


IN_RECORD = "… (rest in the record)"
IN_THREAD = "… (rest in the thread)"
IN_CASE = "… (rest in Open case)"


def clip(text: str, longest: int) -> str:
    """At most `longest` characters; what was cut is marked by an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def clip_markup(text: str, longest: int, rest: str = IN_RECORD) -> str:
    """Like `clip`, and never through the middle of an escape such as `&amp;` or of a `<…>` token. What was cut says
    where the rest is, except in a place that is too small for it."""
    if len(text) <= longest:
        return text
    mark = rest if 2 * len(rest) <= longest else "…"
    cut = text[: longest - len(mark)]
    for opens, closes in (("&", ";"), ("<", ">")):
        start = cut.rfind(opens)
        if start >= 0 and closes not in cut[start:]:
            cut = cut[:start]
    return cut + mark


def pack(items: Sequence[str], longest: int, joint: str = ", ") -> tuple[str, int]:
    """As many items as fit, joined, and how many that was."""
    taken, used = 0, 0
    for item in items:
        used += len(item) + (len(joint) if taken else 0)
        if used > longest:
            break
        taken += 1
    return joint.join(items[:taken]), taken
