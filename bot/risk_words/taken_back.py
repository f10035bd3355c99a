"""What stands beside a phrase and takes it back: "as a baby", "in his game", "I signed him out".

It reaches no further than its own part of the sentence, up to an "and" or a comma; some take back the part before
theirs, too ("had asthma but grew out of it"). Each kind has words that keep it from it: "still", "again".
"""

from collections.abc import Sequence

from bot.questions.sentences import Clause
from bot.risk_words.clauses import WITHIN_A_SENTENCE, Heard
from bot.risk_words.phrases import Index, Phrases

Part = tuple[Clause, int, int]  # from which of its words to which


class Beside:
    """One text: its clauses, as they were heard."""

    def __init__(self, heard: Sequence[Heard], clauses: Sequence[Clause], phrases: Phrases) -> None:
        self._heard = heard
        self._clauses = clauses
        self._phrases = phrases

    def takes_back(self, number: int, start: int, end: int, marker: str) -> bool:
        kinds = self._phrases.taken_back.get(marker, ())
        if not kinds:
            return False
        own = self._part(number, start, end)
        later = self._part_after(number, own[2])
        said = [word for clause, first, last in (own, later) for word in clause.words[first:last]]
        return any(
            kind.unless.isdisjoint(said) and (_stands_in(own, kind.within) or _stands_in(later, kind.after))
            for kind in kinds
        )

    def _part(self, number: int, start: int, end: int) -> Part:
        clause = self._clauses[number]
        first, last = start, end
        while first and clause.words[first - 1] not in self._phrases.ends:
            first -= 1
        while last < len(clause.words) and clause.words[last] not in self._phrases.ends:
            last += 1
        return clause, first, last

    def _part_after(self, number: int, last: int) -> Part:
        """In the same sentence; empty where that ends."""
        if last < len(self._clauses[number].words):
            return self._part(number, last + 1, last + 1)
        if number + 1 == len(self._heard) or self._heard[number + 1].before not in WITHIN_A_SENTENCE:
            return self._clauses[number], last, last
        words = self._clauses[number + 1].words
        begins = 1 if words[0] in self._phrases.ends else 0
        return self._part(number + 1, begins, begins)


def _stands_in(part: Part, expressions: Index) -> bool:
    clause, first, last = part
    return any(
        first <= spans[0][0] and spans[-1][1] <= last
        for expression in expressions.those_in(frozenset(clause.words))
        for spans in map(sorted, expression.places(clause))
    )
