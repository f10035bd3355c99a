"""The markers that a text asks about, with the words that ask, as they stand there."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from bot.questions.sentences import Clause
from bot.risk_words.clauses import Heard, clauses, sentences
from bot.risk_words.phrases import COMMON, LONGEST_NOTE, Phrase, Phrases, Span, Written
from bot.risk_words.scope import Scope

_REMEMBERED = 2048  # texts: five hundred open cases have fewer


class Ask(Struct, frozen=True):
    marker: str  # a code of bot.domain.facts, or adverse_event
    words: str  # a part of the text


class RiskWords:
    """It only asks. Whether a marker is so is for a person to say."""

    def __init__(self, written: Written) -> None:
        """Raises ValueError, KeyError where a line cannot be read."""
        self._phrases = Phrases(written)
        self._remembered = lru_cache(_REMEMBERED)(self._read)  # each screen asks about its cases' words again

    def asks(self, text: str) -> list[Ask]:
        """In the order of the text; each marker once, by the first words that ask about it."""
        return [*self._remembered(text)]

    def _read(self, text: str) -> list[Ask]:
        found = Reading(text, self._phrases).found()
        in_order = sorted(found.items(), key=lambda each: (each[1], each[0]))
        return [Ask(marker, text[start:end]) for marker, (start, end) in in_order]


class Hit(Struct, frozen=True):
    parts: int
    words: Span  # of the clause
    marker: str


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


class Reading:
    """One text, read once."""

    def __init__(self, text: str, phrases: Phrases) -> None:
        self._phrases = phrases
        self._heard = clauses(text, phrases.forms)
        self._clauses = [phrases.clause(each.words, each.typed) for each in self._heard]
        self._lists = [list_around(self._heard, place, phrases.subjects) for place in range(len(self._heard))]
        self._scope = Scope(self._heard, self._clauses, phrases)
        self._harmless: dict[int, list[Harmless]] = {}
        self._found: dict[str, Span] = {}

    def found(self) -> dict[str, Span]:
        """Of each marker, from where to where in the text: what one clause says before what a sentence does."""
        for number in range(len(self._clauses)):
            for each in sorted(self._in_clause(number), key=_plainest):
                self._found.setdefault(each.marker, _place(self._heard[number], each.words))
        for sentence in sentences(self._heard):
            for marker, span in self._in_sentence(sentence):
                self._found.setdefault(marker, span)
        return self._found

    def _in_clause(self, number: int) -> Iterator[Hit]:
        clause = self._clauses[number]
        for phrase in self._tried_in(number):
            if phrase.marker in self._found:
                continue
            for parts in phrase.places(clause):
                whole = min(parts)[0], max(end for _, end in parts)
                if not any(self._is_hidden(number, span) for span in parts) and self._stands(
                    phrase, number, whole
                ):
                    yield Hit(len(parts), whole, phrase.marker)

    def _tried_in(self, number: int) -> Iterator[Phrase]:
        words = self._clauses[number].words
        yield from self._phrases.risks.those_in(frozenset(words))
        if len(words) <= LONGEST_NOTE and self._phrases.everyday.isdisjoint(self._lists[number].words):
            yield from self._phrases.notes.those_in(frozenset(words))

    def _in_sentence(self, numbers: Sequence[int]) -> Iterator[tuple[str, Span]]:
        words = frozenset(word for number in numbers for word in self._clauses[number].words)
        for phrase in sorted(self._phrases.wide.those_in(words), key=lambda each: each.line):
            if phrase.marker in self._found:
                continue
            places = [self._first_place(phrase, part, numbers) for part in range(len(phrase.parts))]
            spans = [span for span in places if span]
            if len(spans) == len(places):
                yield phrase.marker, (min(spans)[0], max(end for _, end in spans))

    def _first_place(self, phrase: Phrase, part: int, numbers: Sequence[int]) -> Span | None:
        for number in numbers:
            for span in phrase.spans(self._clauses[number], part):
                if not self._is_hidden(number, span) and self._stands(phrase, number, span):
                    return _place(self._heard[number], span)
        return None

    def _stands(self, phrase: Phrase, number: int, span: Span) -> bool:
        return phrase.stands or not self._scope.takes_back(number, *span, phrase.marker)

    def _is_hidden(self, number: int, span: Span) -> bool:
        if number not in self._harmless:
            self._harmless[number] = [*self._ordinary(number)]
        return any(each.hides(self._clauses[number], span) for each in self._harmless[number])

    def _ordinary(self, number: int) -> Iterator[Harmless]:
        listed = self._lists[number]
        clause = self._phrases.clause(listed.words, listed.typed)
        for phrase in self._phrases.ordinary.those_in(frozenset(clause.words)):
            for parts in phrase.places(clause):
                yield Harmless(tuple((start - listed.begins, end - listed.begins) for start, end in parts))


def _place(heard: Heard, words: Span) -> Span:
    """In the text."""
    return heard.spans[words[0]][0], heard.spans[words[1] - 1][1]


def _plainest(found: Hit) -> tuple[int, int, int]:
    """Words that stand together before those that stand apart; then the first, and the longest."""
    start, end = found.words
    return found.parts, start, -end


# A list says one thing, though commas part it: "a knife, fork and spoon", "his hat, gloves, bat".

_LONGEST = 8  # words in a part that goes on with a list
_POSSESSIVE = frozenset(["her", "his"])  # "her mum" begins anew, "her coat" does not


class Listed(Struct, frozen=True):
    """The words of all parts, and where those of the one part begin that was asked about."""

    words: tuple[str, ...]
    typed: tuple[str, ...]
    begins: int


def list_around(heard: Sequence[Heard], number: int, subjects: Collection[str]) -> Listed:
    """`subjects`: words that begin a clause anew, so that it is no part of a list."""
    first = number
    while first and _goes_on(heard[first], subjects):
        first -= 1
    parts = [*heard[first : number + 1], *_parts_after(heard[number + 1 :], subjects)]
    words = tuple(word for each in parts for word in each.words)
    typed = tuple(word for each in parts for word in each.typed)
    return Listed(words, typed, sum(len(each.words) for each in heard[first:number]))


def _parts_after(heard: Sequence[Heard], subjects: Collection[str]) -> Iterator[Heard]:
    for each in heard:
        if not _goes_on(each, subjects):
            return
        yield each


def _goes_on(here: Heard, subjects: Collection[str]) -> bool:
    anew = any(word in subjects and word not in _POSSESSIVE for word in here.words)
    return here.before == "," and len(here.words) <= _LONGEST and not anew
