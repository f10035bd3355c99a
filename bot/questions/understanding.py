"""Which questions a text asks, in the order asked.

A sentence is read as questions, with manners and links between them, so that every word is accounted for. The reading
with the fewest questions counts; where two such readings differ, nobody can be sure, and it counts for nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from enum import Enum, auto

from msgspec import Struct

from bot.questions.intents import Intent
from bot.questions.pattern import Pattern, Sentence
from bot.questions.phrasebook import Phrasebook, shipped
from bot.questions.reading import REF, sentences

_LONGEST = 400  # characters: what is longer is a report, not a question
_OPENERS = (
    "who what which when why how where whose is are has have had was were did do does any anyone anything"
)

Reading = tuple[Intent, ...]


def understand(text: str, *, cases: Collection[str] = (), people: Collection[str] = ()) -> tuple[Intent, ...]:
    """The questions asked, each once; none where it is not sure of every word. No words at all ask for the status.

    `cases` and `people` are names that may stand in the text: of cases, and of the child and the staff.
    """
    if len(text) > _LONGEST:
        return ()
    book = shipped()
    said = [
        Sentence(words, book.classes) for words in sentences(text, book.meant, cases=cases, people=people)
    ]
    words = {word for each in said for word in each.words}
    if not words - {REF, "?", ","}:
        return (Intent.STATUS,) if REF in words or not text.strip() else ()
    if _is_none(said, book):
        return ()
    readings = [_read(each, book) for each in said]
    if any(reading is None for reading in readings):
        return ()
    return tuple(dict.fromkeys(intent for reading in readings if reading for intent in reading))


def _is_none(said: Sequence[Sentence], book: Phrasebook) -> bool:
    whole = Sentence([word for each in said for word in each.words if word != ","], book.classes)
    return _covers(book.not_questions, whole) or any(_has(book.cancels, each) for each in said)


def _covers(patterns: Sequence[Pattern], sentence: Sentence) -> bool:
    return any(len(sentence.words) in pattern.ends(sentence, 0) for pattern in patterns)


def _has(patterns: Sequence[Pattern], sentence: Sentence) -> bool:
    places = range(len(sentence.words))
    return any(pattern.ends(sentence, place) for pattern in patterns for place in places)


class Last(Enum):
    """What stands before a place in a sentence."""

    EDGE = auto()  # nothing, a link, or manners
    LEAD = auto()  # "can you tell me": a question must follow
    ASKED = auto()
    SHORT = auto()


class Piece(Struct, frozen=True):
    """What the words up to `end` may be."""

    end: int
    last: Last
    intent: Intent | None = None


Ways = set[tuple[Reading, Last]]


def _read(sentence: Sentence, book: Phrasebook) -> Reading | None:
    """None where words are left over, or where it may be read in two ways."""
    ways: list[Ways] = [{((), Last.EDGE)}, *(set() for _ in sentence.words)]
    for start in range(len(sentence.words)):
        if ways[start]:
            pieces = list(_pieces(sentence, start, book))
            for reading, last in _fewest(ways[start]):
                for piece in pieces:
                    if _may_follow(last, piece, sentence.words[start]):
                        asked = (*reading, piece.intent) if piece.intent else reading
                        ways[piece.end].add((asked, piece.last))
    whole: Ways = {(reading, last) for reading, last in ways[-1] if last is not Last.LEAD}
    best = {reading for reading, _ in _fewest(whole)}
    return best.pop() if len(best) == 1 else None


def _fewest(ways: Ways) -> Ways:
    fewest = min((len(reading) for reading, _ in ways), default=0)
    return {(reading, last) for reading, last in ways if len(reading) == fewest}


def _pieces(sentence: Sentence, start: int, book: Phrasebook) -> Iterator[Piece]:
    for pattern in (*book.links, *book.fillers):
        yield from (Piece(end, Last.EDGE) for end in pattern.ends(sentence, start) if end > start)
    for pattern in book.leads:
        yield from (Piece(end, Last.LEAD) for end in pattern.ends(sentence, start) if end > start)
    for last, patterns in ((Last.SHORT, book.short), (Last.ASKED, book.asked)):
        for intent, forms in patterns.items():
            ends = frozenset().union(*(form.ends(sentence, start) for form in forms))
            yield from (Piece(end, last, intent) for end in ends if end > start)


def _may_follow(last: Last, piece: Piece, word: str) -> bool:
    """A keyword stands alone in its clause: "late" asks, "the late shift" does not."""
    if piece.intent is None or last in (Last.EDGE, Last.LEAD):
        return True
    return last is Last.ASKED and piece.last is Last.ASKED and word in _OPENERS.split()
