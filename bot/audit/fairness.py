"""Grade and delay by ethnic group, sex, age and care status (forces were criticised for having no such figures).

What was not recorded is a row of its own. Nothing is shown of which a child might be known (`suppression`).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from bot.audit.case_audit import CaseAudit
from bot.audit.proportions import spread, wilson
from bot.audit.suppression import UNDER, Place, hidden_cells, hidden_rows
from bot.domain.facts import Ethnicity, FoundBy, Harm, Sex, as_ethnicity
from bot.domain.policy import ClockName

NOT_RECORDED = "not_recorded"


class Axis(StrEnum):
    ETHNIC_GROUP = "ethnic_group"
    SEX = "sex"
    AGE = "age"
    CARE = "care"


# The 2021 census's five groups of the police's eighteen codes: rows of each code would be rows of nobody.
_GROUPS = {
    "white": (
        Ethnicity.WHITE_BRITISH,
        Ethnicity.WHITE_IRISH,
        Ethnicity.GYPSY_OR_IRISH_TRAVELLER,
        Ethnicity.WHITE_OTHER,
    ),
    "mixed": (
        Ethnicity.WHITE_AND_BLACK_CARIBBEAN,
        Ethnicity.WHITE_AND_BLACK_AFRICAN,
        Ethnicity.WHITE_AND_ASIAN,
        Ethnicity.MIXED_OTHER,
    ),
    "asian": (
        Ethnicity.INDIAN,
        Ethnicity.PAKISTANI,
        Ethnicity.BANGLADESHI,
        Ethnicity.CHINESE,
        Ethnicity.ASIAN_OTHER,
    ),
    "black": (Ethnicity.BLACK_CARIBBEAN, Ethnicity.BLACK_AFRICAN, Ethnicity.BLACK_OTHER),
    "other": (Ethnicity.ARAB, Ethnicity.OTHER),
    "not_stated": (Ethnicity.NOT_STATED,),
}
_GROUP_OF = {code: group for group, codes in _GROUPS.items() for code in codes}
assert set(_GROUP_OF) == set(Ethnicity), "a code in no group"
_BANDS = {"0_to_11": 12, "12_to_14": 15, "15_to_17": 18}  # each ends before that age
_ADULT = "18_and_over"


class KnownBeside(Struct, frozen=True, kw_only=True):
    """What a force knows of the child beside the record; "" and None: nothing."""

    ethnicity: Ethnicity | None = None
    sex: Sex | None = None
    looked_after: bool | None = None


_NOTHING = KnownBeside()


def row_of(axis: Axis, audit: CaseAudit, beside: KnownBeside = _NOTHING) -> str:
    """In which row of that table the case counts. What the record says goes before what is known beside it."""
    case = audit.case
    match axis:
        case Axis.ETHNIC_GROUP:
            return _group(case.child.ethnicity) or _group(beside.ethnicity or "") or NOT_RECORDED
        case Axis.SEX:
            return _known(case.sex) or _known(beside.sex) or NOT_RECORDED
        case Axis.CARE:
            looked_after = case.child.looked_after
            looked_after = beside.looked_after if looked_after is None else looked_after
            return {True: "looked_after", False: "not_looked_after", None: NOT_RECORDED}[looked_after]
        case Axis.AGE:
            age = case.age
            if age is None:
                return NOT_RECORDED
            return next((band for band, end in _BANDS.items() if age < end), _ADULT)


ROWS: Mapping[Axis, tuple[str, ...]] = {
    Axis.ETHNIC_GROUP: (*_GROUPS, NOT_RECORDED),
    Axis.SEX: (*(sex.value for sex in Sex if sex is not Sex.NOT_KNOWN), NOT_RECORDED),
    Axis.AGE: (*_BANDS, _ADULT, NOT_RECORDED),
    Axis.CARE: ("looked_after", "not_looked_after", NOT_RECORDED),
}


def _group(ethnicity: str) -> str:
    """ "" where it says nothing, or says it in words that are no code."""
    said = as_ethnicity(ethnicity)
    return _GROUP_OF[Ethnicity(said)] if said in tuple(Ethnicity) else ""


def _known(said: StrEnum | None) -> str:
    return "" if said is None or said in (Sex.NOT_KNOWN, FoundBy.NOT_KNOWN, Harm.NOT_KNOWN) else said.value


# What is counted in each row: questions, each with its answers, of which every case has one. They are few on purpose:
# an answer of a handful takes another with it. Whoever was never graded was not graded below, and nobody was missing
# for long whose whereabouts were known.

_TWO_DAYS, _A_WEEK = timedelta(hours=48), timedelta(days=7)


def _graded_high(audit: CaseAudit) -> str:
    return "high" if audit.high else "not_high"


def _first_graded(audit: CaseAudit) -> str:
    return "below" if audit.first_graded_below else "not_below"


def _missing_for(audit: CaseAudit) -> str:
    missing = audit.took.missing
    if missing is None:
        return "up_to_48_h"
    return "over_7_d" if missing > _A_WEEK else "over_48_h" if missing > _TWO_DAYS else "up_to_48_h"


def _harm(audit: CaseAudit) -> str:
    harm = _known(audit.case.back.harm)
    return "harmed" if harm not in ("", Harm.NONE) else harm or NOT_RECORDED


def _found_by(audit: CaseAudit) -> str:
    return _known(audit.case.back.found_by) or NOT_RECORDED


class Breakdown(Struct, frozen=True):
    answers: tuple[str, ...]
    of: Callable[[CaseAudit], str]


QUESTIONS: Mapping[str, Breakdown] = {
    "graded": Breakdown(("high", "not_high"), _graded_high),
    "first_graded": Breakdown(("below", "not_below"), _first_graded),
    "missing": Breakdown(("up_to_48_h", "over_48_h", "over_7_d"), _missing_for),
    "harm": Breakdown(("harmed", "none", NOT_RECORDED), _harm),
    "found_by": Breakdown(
        (*(by.value for by in FoundBy if by is not FoundBy.NOT_KNOWN), NOT_RECORDED), _found_by
    ),
}
# The first five of domain.md §5.
MEDIANS_OF = (
    ClockName.FIM_AWARE,
    ClockName.GRADE_RECORDED,
    ClockName.OWNER_ACCEPTED,
    ClockName.CONCERN_FOR_SAFETY,
    ClockName.RATIONALE_SIGNED_OFF,
)


class Share(Struct, frozen=True, kw_only=True):
    """So many of the row's children, with the 95 % interval of the proportion, from 0 to 1."""

    count: int
    share: float
    low: float
    high: float


