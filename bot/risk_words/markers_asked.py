"""The markers that a text asks about, with the words that ask, as they stand there."""

from collections.abc import Iterator

from msgspec import Struct

from bot.questions.clause import Clause
from bot.risk_words.clauses import clauses
from bot.risk_words.lists import Listed, list_around
from bot.risk_words.phrases import COMMON, Phrases, Span, Written
from bot.risk_words.scope import Scope

Found = tuple[int, Span, str]  # how many parts; from which word to which; the marker


class Ask(Struct, frozen=True):
    marker: str  # a code of bot.domain.markers, or adverse_event
    words: str  # a part of the text


class Harmless(Struct, frozen=True):
    """An ordinary expression, and where its own words stand: not those that stand in a gap of it."""

    spans: tuple[Span, ...]

    def hides(self, clause: Clause, risk: Span) -> bool:
        """Where it has all that the risk says, and more: "knife" in "knife and fork", not in "a knife in each hand"."""
        start, end = risk
        begin, finish = self.spans[0][0], self.spans[-1][1]
        if start <= begin and finish <= end and (begin, finish) != risk:
            return False
        telling = [self._has(place) for place in range(start, end) if clause.words[place] not in COMMON]
        return all(telling) if telling else any(map(self._has, range(start, end)))

    def _has(self, place: int) -> bool:
        return any(first <= place < after for first, after in self.spans)


class RiskWords:
    """It only asks. Whether a marker is so is for a person to say."""

    def __init__(self, written: Written) -> None:
        """Raises ValueError, KeyError where a line cannot be read."""
        self._phrases = Phrases(written)

    def asks(self, text: str) -> list[Ask]:
        """In the order of the text; each marker once, by the first words that ask about it."""
        phrases = self._phrases
        heard = clauses(text, phrases.forms)
        made = [phrases.clause(each.words, each.typed) for each in heard]
        scope = Scope(heard, made, phrases)
        found: dict[str, Span] = {}
        for number, clause in enumerate(made):
            listed = list_around(heard, number, phrases.subjects)
            for _, (start, end), marker in sorted(self._found(clause, listed, scope, number), key=_plainest):
                if marker not in found:
                    spans = heard[number].spans
                    found[marker] = spans[start][0], spans[end - 1][1]
        in_order = sorted(found.items(), key=lambda each: (each[1], each[0]))
        return [Ask(marker, text[start:end]) for marker, (start, end) in in_order]

    def _found(self, clause: Clause, listed: Listed, scope: Scope, number: int) -> Iterator[Found]:
        harmless: list[Harmless] | None = None
        for phrase in self._phrases.risks.those_in(clause):
            if phrase.alone and not self._phrases.everyday.isdisjoint(listed.words):
                continue
            for parts in phrase.places(clause):
                if harmless is None:
                    harmless = self._ordinary(listed)
                if any(each.hides(clause, span) for span in parts for each in harmless):
                    continue
                start, end = min(parts)[0], max(end for _, end in parts)
                if phrase.stands or not scope.takes_back(number, start, end, phrase.marker):
                    yield len(parts), (start, end), phrase.marker

    def _ordinary(self, listed: Listed) -> list[Harmless]:
        clause = self._phrases.clause(listed.words, listed.typed)
        return [
            Harmless(tuple((start - listed.begins, end - listed.begins) for start, end in parts))
            for phrase in self._phrases.ordinary.those_in(clause)
            for parts in phrase.places(clause)
        ]


def _plainest(found: Found) -> tuple[int, int, int]:
    """Words that stand together before those that stand apart; then the first, and the longest."""
    parts, (start, end), _ = found
    return parts, start, -end
