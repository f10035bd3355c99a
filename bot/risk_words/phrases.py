"""What the file of risk words says, made ready to look for: per marker, phrases as `bot.questions.pattern` has them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from bot.questions.clause import Clause, Patterns
from bot.questions.pattern import Pattern, parse
from bot.risk_words.forms import Forms

_WORD = re.compile(r"(?<![{\w=])=?[^\s\[\](){}|=]+(?![}\w])")
_CLASS = re.compile(r"\{(\w+)\}")
_GAP = "..."


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
    ordinary: Sequence[str]
    asks: Mapping[str, Sequence[str]]  # by marker
    stands: Mapping[str, Sequence[str]]


class Phrase(Struct, frozen=True):
    """One line of the file, of a marker or of what is ordinary."""

    marker: str
    stands: bool  # whatever governs it
    pattern: Pattern
    firsts: frozenset[str]
    needs: tuple[frozenset[str], ...]

    def places(self, clause: Clause) -> Iterator[tuple[int, int]]:
        """Where it begins and ends, the longest from each beginning."""
        for start, word in enumerate(clause.words):
            if word in self.firsts and (ends := self.pattern.ends(clause, start)):
                yield start, max(ends)


class Index:
    """Of many phrases, only those are tried whose rarest word stands in the clause."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            for word in min(phrase.needs, key=_cost):
                self._by_word[word].append(phrase)

    def those_in(self, clause: Clause) -> Iterator[Phrase]:
        words = frozenset(clause.words)
        tried: set[int] = set()
        for word in words:
            for phrase in self._by_word.get(word, ()):
                if id(phrase) not in tried:
                    tried.add(id(phrase))
                    if not any(map(words.isdisjoint, phrase.needs)):
                        yield phrase


# The words that stand in nearly every clause: a phrase is not looked up by them where it has another.
_COMMON = frozenset(
    """
    a an the she he they i we it her his him them their my me our us is was are were be been has have had do does did
    not to of in on at for with and from by that this will would can could go get say take come out up off all some
    no so as about if home school
    """.split()  # noqa: SIM905 - a list of words reads as one
)


def _cost(words: frozenset[str]) -> int:
    return len(words) + 100 * len(words & _COMMON)


class Phrases:
    """Raises ValueError, KeyError where a line cannot be read."""

    def __init__(self, written: Written) -> None:
        lines = [*_lines(written)]
        fixed = {word[1:] for line in lines for word in _WORD.findall(line) if word[0] == "="}
        known = {word.lstrip("=") for line in lines for word in _WORD.findall(line) if word != _GAP}
        same = {typed: meaning for meaning, spelt in written.same.items() for typed in spelt.split()}
        meanings = {word for meaning in written.same for word in meaning.split()}
        self.forms = Forms(known | meanings, same, fixed | set(written.leave))
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
        self.ordinary = Index(self.phrase("", line) for line in written.ordinary)
        self.risks = Index(
            self.phrase(marker, line, stands=stands)
            for stands, table in ((True, written.stands), (False, written.asks))
            for marker, lines in table.items()
            for line in lines
        )

    def clause(self, words: Sequence[str]) -> Clause:
        return Clause(words, self.classes, self.nothing)

    def patterns(self, lines: Iterable[str]) -> Patterns:
        return Patterns([self._pattern(line) for line in lines], self.classes)

    def phrase(self, marker: str, line: str, *, stands: bool = False) -> Phrase:
        pattern = self._pattern(line)
        needs = tuple(self._spelt(need) for need in pattern.needs)
        if pattern.may_be_empty or not needs:
            raise ValueError(f"{line!r} is found everywhere")
        return Phrase(marker, stands, pattern, self._spelt(pattern.firsts), needs)

    def _pattern(self, line: str) -> Pattern:
        return parse(_WORD.sub(lambda word: self._plain(word[0]), line.removesuffix(_GAP)))

    def _plain(self, word: str) -> str:
        return word if word == _GAP else " ".join(self.forms.meant(word.lstrip("=")))

    def _spelt(self, words: frozenset[str]) -> frozenset[str]:
        """With the first words of each class in its place."""
        return frozenset().union(
            *(self.classes[word[1:-1]].firsts if word[0] == "{" else (word,) for word in words)
        )

    def _set(self, lines: Iterable[str]) -> frozenset[str]:
        return frozenset(word for line in lines for word in self._plain_words(line))

    def _plain_words(self, line: str) -> Iterator[str]:
        for word in _WORD.findall(line):
            yield from self.forms.meant(word)


def _lines(written: Written) -> Iterator[str]:
    for lines in (*written.classes.values(), *written.asks.values(), *written.stands.values()):
        yield from lines
    yield from (*written.governs, *written.governs_not, *written.ends, *written.subjects)
    yield from (*written.tells, *written.third, *written.ordinary)
