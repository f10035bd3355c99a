"""What the file of risk words says, made ready to look for: per marker, phrases as `bot.questions.pattern` has them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from bot.questions.pattern import Pattern, parse
from bot.questions.sentences import Clause, Patterns
from bot.risk_words.clauses import spelt_out
from bot.risk_words.forms import Forms

_WORD = re.compile(r"(?<![{\w=])=?[^\s\[\](){}|=]+(?![}\w])")
_CLASS = re.compile(r"\{(\w+)\}")
_GAP = "..."
_PAIR = " + "
_WIDE = " & "
_GAP_AT_MOST = 3  # words
_NEAR = 7  # words between two parts that go together, at most
_LEAD, _TAIL = "[{lead}] [{lead}]", "[{tail}]"  # what may stand beside the words of a note


Span = tuple[int, int]  # the first word, and the one after the last


class WrittenBeside(Struct, frozen=True, kw_only=True):
    """What takes back the phrases of some markers where it stands beside them."""

    markers: Sequence[str]
    within: Sequence[str]  # the part of a sentence in which it stands
    after: Sequence[str]  # the part before that in which it stands
    answered: Sequence[str]  # the same, where it is all that the part after says
    unless: Sequence[str]  # words that keep it from taking anything back


class Written(Struct, frozen=True, kw_only=True):
    """The file, as it is written."""

    same: Mapping[str, str]
    leave: Sequence[str]  # words that are no slip of another
    classes: Mapping[str, Sequence[str]]
    governs: Sequence[str]
    governs_not: Sequence[str]
    ends: Sequence[str]
    subjects: Sequence[str]
    tells: Sequence[str]
    third: Sequence[str]  # what may stand between somebody else and what is said of them
    beside: Sequence[WrittenBeside]
    ordinary: Sequence[str]
    everyday: Sequence[str]  # things: in a list with one of these, a note of a word or two is none
    asks: Mapping[str, Sequence[str]]  # by marker
    stands: Mapping[str, Sequence[str]]
    alone: Mapping[str, Sequence[str]]


class Phrase(Struct, frozen=True):
    """One line of the file, of a marker or of what is ordinary."""

    line: str
    marker: str
    stands: bool  # whatever governs it
    alone: bool  # only where it is all that its clause says, as in a note
    parts: tuple[Pattern, ...]  # one, or several that stand near each other
    in_order: bool  # one after the other, as far apart as `...` lets them; else in any order
    needs: tuple[frozenset[str], ...]
    firsts: tuple[frozenset[str], ...]  # of each part

    def places(self, clause: Clause) -> Iterator[tuple[Span, ...]]:
        """Where each of its parts begins and ends, the longest from each beginning."""
        found: list[tuple[Span, ...]] = [()]
        for part in range(len(self.parts)):
            spans = [*self.spans(clause, part)] if found else []
            goes_on = _follows if self.in_order else _is_near
            found = [(*before, span) for before in found for span in spans if goes_on(before, span)]
        yield from found

    def spans(self, clause: Clause, part: int) -> Iterator[Span]:
        for start, word in enumerate(clause.words[:1] if self.alone else clause.words):
            ends = self.parts[part].ends(clause, start) if word in self.firsts[part] else ()
            if ends and (not self.alone or max(ends) == len(clause.words)):
                yield start, max(ends)


def _is_near(before: tuple[Span, ...], span: Span) -> bool:
    """Whether so few words stand between it and one of those before it; not where they share some."""
    apart = [max(span[0] - end, start - span[1]) for start, end in before]
    return not before or (min(apart) >= 0 and min(apart) <= _NEAR)


def _follows(before: tuple[Span, ...], span: Span) -> bool:
    return not before or 0 <= span[0] - before[-1][1] <= _GAP_AT_MOST


LONGEST_NOTE = 9  # words: what is longer is no note, whatever it says


class Index:
    """Of many phrases, only those are tried whose rarest word stands in the clause."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            for word in min(phrase.needs, key=_cost):
                self._by_word[word].append(phrase)

    def those_in(self, words: frozenset[str]) -> Iterator[Phrase]:
        tried: set[int] = set()
        for word in words:
            for phrase in self._by_word.get(word, ()):
                if id(phrase) not in tried:
                    tried.add(id(phrase))
                    if not any(map(words.isdisjoint, phrase.needs)):
                        yield phrase


# The words that stand in nearly every clause: a phrase is not looked up by them where it has another.
COMMON = frozenset(
    """
    a an the she he they i we it her his him them their my me our us is was are were be been has have had do does did
    not to of in on at for with and from by that this will would can could go get say take come out up off all some
    no so as about if when while because there here who what where which just still now then you your home school
    """.split()  # noqa: SIM905 - a list of words reads as one
)


def _cost(words: frozenset[str]) -> int:
    return len(words) + 100 * len(words & COMMON)


class TakenBack(Struct, frozen=True):
    within: Index
    after: Index
    answered: Index
    unless: frozenset[str]


