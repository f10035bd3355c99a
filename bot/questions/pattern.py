"""Patterns over words: `who (has|owns) {case} [now]`.

A pattern says, from a place in a clause, at which places it can end, and how many words it passed over on the way
there. Only one with gaps passes over any, and only over harmless ones.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from bot.questions.clause import NOWHERE, Clause, Ends, best_of

Match = Callable[[Clause, int], Ends]

_PIECE = re.compile(r"[\[\]()|]|\{\w+\}|[^\s\[\]()|{}]+")
_BRACKETS = {"(": ")", "[": "]"}


class Pattern(Struct, frozen=True):
    ends: Match
    firsts: frozenset[str]  # the words, and the {classes}, that it can begin with
    may_be_empty: bool


def parse(written: str, *, has_gaps: bool = False) -> Pattern:
    """Raises ValueError where brackets do not pair."""
    pattern, closed_by = _alternatives(iter(_PIECE.findall(written)), has_gaps)
    if closed_by:
        raise ValueError(f"{closed_by!r} too many in {written!r}")
    return pattern


def _alternatives(pieces: Iterator[str], has_gaps: bool) -> tuple[Pattern, str]:
    """Up to the bracket that closes this group, or the end; and which it was."""
    choices: list[list[Pattern]] = [[]]
    for piece in pieces:
        if piece == "|":
            choices.append([])
        elif piece in _BRACKETS.values():
            return _any_of([_sequence(each) for each in choices]), piece
        elif piece in _BRACKETS:
            inner, closed_by = _alternatives(pieces, has_gaps)
            if closed_by != _BRACKETS[piece]:
                raise ValueError(f"{piece!r} is not closed by {_BRACKETS[piece]!r}")
            choices[-1].append(_optional(inner) if piece == "[" else inner)
        else:
            single = _single(piece)
            choices[-1].append(_after_noise(single) if has_gaps else single)
    return _any_of([_sequence(each) for each in choices]), ""


def _single(piece: str) -> Pattern:
    match = _class(piece[1:-1]) if piece[0] == "{" else _word(piece)
    return Pattern(ends=match, firsts=frozenset((piece,)), may_be_empty=False)


def _word(word: str) -> Match:
    def ends(clause: Clause, start: int) -> Ends:
        return {start + 1: 0} if start < len(clause.words) and clause.words[start] == word else NOWHERE

    return ends


def _class(name: str) -> Match:
    return lambda clause, start: clause.ends_of(name, start)


def _after_noise(inner: Pattern) -> Pattern:
    def ends(clause: Clause, start: int) -> Ends:
        return best_of(
            (end, passed + place - start)
            for place in clause.past_noise(start)
            for end, passed in inner.ends(clause, place).items()
        )

    return Pattern(ends=ends, firsts=inner.firsts, may_be_empty=False)


def _optional(inner: Pattern) -> Pattern:
    def ends(clause: Clause, start: int) -> Ends:
        return {**inner.ends(clause, start), start: 0}

    return Pattern(ends=ends, firsts=inner.firsts, may_be_empty=True)


def _sequence(parts: Sequence[Pattern]) -> Pattern:
    if len(parts) == 1:
        return parts[0]

    def ends(clause: Clause, start: int) -> Ends:
        places: Ends = {start: 0}
        for part in parts:
            places = best_of(
                (end, before + passed)
                for place, before in places.items()
                for end, passed in part.ends(clause, place).items()
            )
            if not places:
                break
        return places

    return Pattern(ends=ends, firsts=_firsts(parts), may_be_empty=all(part.may_be_empty for part in parts))


def _firsts(parts: Iterable[Pattern]) -> frozenset[str]:
    firsts: frozenset[str] = frozenset()
    for part in parts:
        firsts |= part.firsts
        if not part.may_be_empty:
            break
    return firsts


def _any_of(choices: Sequence[Pattern]) -> Pattern:
    if len(choices) == 1:
        return choices[0]

    def ends(clause: Clause, start: int) -> Ends:
        return best_of(end for choice in choices for end in choice.ends(clause, start).items())

    return Pattern(
        ends=ends,
        firsts=frozenset().union(*(choice.firsts for choice in choices)),
        may_be_empty=any(choice.may_be_empty for choice in choices),
    )
