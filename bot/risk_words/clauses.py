"""A text as clauses of plain words, each of which knows where it stands in the text.

Whatever its capitals, accents, apostrophes and invisible signs: "DOESN’T", "doesnt" and "dóesn't" are "does not".
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from bot.risk_words.forms import Forms, Meant

_TOKEN = re.compile(
    r"\d+(?:st|nd|rd|th|s)?|[^\W\d_](?:[^\W\d_]|['´`’‘ʼ＇\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f])*"
)
_BREAK = re.compile(r"\.(?!\d)|[!?;:,()\[\]{}|/\\\n\r…•]|\s[-–—]+\s|[–—]|--+")
_CONTRACTION = re.compile(r"[^\W\d_]+['´`’‘ʼ＇][^\W\d_]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f]")
WITHIN_A_SENTENCE = frozenset(["", ",", "-", "–", "—", "--"])
_LONGEST = 40  # words in one clause: whoever types without a stop means several
_APOSTROPHES = str.maketrans(dict.fromkeys("´`’‘ʼ＇", "'"))
_CONTRACTED = (
    ("n't", "not"),
    ("'s", "is"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'ll", "will"),
    ("'d", "would"),
    ("'m", "am"),
)


Span = tuple[int, int]  # where it begins in the text, and where it ends


class Heard(Struct, frozen=True):
    """One clause: its words in plain form, and where each begins and ends in the text."""

    words: tuple[str, ...]
    typed: tuple[str, ...]  # of each word, the form in which it was typed
    spans: tuple[Span, ...]
    before: str  # the sign that parts it from the clause before it; empty for the first


def clauses(text: str, forms: Forms) -> list[Heard]:
    """In the order of the text; a clause without words is none, and a very long one is several."""
    breaks = [(found.start(), found.end(), found[0].strip()) for found in _BREAK.finditer(text)]
    heard, start, sign = [], 0, ""
    meant: dict[str, tuple[Meant, ...]] = {}
    for begins, ends, next_sign in [*breaks, (len(text), len(text), "")]:
        words = list(_words(text, start, begins, forms, meant))
        for first in range(0, len(words), _LONGEST):
            part = words[first : first + _LONGEST]
            heard.append(_heard(part, sign))
            sign = ""
        start, sign = ends, _stronger(sign, next_sign)
    return heard


def _heard(part: Sequence[tuple[Meant, Span]], sign: str) -> Heard:
    words, typed = tuple(each.word for each, _ in part), tuple(each.form for each, _ in part)
    return Heard(words, typed, tuple(span for _, span in part), sign)


def sentences(heard: Sequence[Heard]) -> Iterator[range]:
    """The numbers of the clauses that a comma or a dash parts at most."""
    begins = 0
    for number, each in enumerate(heard):
        if number and each.before not in WITHIN_A_SENTENCE:
            yield range(begins, number)
            begins = number
    yield range(begins, len(heard))


def _stronger(one: str, other: str) -> str:
    """Of the signs between two clauses, the one that says more than a comma."""
    return one if one and one != "," else other


def _words(
    text: str, start: int, end: int, forms: Forms, meant: dict[str, tuple[Meant, ...]]
) -> Iterator[tuple[Meant, Span]]:
    """`meant`: what words of this text mean that were met before."""
    for found in _TOKEN.finditer(text, start, end):
        token, span = found[0], found.span()
        if token not in meant:
            meant[token] = tuple(word for part in _parts(_plain(token)) for word in forms.meant(part))
        for word in meant[token]:
            yield word, span


def spelt_out(line: str) -> str:
    """ "doesn't" as the two words that a text has for it, so that a phrase may be written as it is said."""
    return _CONTRACTION.sub(lambda found: " ".join(_parts(_plain(found[0]))), line)


def _plain(token: str) -> str:
    lowered = token.lower()
    if lowered.isascii():
        return lowered
    bare = _INVISIBLE.sub("", unicodedata.normalize("NFKD", lowered)).translate(_APOSTROPHES)
    return bare.casefold()


def _parts(token: str) -> tuple[str, ...]:
    """ "she's" is two words; a stray apostrophe is none."""
    if "'" not in token:
        return (token,)
    for ending, word in _CONTRACTED:
        if token.endswith(ending) and len(token) > len(ending):
            return token.removesuffix(ending).replace("'", "") or ending, word
    plain = token.replace("'", "")
    return (plain,) if plain else ()