class Phrases:
    """Raises ValueError, KeyError where a line cannot be read."""

    def __init__(self, written: Written) -> None:
        lines = [spelt_out(line).replace(_PAIR, " ").replace(_WIDE, " ") for line in _lines(written)]
        known = {word.lstrip("=") for line in lines for word in _WORD.findall(line) if word != _GAP}
        same = {typed: meaning for meaning, spelt in written.same.items() for typed in spelt.split()}
        meanings = {word for meaning in written.same for word in meaning.split()}
        exact = {word[1:] for line in lines for word in _WORD.findall(line) if word[0] == "="}
        self.forms = Forms(known | meanings, same, written.leave, exact)
        self.classes: dict[str, Patterns] = {}
        for name, lines_of in written.classes.items():
            self.classes[name] = self.patterns(lines_of)
        self.nothing = Patterns([], self.classes)
        self.governs = self.patterns(written.governs)
        self.governs_not = self.patterns(written.governs_not)
        self.ends = self._set(written.ends)
        self.subjects = self._set(written.subjects)
        self.tells = self._set(written.tells)
        self.third = self._set(written.third)
        self.everyday = self._set(written.everyday)
        self.ordinary = Index(self.expression(line) for line in written.ordinary)
        self.taken_back: dict[str, list[TakenBack]] = defaultdict(list)
        for kind in written.beside:
            within, after, answered = (
                Index(map(self.expression, lines)) for lines in (kind.within, kind.after, kind.answered)
            )
            made = TakenBack(within, after, answered, self._set(kind.unless))
            for marker in kind.markers:
                self.taken_back[marker].append(made)
        self.risks = Index(
            [
                *(self.phrase(marker, line) for marker, line in _of_each(written.asks) if _WIDE not in line),
                *(self.phrase(marker, line, stands=True) for marker, line in _of_each(written.stands)),
            ]
        )
        self.notes = Index(
            self.phrase(marker, f"{_LEAD} {line} {_TAIL}", alone=True)
            for marker, line in _of_each(written.alone)
        )

        self.wide = Index(self.wide_phrase(*each) for each in _of_each(written.asks) if _WIDE in each[1])

    def clause(self, words: Sequence[str], typed: Sequence[str]) -> Clause:
        return Clause(words, self.classes, self.nothing, typed)

    def patterns(self, lines: Iterable[str]) -> Patterns:
        return Patterns([self._pattern(line) for line in lines], self.classes)

    def phrase(self, marker: str, line: str, *, stands: bool = False, alone: bool = False) -> Phrase:
        return self._of_parts(line.split(_PAIR), marker, stands=stands, alone=alone)

    def wide_phrase(self, marker: str, line: str) -> Phrase:
        """Its parts stand in one sentence, however far from each other."""
        return self._of_parts(line.split(_WIDE), marker)

    def expression(self, line: str) -> Phrase:
        """What is ordinary says so of its own words, and of none that stand in a gap of it."""
        pieces = _at_gaps(line)
        return self._of_parts(pieces, in_order=True) if len(pieces) > 1 else self.phrase("", line)

    def _of_parts(
        self,
        written: Sequence[str],
        marker: str = "",
        *,
        stands: bool = False,
        alone: bool = False,
        in_order: bool = False,
    ) -> Phrase:
        parts = tuple(self._pattern(part) for part in written)
        if not all(part.needs and not part.may_be_empty for part in parts):
            raise ValueError(f"{' '.join(written)!r} is found everywhere")
        needs = tuple(self._spelt(need) for part in parts for need in part.needs)
        firsts = tuple(self._spelt(part.firsts) for part in parts)
        return Phrase(" ".join(written), marker, stands, alone, parts, in_order, needs, firsts)

    def _pattern(self, line: str) -> Pattern:
        return parse(_WORD.sub(lambda word: self._plain(word[0]), spelt_out(line).removesuffix(_GAP)))

    def _plain(self, word: str) -> str:
        """`=cuts` only in this form, wherever else its other forms count."""
        if word == _GAP:
            return word
        meant = self.forms.meant(word.lstrip("="))
        return " ".join(f"{each.word}={each.form}" if word[0] == "=" else each.word for each in meant)

    def _spelt(self, words: frozenset[str]) -> frozenset[str]:
        """With the first words of each class in its place."""
        return frozenset().union(
            *(self.classes[word[1:-1]].firsts if word[0] == "{" else (word,) for word in words)
        )

    def _set(self, lines: Iterable[str]) -> frozenset[str]:
        return frozenset(word for line in lines for word in self._plain_words(line))

    def _plain_words(self, line: str) -> Iterator[str]:
        for word in _WORD.findall(spelt_out(line)):
            yield from (each.word for each in self.forms.meant(word))


def _at_gaps(line: str) -> list[str]:
    """At each `...` that stands in no bracket."""
    pieces: list[list[str]] = [[]]
    depth = 0
    for word in line.split():
        depth += word.count("(") + word.count("[") - word.count(")") - word.count("]")
        if word == _GAP and not depth:
            pieces.append([])
        else:
            pieces[-1].append(word)
    return [" ".join(piece) for piece in pieces if piece]


def _of_each(table: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return ((marker, line) for marker, lines in table.items() for line in lines)


def _lines(written: Written) -> Iterator[str]:
    for lines in (
        *written.classes.values(),
        *written.asks.values(),
        *written.stands.values(),
        *written.alone.values(),
    ):
        yield from lines
    for kind in written.beside:
        yield from (*kind.within, *kind.after, *kind.answered, *kind.unless)
    yield from (*written.governs, *written.governs_not, *written.ends, *written.subjects)
    yield from (*written.tells, *written.third, *written.ordinary, *written.everyday)
