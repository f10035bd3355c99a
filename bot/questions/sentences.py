"""Text → sentences of plain words: lower case, contractions undone, slips mended, references and names put as such."""

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Protocol

# Words as tired people type them. Only a slip of the keys is mended, and only where one known word is
# meant.

_SHORTEST = 4
_SHORT = (
    6  # up to here a letter may be swapped, lost or doubled, but none taken for another: "cold" is not "told"
)
_LONG = 9  # from here two slips are mended; from _SHORT on, where they change no more than one letter


def mend(word: str, meant: Mapping[str, str]) -> str:
    """`meant`: each known word → what it means. The word itself where none is near, or more than one."""
    if word in meant or len(word) < _SHORTEST or not word.isalpha():
        return meant.get(word, word)
    one = singular(word, meant)
    if one:
        return meant[one]
    near: dict[tuple[int, bool], set[str]] = {}
    for known, meaning in meant.items():
        slips = _slips(word, known)
        if slips is not None:
            near.setdefault((slips, sorted(word) != sorted(known)), set()).add(meaning)
    best = near[min(near)] if near else set()
    return best.pop() if len(best) == 1 else word


def singular(word: str, known: Container[str]) -> str:
    """The known word that this is several of; empty where there is none."""
    for ending, instead in (("ies", "y"), ("s", "")):
        one = word.removesuffix(ending) + instead
        if len(word) >= _SHORTEST and word.endswith(ending) and one in known:
            return one
    return ""


def _slips(word: str, meant: str) -> int | None:
    """How many slips lie between them; None where they are too many to be sure."""
    if abs(len(word) - len(meant)) > 2 or len(meant) < _SHORTEST or word[0] != meant[0]:
        return _swapped_start(word, meant)
    if len(set(word) ^ set(meant)) > (4 if len(meant) > _SHORT else 2):
        return None  # a slip changes two letters at most: no need to count
    slips = distance(word, meant)
    if len(meant) >= _LONG:
        return slips if slips <= 2 else None
    if len(meant) > _SHORT and slips == 2:
        return slips if word[-1] == meant[-1] and _other_letters(word, meant) <= 1 else None
    if slips != 1:
        return None
    if len(meant) > _SHORT:
        return slips
    if len(word) == len(meant):
        return slips if sorted(word) == sorted(meant) else None
    return slips if min(len(word), len(meant)) > _SHORTEST else None


def _other_letters(word: str, meant: str) -> int:
    return max((Counter(word) - Counter(meant)).total(), (Counter(meant) - Counter(word)).total())


def _swapped_start(word: str, meant: str) -> int | None:
    is_swap = len(word) == len(meant) >= _SHORTEST and word[0] == meant[1] and word[1] == meant[0]
    return 1 if is_swap and word[2:] == meant[2:] else None


