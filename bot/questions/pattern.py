"""Patterns over whole words: `who (has|owns) {it} [now]`.

A pattern says, from a place in a sentence, at which places it can end; there may be several.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

Places = frozenset[int]
Match = Callable[["Sentence", int], Places]

_PIECE = re.compile(r"[\[\]()|]|\{\w+\}|[^\s\[\]()|{}]+")
_ENDS = {"(": ")", "[": "]"}


class Pattern(Struct, frozen=True):
    ends: Match
    words: frozenset[str]  # every word it has


class Sentence:
    """The words of one sentence, and what each class of words has been found to match in it."""

    def __init__(self, words: Sequence[str], classes: dict[str, tuple[Pattern, ...]]) -> None:
        self.words = tuple(words)
        self._classes = classes
        self._found: dict[tuple[str, int], Places] = {}

    def ends_of(self, name: str, start: int) -> Places:
        """Where the class of that name can end from there. Raises KeyError for a class that is not defined."""
        key = (name, start)
        if key not in self._found:
            self._found[key] = frozenset().union(*(each.ends(self, start) for each in self._classes[name]))
        return self._found[key]


def parse(written: str) -> Pattern:
    """Raises ValueError where brackets do not pair."""
    pieces = _PIECE.findall(written)
    words = frozenset(piece for piece in pieces if piece[0] not in "[](){}|")
    rest = iter(pieces)
    ends, closed_by = _alternatives(rest)
    if closed_by:
        raise ValueError(f"{closed_by!r} too many in {written!r}")
    return Pattern(ends=ends, words=words)


def _alternatives(pieces: Iterator[str]) -> tuple[Match, str]:
    """Up to the bracket that closes this group, or the end; and which it was."""
    choices: list[list[Match]] = [[]]
    for piece in pieces:
        if piece == "|":
            choices.append([])
        elif piece in _ENDS.values():
            return _any_of([_sequence(each) for each in choices]), piece
        elif piece in _ENDS:
            inner, closed_by = _alternatives(pieces)
            if closed_by != _ENDS[piece]:
                raise ValueError(f"{piece!r} is not closed by {_ENDS[piece]!r}")
            choices[-1].append(_optional(inner) if piece == "[" else inner)
        else:
            choices[-1].append(_class(piece[1:-1]) if piece[0] == "{" else _word(piece))
    return _any_of([_sequence(each) for each in choices]), ""


def _word(word: str) -> Match:
    def ends(sentence: Sentence, start: int) -> Places:
        is_here = start < len(sentence.words) and sentence.words[start] == word
        return frozenset((start + 1,)) if is_here else frozenset()

    return ends


def _class(name: str) -> Match:
    return lambda sentence, start: sentence.ends_of(name, start)


def _optional(inner: Match) -> Match:
    return lambda sentence, start: inner(sentence, start) | {start}


def _sequence(parts: Sequence[Match]) -> Match:
    def ends(sentence: Sentence, start: int) -> Places:
        places = frozenset((start,))
        for part in parts:
            places = frozenset().union(*(part(sentence, place) for place in places))
            if not places:
                break
        return places

    return ends


def _any_of(choices: Sequence[Match]) -> Match:
    if len(choices) == 1:
        return choices[0]
    return lambda sentence, start: frozenset().union(*(choice(sentence, start) for choice in choices))
