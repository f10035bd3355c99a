"""What takes a phrase back: a "never" that governs it, a "no" that answers it, or that it is said of somebody else.

Bound to the clause: "she's not answering and wants to die" takes nothing back. Where it is not sure, it asks.
"""

from collections.abc import Sequence

from bot.questions.sentences import Clause
from bot.risk_words.clauses import WITHIN_A_SENTENCE, Heard
from bot.risk_words.phrases import Index, Phrases

_FURTHEST = 12  # words before it
_ANSWERS_NO = frozenset(["no", "none", "nil", "nope", "never", "nothing", "negative", "n"])
_ASKS = frozenset(["is", "was", "are", "were", "has", "have", "does", "do", "did", "any", "would"])
_CHAINS = frozenset(["or", "nor"])
_OF_OTHERS = frozenset(
    ["suicidal_today", "self_harm", "medication", "medical", "adverse_event"]
)  # else others are the risk
_OF_THE_CALLER = frozenset(["medication", "medical"])
_KINDS_OF = frozenset(
    ["best", "close", "good", "old", "older", "younger", "little", "big", "twin", "half", "step"]
)
_OF_WHO_ACTS = frozenset(["adverse_event"])  # "her dad left home", but "gave her dad the slip"
_OWNERS = frozenset(["her", "his", "their", "my", "our", "the"])
_POSSESSIVE = frozenset(["her", "his", "their"])


class Scope:
    """One text: its clauses, as `reading` heard them."""

    def __init__(self, heard: Sequence[Heard], clauses: Sequence[Clause], phrases: Phrases) -> None:
        self._heard = heard
        self._clauses = clauses
        self._phrases = phrases
        self._beside = Beside(heard, clauses, phrases)

    def takes_back(self, number: int, start: int, end: int, marker: str) -> bool:
        return (
            self._is_governed(number, start)
            or self._is_answered_no(number, end)
            or self._is_of_somebody_else(number, start, end, marker)
            or self._beside.takes_back(number, start, end, marker)
        )

    def _is_governed(self, number: int, start: int) -> bool:
        clause = self._clauses[number]
        for place in range(start - 1, max(-1, start - 1 - _FURTHEST), -1):
            word = clause.words[place]
            if self._governs(clause, place, start):
                return True
            if word in self._phrases.ends or self._begins_anew(clause.words, place):
                return False
        return self._goes_on_from_the_one_before(number) and self._is_governed(
            number - 1, len(self._clauses[number - 1].words)
        )

    def _governs(self, clause: Clause, place: int, start: int) -> bool:
        """Not where it governs another verb before that: "not answering"."""
        found = self._phrases.governs.ends(clause, place)
        other = self._phrases.governs_not.ends(clause, place)
        return bool(found) and min(found) <= start and not (other and min(other) <= start)

    def _begins_anew(self, words: Sequence[str], place: int) -> bool:
        return words[place] in self._phrases.subjects and (
            place == 0 or words[place - 1] not in self._phrases.tells
        )

    def _goes_on_from_the_one_before(self, number: int) -> bool:
        """ "No self-harm, drugs or weapons": a list of short parts that ends with an "or"."""
        here = self._heard[number]
        if number == 0 or here.before != ",":
            return False
        if here.words[0] in _CHAINS:
            return True
        return len(here.words) <= 4 and self._a_list_ends_with_or(number)

    def _a_list_ends_with_or(self, number: int) -> bool:
        for later in range(number, len(self._heard)):
            if later > number and self._heard[later].before != ",":
                return False
            if not _CHAINS.isdisjoint(self._heard[later].words):
                return True
            if len(self._heard[later].words) > 4:
                return False
        return False

    def _is_answered_no(self, number: int, end: int) -> bool:
        """ "Self-harm: none", "Medication - no", "suicidal? no"."""
        rest = self._heard[number].words[end:]
        if rest:
            return len(rest) == 1 and rest[0] in _ANSWERS_NO
        if number + 1 == len(self._heard):
            return False
        after = self._heard[number + 1]
        if after.before == ",":
            return self._is_a_question(number) and _ANSWERS_NO.issuperset(after.words)
        return after.before not in ("", ".", "\n") and after.words[0] in _ANSWERS_NO and len(after.words) <= 3

    def _is_a_question(self, number: int) -> bool:
        """ "Is he suicidal, no": a comma is all that parts it from its answer."""
        return self._heard[number].typed[0] in _ASKS

    def _is_of_somebody_else(self, number: int, start: int, end: int, marker: str) -> bool:
        if marker not in _OF_OTHERS:
            return False
        clause = self._clauses[number]
        if self._is_the_callers_own(clause, start, end, marker):
            return True
        for place in range(start - 1, max(-1, start - 1 - _FURTHEST), -1):
            word = clause.words[place]
            if self._is_another(clause, place, marker):
                return True
            if word not in self._phrases.third:
                return False
        return False

    def _is_the_callers_own(self, clause: Clause, start: int, end: int, marker: str) -> bool:
        """ "My asthma is bad", but not "my diabetic son"."""
        before = [*clause.words[max(0, start - 2) : start]]
        if marker not in _OF_THE_CALLER or not (before[-1:] == ["my"] or before == ["my", "own"]):
            return False
        return end == len(clause.words) or not (
            clause.ends_of("child_word", end) or clause.ends_of("kin", end)
        )

    def _acts(self, clause: Clause, place: int) -> bool:
        """Whether nothing is said before this person, so that what follows is what they do."""
        before = [word for word in clause.words[:place] if word not in _KINDS_OF and word not in _OWNERS]
        return not before or before[-1] in self._phrases.ends

    def _is_another(self, clause: Clause, place: int, marker: str) -> bool:
        if clause.words[place] == "i":
            return marker in _OF_THE_CALLER
        if clause.ends_of("kin", place):
            return marker not in _OF_WHO_ACTS or self._acts(clause, place)
        if not clause.ends_of("sibling", place):
            return False
        owner = place - 1
        while owner > 0 and clause.words[owner] in _KINDS_OF:
            owner -= 1
        if owner > 0 and clause.words[owner] == "is":  # "her friend's brother"
            return bool(clause.ends_of("sibling", owner - 1))
        return owner >= 0 and clause.words[owner] in _POSSESSIVE


