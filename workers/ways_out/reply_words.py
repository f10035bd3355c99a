"""What a reply says → the codes in it; and the sentences that answer it. Pure."""

import re
from collections.abc import Mapping, Sequence

from bot.views.blocks import MARKING

_CODE = re.compile(r"[1-9][0-9]")
_BETWEEN = re.compile(r"[\s,.;:&+/!#*\"'()\-]+|\band\b|\bcode\b", re.IGNORECASE)

FOREIGN = (
    "This number only takes codes from people on duty. Nothing was passed on, and nobody reads it. "
    "In an emergency ring 999."
)
NO_MORE = "You are not on the force's list any more: nothing was done. Ring the control room."
CANNOT_READ = "Not done: the record does not answer for {ref}. Ring the control room."


def codes_in(said: str) -> tuple[int, ...]:
    """Those of a reply that says nothing else: a word more may be "not", or a phone's own that quotes the text."""
    parts = [part for part in _BETWEEN.split(said) if part]
    if not parts or not all(_CODE.fullmatch(part) for part in parts):
        return ()
    return tuple(dict.fromkeys(int(part) for part in parts))


def not_understood(waiting: Mapping[int, Sequence[str]]) -> str:
    """`waiting`: code → references of the cases that it stands for."""
    return f"Not done: only a code is understood. {what_to_do(waiting)}"


def no_such_code(code: int, waiting: Mapping[int, Sequence[str]]) -> str:
    return f"Not done: no page waits for you under {code}. {what_to_do(waiting)}"


def what_to_do(waiting: Mapping[int, Sequence[str]]) -> str:
    if not waiting:
        return "No page waits for your answer. Open Slack, or ring the control room."
    named = ", or ".join(f"{code} for {' and '.join(refs)}" for code, refs in waiting.items())
    return f"To acknowledge, reply only {named}. Else open Slack, or ring the control room."


def acknowledged(ref: str, at: str, until: str) -> str:
    quiet = f" It is quiet until {until}." if until else ""
    return f"You acknowledged {ref} at {at}.{quiet} No clock stops: act in Slack, or ring the control room."


def by_another(ref: str, who: str, at: str) -> str:
    return f"{who} acknowledged {ref} at {at}. Nothing changed."


def closed(ref: str) -> str:
    return f"{ref} is closed. Nothing changed."


def over(ref: str) -> str:
    return f"That page of {ref} needs nobody any more. Nothing changed."


def refused(ref: str, why: str) -> str:
    return f"Not done for {ref}: {why}"


def marked(said: Sequence[str], sent: str) -> str:
    """One text: each sentence once, when it was sent, and the marking."""
    return "\n".join([*dict.fromkeys(said), sent, MARKING])
