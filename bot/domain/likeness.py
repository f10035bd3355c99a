"""Is this the child of an earlier case? Names are heard on the telephone and typed at night: Rowan Pike, PYKE Rowan.

A name is found by its traces: every two of its words, each reduced to how its consonants sound, in either order. What
was found is then judged by its letters. Nothing here decides: a person presses "Same child".
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import combinations, pairwise, product

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.training import training_number

# The letters of names, brought to those that everybody has on a keyboard: Michał is michal, O’Brien is
# obrien.

# What Unicode takes apart by itself (é, å, ç, ž …) is not here: these have no accent that could fall off.
_SPELT = str.maketrans(
    {
        "ł": "l",
        "ŀ": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
        "ƒ": "f",
        "ĸ": "k",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "þ": "th",
        "ŋ": "ng",
        "ə": "e",
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
    }
)
# Typed, curly, Hawaiian, Arabic and Ukrainian ones, primes, and accents standing alone: all are typed for one.
_APOSTROPHES = re.compile("['’‘‛ʼʻʽʾʿʹʺ′`´＇ˈ·]")
_WORDS = re.compile(r"[^\W\d_]+")


def words_of(name: str) -> list[str]:
    """In small letters without accents and apostrophes; of hyphened names each part."""
    bare = _APOSTROPHES.sub("", _without_accents(name.casefold()).translate(_SPELT))
    return _WORDS.findall(_without_accents(bare))


def words_before(name: str) -> list[str]:
    """As names were reduced once: what was filed under them then is still found by them."""
    return _WORDS.findall(_without_accents(name.casefold()))


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


_SOUNDS = (("ph", "f"), ("gh", "g"), ("ck", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("x", "ks"), ("v", "f"))
_SILENT = re.compile("[aeiouhwy]")
_TWICE = re.compile(r"(.)\1+")
_ALIKE = 0.74  # of two words' letters; Pike and Pyke have 0.75, Rowan and Robin 0.6


class Trace(Struct, frozen=True, order=True):
    """One way in which a case may be found. `value` is about a person: stores keep it blind."""

    kind: str
    value: str


def traces(case: Case) -> frozenset[Trace]:
    """All that a case is found by, beside its person_ref and its exact incident number. However many training cases
    there are, they crowd no child's earlier case out."""
    child, kept = case.child, training_number if case.training else str
    born = {Trace("born", kept(child.born.isoformat()))} if child.born else set()
    number = plain_number(case.incident)
    incident = {Trace("incident", number)} if number else set()
    return frozenset(born | incident | {Trace("name", kept(value)) for value in _name_keys(child.name)})


def _name_keys(name: str) -> set[str]:
    words = words_of(name)
    joined = {sound(one + other) for one, other in pairwise(words)}
    return _sounds(words) | joined | _sounds(words_before(name))


def _sounds(words: Iterable[str]) -> set[str]:
    sounds = sorted({sound(word) for word in words})
    return {" ".join(pair) for pair in combinations(sounds, 2)} | set(sounds)


def plain_number(incident: str) -> str:
    """LOG-1042, log 1042 and LOG1042 are one number."""
    return re.sub(r"[^0-9a-z]", "", incident.casefold())


def sound(word: str) -> str:
    """How its consonants sound, and its first letter where that is a vowel: Zoë is s, Sophie and Sofia are sf."""
    for spelt, heard in _SOUNDS:
        word = word.replace(spelt, heard)
    first, rest = word[:1], _SILENT.sub("", word[1:])
    begins = "*" if first in "aeiouhwy" else first
    return _TWICE.sub(r"\1", begins + rest)


def names_alike(one: str, other: str) -> bool:
    """Each word of the shorter name has its like in the longer one, in any order; one word alone says too little.

    Two words may have been written as one: O Brien, Anne Marie, Smith-Jones.
    """
    return any(_alike(*sorted(pair, key=len)) for pair in product(_written(one), _written(other)))


def _written(name: str) -> list[list[str]]:
    """Its words, and its words with two of them joined."""
    words = words_of(name)
    joined = [[*words[:at], words[at] + words[at + 1], *words[at + 2 :]] for at in range(len(words) - 1)]
    return [words, *joined]


def _alike(fewer: Sequence[str], more: Sequence[str]) -> bool:
    return len(fewer) > 1 and all(_has_like(word, more) for word in fewer)


def _has_like(word: str, words: Iterable[str]) -> bool:
    return any(
        sound(word) == sound(other) or SequenceMatcher(None, word, other).ratio() >= _ALIKE for other in words
    )
