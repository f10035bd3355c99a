"""The letters of names, brought to those that everybody has on a keyboard: Michał is michal, O’Brien is obrien."""

import re
import unicodedata

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
