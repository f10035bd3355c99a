"""What a reply says → the codes in it; and the sentences that answer it. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.views.blocks import MARKING

_CODE = re.compile(r"[1-9][0-9]")
_BETWEEN = re.compile(r"[\s,.;:&+/!#*\"'()\-]+|\band\b|\bcode\b", re.IGNORECASE)

FOREIGN = (
    "This number only takes codes from people on duty. Nothing was passed on, and nobody reads it. "
    "In an emergency ring 999."
)
NO_MORE = "You are not on the force's list any more: nothing was done. Ring the control room."
_NAMED = 8  # references in one sentence; the rest is counted
_CUT = " ..."


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
    named = ", or ".join(f"{code} for {cases(refs)}" for code, refs in waiting.items())
    return f"To acknowledge, reply only {named}. Else open Slack, or ring the control room."


def acknowledged(refs: Sequence[str], at: str, until: str) -> str:
    quiet = f" {'It is' if len(refs) == 1 else 'They are'} quiet until {until}." if until else ""
    return f"You acknowledged {cases(refs)} at {at}.{quiet} No clock stops: act in Slack, or ring the control room."


def by_another(refs: Sequence[str], who: str, at: str) -> str:
    return f"{who} acknowledged {cases(refs)} at {at}. Nothing changed."


def closed(refs: Sequence[str]) -> str:
    return f"{cases(refs)} {'is' if len(refs) == 1 else 'are'} closed. Nothing changed."


def over(refs: Sequence[str]) -> str:
    return f"That page of {cases(refs)} needs nobody any more. Nothing changed."


def refused(refs: Sequence[str], why: str) -> str:
    return f"Not done for {cases(refs)}: {why}"


def cannot_read(refs: Sequence[str]) -> str:
    return f"Not done: the record does not answer for {cases(refs)}. Ring the control room."


def cases(refs: Sequence[str]) -> str:
    """All of them while they are few: a storm has to fit in one text."""
    if len(refs) == 1:
        return refs[0]
    more = len(refs) - _NAMED
    return f"{len(refs)} cases ({', '.join(refs[:_NAMED])}{f' and {more} more' if more > 0 else ''})"


class Outcome(NamedTuple):
    """What came of one page: the sentence, without its case, and the case."""

    sentence: Callable[..., str]
    words: tuple[str, ...]
    ref: str


def summed(outcomes: Iterable[Outcome]) -> list[str]:
    """One sentence for all cases of which the same is to be said."""
    alike: dict[tuple[Callable[..., str], tuple[str, ...]], dict[str, None]] = {}
    for each in outcomes:
        alike.setdefault((each.sentence, each.words), {})[each.ref] = None
    return [sentence(list(refs), *words) for (sentence, words), refs in alike.items()]


def marked(said: Sequence[str], sent: str, longest: int) -> str:
    """One text of at most so many characters: each sentence once, when it was sent, and the marking."""
    end = f"\n{sent}\n{MARKING}"
    words = "\n".join(dict.fromkeys(said))
    if len(words) + len(end) > longest:
        words = words[: longest - len(end) - len(_CUT)].rsplit(" ", 1)[0] + _CUT
    return words + end
