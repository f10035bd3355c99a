"""Words as tired people type them. Only a slip of the keys is mended, and only where one known word is meant."""

from collections import Counter
from collections.abc import Container, Mapping

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
