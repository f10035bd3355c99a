"""A list says one thing, though commas part it: "a knife, fork and spoon", "his hat, gloves, bat"."""

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from bot.risk_words.clauses import Heard

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