# What stands beside a phrase and takes it back: "as a baby", "in his game", "I signed him out".

Part = tuple[Clause, int, int]  # from which of its words to which


class Beside:
    """One text: its clauses, as they were heard."""

    def __init__(self, heard: Sequence[Heard], clauses: Sequence[Clause], phrases: Phrases) -> None:
        self._heard = heard
        self._clauses = clauses
        self._phrases = phrases

    def takes_back(self, number: int, start: int, end: int, marker: str) -> bool:
        kinds = self._phrases.taken_back.get(marker, ())
        if not kinds:
            return False
        own = self._part(number, start, end)
        later = self._part_after(number, own[2])
        said = [word for clause, first, last in (own, later) for word in clause.words[first:last]]
        return any(
            kind.unless.isdisjoint(said)
            and (
                _stands_in(own, kind.within)
                or _stands_in(later, kind.after)
                or _stands_in(later, kind.answered, alone=True)
            )
            for kind in kinds
        )

    def _part(self, number: int, start: int, end: int) -> Part:
        clause = self._clauses[number]
        first, last = start, end
        while first and clause.words[first - 1] not in self._phrases.ends:
            first -= 1
        while last < len(clause.words) and clause.words[last] not in self._phrases.ends:
            last += 1
        return clause, first, last

    def _part_after(self, number: int, last: int) -> Part:
        """In the same sentence; empty where that ends."""
        if last < len(self._clauses[number].words):
            return self._part(number, last + 1, last + 1)
        if number + 1 == len(self._heard) or self._heard[number + 1].before not in WITHIN_A_SENTENCE:
            return self._clauses[number], last, last
        words = self._clauses[number + 1].words
        begins = 1 if words[0] in self._phrases.ends else 0
        return self._part(number + 1, begins, begins)


def _stands_in(part: Part, expressions: Index, *, alone: bool = False) -> bool:
    """`alone`: as all that the part says."""
    clause, first, last = part
    return any(
        first <= spans[0][0]
        and spans[-1][1] <= last
        and (not alone or (first == spans[0][0] and spans[-1][1] == last))
        for expression in expressions.those_in(frozenset(clause.words))
        for spans in map(sorted, expression.places(clause))
    )
