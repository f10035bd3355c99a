"""Which questions a text asks, in the order asked.

A text is cut into clauses, each of which asks one question or is mere manners; every word is accounted for. Where
some are not, what is left without the remarks beside it is read once more. The cut into the fewest clauses counts;
where it may be read in two ways, nobody can be sure, and it counts for nothing.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from bot.questions.phrasebook import Intent, Phrasebook, shipped
from bot.questions.sentences import REF, Clause, Patterns, sentences

# What is said beside a question, and asks nothing: a reason, an apology, what somebody is doing just now.

_MOST_BESIDE = 8  # after its beginning
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
        len(part) - end <= _MOST_BESIDE and book.remarks.never.isdisjoint(part[end:])
        for start in clause.past(book.manners, 0)
        for end in book.remarks.begins.ends(clause, start)
    )


_LONGEST = 400  # characters: what is longer is a report, not a question
_MOST_WORDS = 40  # in one sentence
_MOST_IN_ALL = 80
_OPENERS = frozenset(["who", "what", "which", "when", "why", "how", "where", "whose", "any", "anything"])

Reading = tuple[Intent, ...]


def understand(text: str, *, cases: Collection[str] = (), people: Collection[str] = ()) -> tuple[Intent, ...]:
    """The questions asked, each once; none where it is not sure of every word. No words at all ask for the status.

    `cases` and `people` are names that may stand in the text: of cases, and of the child and the staff.
    """
    if len(text) > _LONGEST:
        return ()
    book = shipped()
    said = sentences(text, book.meant, cases=cases, people=people)
    words = {word for each in said for word in each}
    if not words - {REF, "?", ","}:
        return (Intent.STATUS,) if REF in words or not text.strip() else ()
    if sum(map(len, said)) > _MOST_IN_ALL or _is_none(said, book):
        return ()
    asked = _read_all(said, book)
    if asked is None:
        rest = without_remarks(said, book)
        asked = None if not rest or _is_none(rest, book) else _read_all(rest, book)
    return tuple(dict.fromkeys(asked or _alone(said, book)))


def _alone(said: Sequence[Sequence[str]], book: Phrasebook) -> list[Intent]:
    """What two questions share as words, and one of them means where nothing stands beside it."""
    if len(said) != 1:
        return []
    clause = book.clause([word for word in said[0] if word not in (",", "?")])
    return [intent for intent, alone in book.alone.items() if alone.passed_over_in(clause) is not None]


def _read_all(said: Sequence[Sequence[str]], book: Phrasebook) -> Reading | None:
    readings = [_read(each, book) for each in said]
    whole = [reading for reading in readings if reading is not None]
    return tuple(chain.from_iterable(whole)) if len(whole) == len(readings) else None


def _is_none(said: Sequence[Sequence[str]], book: Phrasebook) -> bool:
    whole = book.clause([word for each in said for word in each if word not in (",", "?")])
    places = (place for place, before in enumerate(("", *whole.words[:-1])) if before not in book.speakers)
    return any(book.cancels.ends(whole, place) for place in places) or len(
        whole.words
    ) in book.not_questions.ends(whole, 0)


def _read(words: Sequence[str], book: Phrasebook) -> Reading | None:
    """None where words are left over, or where it may be read in two ways."""
    if len(words) > _MOST_WORDS or any(word not in book.known for word in words):
        return None
    clause = book.clause(words)
    nexts = {place: set(_next(clause, place, book)) for place in range(len(words) + 1)}
    starts = {0}.union(*nexts.values()) - {len(words), len(words) + 1}
    readings: dict[int, set[Reading]] = {len(words) + 1: {()}, len(words): {()}}
    for start in sorted(starts, reverse=True):
        ways = {
            (*asked, *after)
            for end, resumes in _stretches(start, nexts)
            if readings.get(resumes)
            for asked in _asked(words[start:end], book)
            if asked or resumes != end
            for after in readings[resumes]
        }
        readings[start] = _fewest(ways)
    whole = _fewest(
        {reading for start in (0, *book.links.ends(clause, 0)) for reading in readings.get(start, ())}
    )
    return whole.pop() if len(whole) == 1 else None


def _next(clause: Clause, place: int, book: Phrasebook) -> Iterator[int]:
    """Where the next clause may begin if one ends there; past all words for the end."""
    if place == len(clause.words):
        yield place + 1
    else:
        yield from book.links.ends(clause, place)
        if clause.words[place] in _OPENERS:
            yield place


def _stretches(start: int, nexts: Mapping[int, Collection[int]]) -> Iterator[tuple[int, int]]:
    for end in range(start + 1, len(nexts)):
        yield from ((end, resumes) for resumes in nexts[end])


def _fewest(readings: set[Reading]) -> set[Reading]:
    fewest = min(map(len, readings), default=0)
    return {reading for reading in readings if len(reading) == fewest}


def _asked(words: Sequence[str], book: Phrasebook) -> list[Reading]:
    """The questions that leave the fewest of its words to noise; one that asks nothing, where all is noise."""
    clause = book.clause([word for word in words if word != ","])
    passed = [(over, intent) for intent, over in _passed_over(clause, book)] if clause.words else []
    if not passed:
        return [()] if clause.is_noise else []
    fewest, _ = min(passed)
    return list({(intent,): None for over, intent in passed if over == fewest})


def _passed_over(clause: Clause, book: Phrasebook) -> Iterator[tuple[Intent, int]]:
    for form in _forms(clause, book):
        for intent, patterns in form.items():
            over = patterns.passed_over_in(clause)
            if over is not None:
                yield intent, over


def _forms(clause: Clause, book: Phrasebook) -> Iterator[Mapping[Intent, Patterns]]:
    """A question may be put in any form; without a verb, the thing may be named; a statement asks nothing."""
    begins = clause.past(book.manners, 0) - {len(clause.words)}
    is_told = any(clause.words[place] in book.speakers for place in begins)
    opens = any(book.openers.ends(clause, place) for place in begins)
    if opens or (clause.words[-1] == "?" and not is_told):
        yield book.asked
        yield book.named
    elif not is_told and not book.verbs.intersection(clause.words):
        yield book.named
