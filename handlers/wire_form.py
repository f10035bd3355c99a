"""What people type, as Slack sends it, and back: the one place where its wire form is read.

Slack sends a message's `text` (events, message shortcuts, conversations.*) and a command's `text` with & < > as
entities, and with what it recognised in angle brackets: links, mail addresses, telephone numbers, people, groups,
channels, dates (Slack's "Formatting text for app surfaces"; bolt-python issue 513). In a command, people and links come
so only where the manifest says `should_escape`; else as "@name" (bolt-js issue 1361).

An input's value in a view (plain_text_input) is taken as it was typed: Slack's documents know the wire form of messages
and text objects only, and no report was found of a value that came escaped. So nothing is undone there; somebody who
typed "&amp;" meant it.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

Names = Callable[[str], str]
"""A person's id → the name on cards."""

_TOKEN = re.compile(r"<([^<>\s][^<>]*)>")
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
_ENTITY = re.compile("&(amp|lt|gt);")
_SIGNS = {"amp": "&", "lt": "<", "gt": ">"}


def plain(text: str, names: Names) -> str:
    """As it was typed; people by their names."""
    parts = _TOKEN.split(text)  # what stands between two tokens, a token, …
    return "".join(_token(part, names) if at % 2 else _signs(part) for at, part in enumerate(parts))


def as_mention(person: str) -> str:
    """For `plain`, where it is asked who is meant, not how they are called: a question may be about anybody."""
    return f"<@{person}>"


def people_in(text: str) -> list[str]:
    """The ids of everybody who is mentioned."""
    return _PERSON.findall(text)


def without(person: str, text: str) -> str:
    """The text without mentions of this one: the bot's stands anywhere in a sentence."""
    return " ".join(re.sub(rf"<@{re.escape(person)}(?:\|[^<>]*)?>[,:]?", " ", text).split())


def bot_of(body: dict[str, Any]) -> str:
    """As whom an event was delivered to us; "" where Slack does not say."""
    given = body.get("authorizations") or [{}]
    return str(given[0].get("user_id") or "")


def said_in(message: dict[str, Any], names: Names) -> str:
    """A message's words, and which files came with it: those stay in Slack."""
    files = [str(each.get("name") or each.get("title") or "") for each in message.get("files") or ()]
    with_files = [f"(with a file: {name})" if name else "(with a file)" for name in files]
    return "\n".join(
        part for part in (plain(str(message.get("text") or ""), names).strip(), *with_files) if part
    )


def written_at(message: dict[str, Any]) -> datetime | None:
    """In the machine's UTC; None where a payload has no time."""
    try:
        return datetime.fromtimestamp(float(message["ts"]), UTC)
    except (KeyError, ValueError, OverflowError):
        return None


def _signs(text: str) -> str:
    """Once: what was typed as "&lt;" comes as "&amp;lt;"."""
    return _ENTITY.sub(lambda found: _SIGNS[found[1]], text)


def _token(inside: str, names: Names) -> str:
    what, _, label = inside.partition("|")
    what, label = _signs(what), _signs(label)
    if what.startswith("@"):
        known = names(what[1:])
        return label or "somebody" if known == what[1:] else known
    if what.startswith("#"):
        return f"#{label}" if label else "a channel"
    if what.startswith("!"):
        return label or f"@{what[1:].partition('^')[0]}"
    return _link(what, label)


def _link(url: str, label: str) -> str:
    """An address that Slack recognised is its own label; a label of somebody's own hides where it leads."""
    bare = url.removeprefix("mailto:").removeprefix("tel:")
    if not label or label == bare or url.startswith("tel:") or _same(bare, label):
        return label or bare
    return f"{label} ({bare})"


def _same(url: str, label: str) -> bool:
    return url.partition("://")[2].rstrip("/") == label.rstrip("/")
