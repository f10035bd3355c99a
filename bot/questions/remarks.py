"""What is said beside a question, and asks nothing: a reason, an apology, what somebody is doing just now.

Here alone words may stand that nobody knows: after a beginning that tells of the one who asks, and never with a word
that asks, orders, reports or takes back. Where a remark names something else, "it" in the question may be that.
"""

from collections.abc import Iterator, Sequence

from bot.questions.phrasebook import Phrasebook

_MOST_WORDS = 8  # after its beginning
_ENDS = (",", "but")


def without_remarks(said: Sequence[Sequence[str]], book: Phrasebook) -> list[list[str]]:
    """The sentences without what is mere remark; none where there is no remark, or it may change what is meant."""
    kept: list[list[str]] = []
    things: set[str] = set()
    for sentence in said:
        parts = list(_parts(sentence))
        asked = [part for part in parts if not _is_remark(part, book)]
        things.update(word for part in parts if part not in asked for word in part)
        if asked:
            kept.append(_joined(asked, is_put="?" in sentence[-1:]))
        elif "?" in sentence:
            return []
    names_another = not things <= book.remarks.plain
    points = any(word in book.remarks.points for sentence in kept for word in sentence)
    return kept if things and not (names_another and points) else []


def _parts(sentence: Sequence[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for word in sentence:
        if word in _ENDS:
            yield part
            part = []
        elif word != "?":
            part.append(word)
    yield part


def _joined(parts: Sequence[Sequence[str]], *, is_put: bool) -> list[str]:
    words = [word for part in parts for word in (",", *part)][1:]
    return [*words, "?"] if is_put else words


def _is_remark(part: Sequence[str], book: Phrasebook) -> bool:
    clause = book.clause(part)
    if not part or len(part) in book.remarks.whole.ends(clause, 0):
        return True
    return any(
        len(part) - end <= _MOST_WORDS and book.remarks.never.isdisjoint(part[end:])
        for start in clause.past(book.manners, 0)
        for end in book.remarks.begins.ends(clause, start)
    )
