"""What a person typed, as Slack passes it on: signs as entities, and what it recognised in angle brackets."""

import re

from sandbox.blocks import MENTION
from sandbox.state.team import Team

_FOUND = re.compile(
    rf"(?P<token>{MENTION.pattern}|<#\w+(?:\|[^>]*)?>)"
    r"|(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<site>\b(?:[a-z\d-]+\.)+(?:com|net|org|uk|io|example)(?:/[^\s<>|]*[^\s<>|.,;:!?)])?)"
    r"|(?P<phone>(?<![\w/])(?:\+44 ?\d{4}|0\d{4}) ?\d{3} ?\d{3}\b)",
    re.IGNORECASE,
)


def signs(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def sent(text: str) -> str:
    """A message's `text`."""
    return "".join(_recognised(found, part) if found else signs(part) for part, found in pieces(text))


def pieces(text: str) -> list[tuple[str, "re.Match[str] | None"]]:
    """What was typed in turns: as it stands, and what Slack recognises in it."""
    parts: list[tuple[str, re.Match[str] | None]] = []
    end = 0
    for found in _FOUND.finditer(text):
        parts += [(text[end : found.start()], None), (found[0], found)]
        end = found.end()
    return [(part, found) for part, found in [*parts, (text[end:], None)] if part]


def link_of(found: "re.Match[str]") -> str:
    """Where it leads; "" for a mention."""
    typed = found[0]
    if found["mail"]:
        return f"mailto:{typed}"
    if found["phone"]:
        return f"tel:{typed.replace(' ', '')}"
    return typed if found["url"] else f"http://{typed}" if found["site"] else ""


def _recognised(found: "re.Match[str]", typed: str) -> str:
    link = link_of(found)
    if not link:
        return typed
    return f"<{signs(link)}>" if link == typed else f"<{signs(link)}|{signs(typed)}>"


def sent_in_command(text: str, team: Team, should_escape: bool) -> str:
    """Without `should_escape` people and links come as their words; entities always."""
    if should_escape:
        return "".join(
            _with_name(found, part, team) if found else signs(part) for part, found in pieces(text)
        )
    return signs(MENTION.sub(lambda found: _as_words(found, team), text))


def _with_name(found: "re.Match[str]", typed: str, team: Team) -> str:
    user = team.users.get(found["user"] or "")
    return f"<@{user.id}|{user.name}>" if user else _recognised(found, typed)


def _as_words(found: "re.Match[str]", team: Team) -> str:
    user, group = team.users.get(found["user"] or ""), team.groups.get(found["group"] or "")
    return f"@{user.name if user else group.handle if group else found['all'] or 'unknown'}"