def distance(one: str, other: str) -> int:
    """Letters added, lost, changed, or swapped with their neighbour (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row, above = [i], rows[-1]
        for j, wanted in enumerate(other, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], wanted):
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


# The words of one clause, and what the patterns of the phrasebook find in it.

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


REF, PERSON, NUM = "REF", "PERSON", "NUM"  # a case, somebody on it, a number: a pattern can ask for them
SIGNS = frozenset((REF, PERSON, NUM, "?", ","))

_REF_DIGITS = 4
_DIGITS = re.compile(r"(?<![\w-])(?:\d{2,}(?=(?:yo|yr)?\b)|\d(?= ?(?:min|hour|hr|day|week|month|year)))")

_A_REF = re.compile(r"\bmc[- ]?\d{2}[- ]\d{1,6}|\b[a-z]{1,12}-[\w/-]*\d[\w/-]*", re.IGNORECASE)
# social workers write a child's initial, "is K back"; but "the B team", "A relief", "5 C"
_INITIAL = re.compile(
    r"(?<![\w'’&/.-])(?<!\b(?:the|our) )(?<!\b(?:plan|unit) )[B-HJ-NPQS-TV-XZ](?=[ ,?.!]|['’]s\b|$)"
    r"(?! ?(?:\d|[A-Z]{2}|(?:team|shift|relief|watch|block|unit|division)\b))"
)
_SENTENCE = re.compile(r"[.!?;\n]+(?=\s|$|[^\w])")
_DASH = re.compile(r"\s+[-–—]+\s+")  # between two halves, as a comma
_WORD = re.compile(r"o/s|[\w']+|[,&+/]|\?")
_MENTION = re.compile(r"<[@!#][^>]*>")
_CONTRACTED = (("n't", "not"), ("'s", "is"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "had"))
_AND = ("&", "+", "/")


def sentences(
    text: str,
    meant: Mapping[str, str],
    *,
    cases: Collection[str] = (),
    people: Collection[str] = (),
) -> list[list[str]]:
    """`meant`: each word that is known → what it means, in one word or more. A question mark stays as a word."""
    named = {name.lower(): REF for name in cases} | {name.lower(): PERSON for name in people}
    plain = _MENTION.sub(f" {_typed(PERSON)} ", text.replace("’", "'").replace("‘", "'"))
    for name in sorted(cases, key=len, reverse=True):
        plain = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _typed(REF), plain, flags=re.IGNORECASE)
    plain = _INITIAL.sub(_typed(PERSON), _A_REF.sub(_typed(REF), plain))
    plain = _DIGITS.sub(lambda digits: _number(digits[0], cases), plain).lower()
    plain = _DASH.sub(", ", plain).replace("-", " ")
    for phrase in (phrase for phrase in meant if " " in phrase):
        plain = re.sub(rf"(?<!\w){phrase}(?![\w'])", meant[phrase], plain)
    named |= {_typed(sign): sign for sign in (REF, PERSON, NUM)}
    return [list(_with_whole_names(_words(part, named, meant))) for part in _parts(plain) if part.strip()]


def _with_whole_names(words: Iterable[str]) -> Iterator[str]:
    """A first name and a surname are one person."""
    for word, same in groupby(words):
        yield from (word,) if word == PERSON else same


def _typed(sign: str) -> str:
    """So that nobody types it: a person is a word like others, until a name stands there."""
    return f"{sign.lower()}_"


def _number(digits: str, cases: Collection[str]) -> str:
    """ "0142" is the end of a case's name; where none of the `cases` ends so, it is some other number."""
    ends_one = not cases or any(name.endswith(digits) for name in cases)
    return f"{_typed(REF if len(digits) >= _REF_DIGITS and ends_one else NUM)} "


def _parts(text: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE.finditer(text):
        yield text[start : end.start()] + (" ?" if "?" in end[0] else "")
        start = end.end()
    yield text[start:]


def _words(sentence: str, named: Mapping[str, str], meant: Mapping[str, str]) -> Iterator[str]:
    for written in _WORD.findall(sentence):
        for word in _undone(written, meant):
            if word in named:
                yield named[word]
            elif word.removesuffix("s") in named:
                yield named[word.removesuffix("s")]
            else:
                yield from mend(word, meant).split()


def _undone(written: str, meant: Mapping[str, str]) -> tuple[str, ...]:
    """ "who's" is two words; a stray apostrophe is none."""
    if written in _AND:
        return ("and",)
    if written in meant:
        return (written,)
    if written.startswith("t'") and len(written) > 3:  # Yorkshire: "from t'start"
        return "the", written[2:]
    for ending, word in _CONTRACTED:
        if written.endswith(ending) and len(written) > len(ending):
            return written.removesuffix(ending).replace("'", ""), word
    plain = written.replace("'", "")
    return (plain,) if plain else ()


def cases_named(text: str) -> tuple[str, ...]:
    """What looks like the name of a case, each once: a reference, or a force's incident number."""
    found = [named[0] for named in _A_REF.finditer(_MENTION.sub(" ", text))]
    return tuple(dict.fromkeys(found))
