"""From a word as it was typed to the one that the phrases have: other forms, other spellings, a slip of the keys."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from bot.questions.sentences import distance

_MENDED_FROM = 7  # letters: a shorter word has too many neighbours that mean something else
_SHORTEST_STEM = 3
_REMEMBERED = 4096  # words
_ENDINGS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("s", ("",)),
    ("es", ("",)),
    ("ing", ("e", "")),
    ("in", ("",)),
    ("ed", ("e", "")),
)


class Meant(Struct, frozen=True):
    """ "cuts": the word cut, in the form cuts."""

    word: str
    form: str  # as it was typed, its slip mended


class Forms:
    """`same`: another spelling → what is meant, in one word or more; `left`: words that stand for themselves alone.

    `exact`: those of which a line wants this very form.
    """

    def __init__(
        self,
        words: Collection[str],
        same: Mapping[str, str],
        left: Collection[str],
        exact: Collection[str] = (),
    ) -> None:
        known = set(words)
        self._meant: dict[str, tuple[Meant, ...]] = {word: (Meant(word, word),) for word in known}
        for word in known - set(left):
            self._meant[word] = (Meant(_base(word, known, left) or word, word),)
        for word, meaning in same.items():
            meant = tuple(self._one(part) for part in meaning.split())
            self._meant[word] = (Meant(meant[0].word, word),) if word in exact and len(meant) == 1 else meant
        for word in left:
            self._meant[word] = (Meant(word, word),)
        self._known = frozenset(self._meant)
        self._left = frozenset(left)
        self.meant = lru_cache(_REMEMBERED)(self._meant_by)  # a field is read again with each letter typed
        self._near: dict[str, set[str]] = defaultdict(set)
        for word in self._known:
            if len(word) >= _MENDED_FROM and word.isalpha():
                for less in _one_less(word):
                    self._near[less].add(word)

    def _meant_by(self, word: str) -> tuple[Meant, ...]:
        """The word itself where no phrase has it, nor one like it."""
        found = self._meant.get(word)
        if found is not None:
            return found
        if base := _base(word, self._known, self._left):
            return tuple(Meant(each.word, word) for each in self._meant[base])
        return self._meant.get(self._mended(word), (Meant(word, word),))

    def _one(self, word: str) -> Meant:
        return self._meant.get(word, (Meant(word, word),))[0]

    def _mended(self, word: str) -> str:
        """The one known word that lies a slip away; empty where there is none, or where several are."""
        if len(word) < _MENDED_FROM - 1 or not word.isalpha():
            return ""
        near = {
            known for less in _one_less(word) for known in self._near.get(less, ()) if known[0] == word[0]
        }
        meant = {self._meant[known]: known for known in near if distance(word, known) == 1}
        return next(iter(meant.values())) if len({_words(each) for each in meant}) == 1 else ""


def _words(meant: tuple[Meant, ...]) -> tuple[str, ...]:
    return tuple(each.word for each in meant)


def _base(word: str, known: Collection[str], left: Collection[str]) -> str:
    """The shortest known word that this is a form of: harm for "harming", knife for "knifes"."""
    for form in _bases(word):
        if form in known and form not in left:
            return form
    return ""


def _bases(word: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_STEM + (ending == "in"):
            continue
        for end in instead:
            yield stem + end
        if ending in ("ing", "in", "ed") and stem[-1:] == stem[-2:-1]:
            yield stem[:-1]


def _one_less(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