class Delay(Struct, frozen=True, kw_only=True):
    """The median from the start of that clock to when it was done; None: half of them or more never were."""

    median: timedelta | None


class Row(Struct, frozen=True, kw_only=True):
    """None, anywhere: not shown, since a child might be known by it."""

    name: str
    n: int | None
    shares: dict[str, dict[str, Share | None]]  # question → answer; without what is nobody's answer
    delays: dict[ClockName, Delay | None]


class FairnessTable(Struct, frozen=True, kw_only=True):
    axis: Axis
    rows: tuple[Row, ...]


def fairness(
    audits: Sequence[CaseAudit], axis: Axis, beside: Mapping[str, KnownBeside] | None = None
) -> FairnessTable:
    """`beside`: what is known outside the record, by the case's reference. Where no case is, no row is, and no column:
    there is nobody to be known by it."""
    in_row: dict[str, list[CaseAudit]] = {name: [] for name in ROWS[axis]}
    for audit in audits:
        in_row[row_of(axis, audit, (beside or {}).get(audit.case.ref, _NOTHING))].append(audit)
    in_row = {name: group for name, group in in_row.items() if group}
    groups = list(in_row.values())
    rows = hidden_rows([len(group) for group in groups])
    asked = {name: _shares(question, groups, rows) for name, question in QUESTIONS.items()}
    return FairnessTable(
        axis=axis,
        rows=tuple(
            Row(
                name=name,
                n=None if place in rows else len(group),
                shares={question: answers[place] for question, answers in asked.items()},
                delays={clock: None if place in rows else _delay(clock, group) for clock in MEDIANS_OF},
            )
            for place, (name, group) in enumerate(in_row.items())
        ),
    )


def _shares(
    question: Breakdown, groups: Sequence[Sequence[CaseAudit]], rows: set[int]
) -> list[dict[str, Share | None]]:
    found = [Counter(question.of(audit) for audit in group) for group in groups]
    given = [answer for answer in question.answers if any(counts[answer] for counts in found)]
    table = [[counts[answer] for answer in given] for counts in found]
    hidden = hidden_cells(table, rows)
    return [_row(given, place, counts, hidden) for place, counts in enumerate(table)]


def _row(
    given: Sequence[str], row: int, counts: Sequence[int], hidden: set[Place]
) -> dict[str, Share | None]:
    of = sum(counts)
    return {
        answer: None if (row, column) in hidden else _share(count, of)
        for column, (answer, count) in enumerate(zip(given, counts, strict=True))
    }


def _share(count: int, of: int) -> Share:
    low, high = wilson(count, of)
    return Share(count=count, share=count / of, low=low, high=high)


def _delay(clock: ClockName, group: Sequence[CaseAudit]) -> Delay | None:
    """Of the first run in each case that owed it."""
    firsts = [next((run for run in audit.runs if run.name is clock), None) for audit in group]
    times = [run.done - run.started if run.done else None for run in firsts if run]
    return Delay(median=spread(times).median) if len(times) >= UNDER else None
