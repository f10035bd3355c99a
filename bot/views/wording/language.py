"""Advice on words that blame a child or make the risk small (domain.md §6). Never a block, never a rewrite."""

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from bot.views import limits
from bot.views.blocks import section
from bot.views.message import Block, View
from bot.views.wording import words

_SHOWN = 3  # hints under one field: it is advice, not a lesson


class AdvisedPhrase(Struct, frozen=True, kw_only=True):
    words: str  # of the data file: words, | between alternatives, * for any ending
    instead: str


class Advice(Struct, frozen=True):
    found: str  # as it was typed
    instead: str


class Language:
    """Every phrase is looked for as whole words, whatever their capitals and gaps."""

    def __init__(self, phrases: Sequence[AdvisedPhrase] = ()) -> None:
        self._looked_for = [(_pattern(phrase.words), phrase.instead) for phrase in phrases]

    def advice(self, text: str) -> list[Advice]:
        """In the order of the text; each finding once."""
        plain = text.replace("’", "'")
        found = [
            (match.start(), Advice(match[0], instead))
            for pattern, instead in self._looked_for
            for match in pattern.finditer(plain)
        ]
        in_order = [advice for _, advice in sorted(found, key=lambda each: each[0])]
        return list({advice.found.lower(): advice for advice in in_order}.values())


def _pattern(phrase: str) -> re.Pattern[str]:
    spelt = r"[\W_]+".join(_alternatives(word) for word in phrase.split())
    return re.compile(rf"(?<![\w'-])(?:{spelt})(?![\w-])", re.IGNORECASE)


def _alternatives(word: str) -> str:
    spelt = [re.escape(each).replace(r"\*", r"\w*") for each in word.split("|")]
    return f"(?:{'|'.join(spelt)})"


def hint(advice: Iterable[Advice]) -> str:
    """Empty where there is none. Words with the same advice share its line."""
    found: dict[str, list[str]] = {}
    for each in list(advice)[:_SHOWN]:
        found.setdefault(each.instead, []).append(f"“{words.escape(each.found)}”")
    lines = [f"{', '.join(same)}: {instead}" for instead, same in found.items()]
    return limits.clip_markup("\n".join(lines), limits.CONTEXT)


def with_hints(view: View, typed: Mapping[str, str], language: Language) -> View:
    """`typed`: block → words. The hint stands right under its field."""
    hints = {block: hint(language.advice(text)) for block, text in typed.items()}
    return {
        **view,
        "blocks": [each for block in view["blocks"] for each in (block, *_under(block, hints))],
    }


def _under(block: Block, hints: Mapping[str, str]) -> list[Block]:
    said = hints.get(str(block.get("block_id")), "") if block["type"] == "input" else ""
    return [section(f"_On the wording:_\n{said}", id=f"hint_{block['block_id']}")] if said else []
