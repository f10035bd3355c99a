"""Patterns over words: `who (has|owns) {case} [now]`; `...` stands for up to three words, whatever they are.

`cut=cuts` is the word cut where it was typed as cuts, and in no other form.

A pattern says, from a place in a clause, at which places it can end, and how many words it passed over on the way
there. Only one with gaps, or with `...`, passes over any; where it has gaps, only over harmless ones.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

from msgspec import Struct

from bot.questions.sentences import NOWHERE, Clause, Ends, best_of

Match = Callable[[Clause, int], Ends]

_PIECE = re.compile(r"[\[\]()|]|\{\w+\}|[^\s\[\]()|{}]+")
_BRACKETS = {"(": ")", "[": "]"}
_ANY = "..."
_ANY_AT_MOST = 3
_FAR = 1 << 30  # words: more than any clause has


class Pattern(Struct, frozen=True):
    ends: Match
    firsts: frozenset[str]  # the words, and the {classes}, that it can begin with
    may_be_empty: bool
    is_word: bool = False  # one of `firsts`, and no more
    after_noise: bool = False  # harmless words may stand before `firsts`
    needs: tuple[
        frozenset[str], ...
    ] = ()  # of each of these sets, one word or {class} stands wherever it is found


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


@cache  # the same words stand in most lines
def _single(piece: str) -> Pattern:
    if piece == _ANY:
        return Pattern(ends=_any_words, firsts=frozenset(), may_be_empty=True)
    if piece[0] == "{":
        return _one(piece, _class(piece[1:-1]))
    word, _, form = piece.partition("=")
    return _one(word, _form(word, form)) if form else _one(word, _word(word), is_word=True)


def _one(first: str, match: Match, *, is_word: bool = False) -> Pattern:
    one = frozenset((first,))
    return Pattern(ends=match, firsts=one, may_be_empty=False, is_word=is_word, needs=(one,))


def _word(word: str) -> Match:
    def ends(clause: Clause, start: int) -> Ends:
        return {start + 1: 0} if start < len(clause.words) and clause.words[start] == word else NOWHERE

    return ends


def _form(word: str, form: str) -> Match:
    def ends(clause: Clause, start: int) -> Ends:
        here = start < len(clause.words) and (clause.words[start], clause.typed[start]) == (word, form)
        return {start + 1: 0} if here else NOWHERE

    return ends


def _any_words(clause: Clause, start: int) -> Ends:
    last = min(start + _ANY_AT_MOST, len(clause.words))
    return {end: end - start for end in range(start, last + 1)}


def _class(name: str) -> Match:
    return lambda clause, start: clause.ends_of(name, start)


def _after_noise(inner: Pattern) -> Pattern:
    def ends(clause: Clause, start: int) -> Ends:
        return best_of(
            (end, passed + place - start)
            for place in clause.past_noise(start)
            for end, passed in inner.ends(clause, place).items()
        )

    return Pattern(ends=ends, firsts=inner.firsts, may_be_empty=False, after_noise=True, needs=inner.needs)


def _optional(inner: Pattern) -> Pattern:
    def ends(clause: Clause, start: int) -> Ends:
        return {**inner.ends(clause, start), start: 0}

    return Pattern(ends=ends, firsts=inner.firsts, may_be_empty=True, after_noise=inner.after_noise)


def _sequence(parts: Sequence[Pattern]) -> Pattern:
    if len(parts) == 1:
        return parts[0]

    steps = [(part.ends, _only_begins_with(part)) for part in parts]

    def ends(clause: Clause, start: int) -> Ends:
        words, length = clause.words, len(clause.words)
        places: dict[int, int] = {start: 0}
        for part_ends, begins in steps:
            reached: dict[int, int] = {}
            for place, before in places.items():
                if begins and (place >= length or words[place] not in begins):
                    continue
                for end, passed in part_ends(clause, place).items():
                    if before + passed < reached.get(end, _FAR):
                        reached[end] = before + passed
            if not reached:
                return NOWHERE
            places = reached
        return places

    return Pattern(
        ends=ends,
        firsts=_firsts(parts),
        may_be_empty=all(part.may_be_empty for part in parts),
        after_noise=any(part.after_noise for part in parts),
        needs=tuple(need for part in parts for need in part.needs),
    )


def _only_begins_with(part: Pattern) -> frozenset[str]:
    """The words of which one must stand where it begins; empty where that cannot be said by words alone."""
    return frozenset() if _may_begin_with_any(part) else part.firsts


def _firsts(parts: Iterable[Pattern]) -> frozenset[str]:
    firsts: frozenset[str] = frozenset()
    for part in parts:
        firsts |= part.firsts
        if not part.may_be_empty:
            break
    return firsts


def _any_of(choices: Sequence[Pattern]) -> Pattern:
    """Of its choices only those are tried that can begin with the word that stands there."""
    if len(choices) == 1:
        return choices[0]
    words = frozenset().union(*(choice.firsts for choice in choices if choice.is_word))
    longer = [choice for choice in choices if not choice.is_word]
    anywhere = [choice for choice in longer if _may_begin_with_any(choice)]
    by_first: dict[str, list[Pattern]] = {}
    for choice in longer:
        for first in () if choice in anywhere else choice.firsts:
            by_first.setdefault(first, []).append(choice)

    def ends(clause: Clause, start: int) -> Ends:
        word = clause.words[start] if start < len(clause.words) else ""
        tried = [*by_first.get(word, ()), *anywhere]
        one: Ends = {start + 1: 0} if word in words else NOWHERE
        if not tried:
            return one
        return best_of(chain(one.items(), *(choice.ends(clause, start).items() for choice in tried)))

    return Pattern(
        ends=ends,
        firsts=frozenset().union(*(choice.firsts for choice in choices)),
        may_be_empty=any(choice.may_be_empty for choice in choices),
        is_word=not longer,
        after_noise=any(choice.after_noise for choice in choices),
        needs=_needed_by_any(choices),
    )


def _may_begin_with_any(choice: Pattern) -> bool:
    return choice.may_be_empty or choice.after_noise or any("{" in first for first in choice.firsts)


def _how_often(words: frozenset[str]) -> tuple[int, int]:
    """The fewer and the longer the words, the more seldom one of them is said."""
    return len(words), -min((1 if word[0] == "{" else len(word) for word in words), default=0)


def _needed_by_any(choices: Sequence[Pattern]) -> tuple[frozenset[str], ...]:
    """One set of words: each choice's own smallest. None where a choice needs nothing."""
    least = [min(choice.needs, key=_how_often, default=frozenset[str]()) for choice in choices]
    return (frozenset().union(*least),) if all(least) else ()
