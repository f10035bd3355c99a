"""The words of one clause, and what the patterns of the phrasebook find in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

Ends = Mapping[int, int]  # where it can end → how many words were passed over on the way there
NOWHERE: Ends = {}


class Matches(Protocol):
    """A pattern, as a clause sees it."""

    @property
    def firsts(self) -> frozenset[str]: ...

    def ends(self, clause: "Clause", start: int, /) -> Ends: ...


class Patterns:
    """Several patterns, of which only those are tried that can begin with the word that stands there."""

    def __init__(self, patterns: Iterable[Matches], classes: Mapping[str, "Patterns"]) -> None:
        self._by_first: dict[str, list[Matches]] = {}
        self._all = [(frozenset(_first_words(pattern, classes)), pattern) for pattern in patterns]
        self.firsts = frozenset().union(*(firsts for firsts, _ in self._all))
        for firsts, pattern in self._all:
            for first in firsts:
                self._by_first.setdefault(first, []).append(pattern)

    def ends(self, clause: "Clause", start: int) -> Ends:
        if start >= len(clause.words):
            return NOWHERE
        found = self._by_first.get(clause.words[start], ())
        return best_of(end for pattern in found for end in pattern.ends(clause, start).items())

    def passed_over_in(self, clause: "Clause") -> int | None:
        """The fewest words that one of them leaves to noise; None where none covers the clause."""
        tried = (pattern for firsts, pattern in self._all if not firsts.isdisjoint(clause.words))
        over = (clause.passed_over_by(pattern) for pattern in tried)
        return min((each for each in over if each is not None), default=None)


def _first_words(pattern: Matches, classes: Mapping[str, Patterns]) -> Iterator[str]:
    for first in pattern.firsts:
        yield from classes[first[1:-1]].firsts if first[0] == "{" else (first,)


def best_of(ends: Iterable[tuple[int, int]]) -> Ends:
    best: dict[int, int] = {}
    for end, passed in ends:
        if end not in best or passed < best[end]:
            best[end] = passed
    return best


class Clause:
    """Of `classes` and `noise`, each is looked for at each place once at most.

    `typed`: of each word, the form in which it was typed, where `words` are not the forms themselves.
    """

    def __init__(
        self,
        words: Sequence[str],
        classes: Mapping[str, Patterns],
        noise: Patterns,
        typed: Sequence[str] | None = None,
    ) -> None:
        self.words = tuple(words)
        self.typed = self.words if typed is None else tuple(typed)
        self._classes = classes
        self._noise = noise
        self._found: dict[tuple[str, int], Ends] = {}
        self._past_noise: dict[int, frozenset[int]] = {}

    def ends_of(self, name: str, start: int) -> Ends:
        """Where the class of that name can end from there. Raises KeyError for a class that is not defined."""
        key = (name, start)
        if key not in self._found:
            self._found[key] = self._classes[name].ends(self, start)
        return self._found[key]

    def past_noise(self, start: int) -> frozenset[int]:
        if start not in self._past_noise:
            self._past_noise[start] = self.past(self._noise, start)
        return self._past_noise[start]

    def past(self, patterns: Patterns, start: int) -> frozenset[int]:
        """There, and every place that one of the patterns after another leads to from there."""
        places, new = {start}, {start}
        while new:
            new = {end for place in new for end in patterns.ends(self, place)} - places
            places |= new
        return frozenset(places)

    def passed_over_by(self, pattern: Matches) -> int | None:
        """How many words the pattern leaves to noise; None where it does not cover the clause."""
        over = [
            passed + left for end, passed in pattern.ends(self, 0).items() if (left := self._left(end)) >= 0
        ]
        return min(over, default=None)

    @property
    def is_noise(self) -> bool:
        return self._left(0) >= 0

    def _left(self, place: int) -> int:
        """How many words there are to the end, all noise; -1 where they are not. A question mark says no more."""
        ends = [end - place for end in self.past_noise(place) if self.words[end:] in ((), ("?",))]
        return min(ends, default=-1)
