"""Grade and delay by who the child is: rows, what is shown of them, and what is known beside the record."""

from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from bot.audit.case_audit import CaseAudit, audited
from bot.audit.fairness import QUESTIONS, Axis, FairnessTable, KnownBeside, Row, fairness, row_of
from bot.domain.commands import Locate, Take
from bot.domain.facts import Child, Ethnicity, Grade, Sex
from bot.domain.policy import ClockName
from tests.world import TOLD, World, answers, minutes

AUDITED_AT = 3 * 24 * 60  # minutes


def child(age: int = 15, ethnicity: str = "", looked_after: bool | None = None) -> Child:
    return Child(name="Wren Hale", age=age, ethnicity=ethnicity, looked_after=looked_after)


@cache
def audits() -> tuple[CaseAudit, ...]:
    """Fourteen white boys of 15, seven of them high; twelve Asian girls of 16 in care, seven of them high, all found
    after an hour; ten of 17, five of them high, of whom nothing else was recorded. All have an owner at 2 m."""
    world = World()
    world.timer_runs = False
    boys = [
        world.report(
            child=child(15, "white_british", looked_after=False), sex="male", **graded(world, high=i < 7)
        )
        for i in range(14)
    ]
    girls = [
        world.report(
            child=child(16, "bangladeshi", looked_after=True), sex="female", **graded(world, high=i < 7)
        )
        for i in range(12)
    ]
    others = [world.report(child=child(17), **graded(world, high=i < 5)) for i in range(10)]
    for ref in (*boys, *girls, *others):
        world.do(2, "ola", Take(), ref)
    for ref in girls:
        world.do(60, "ola", Locate(where="?", seen_in_person=True, found_by="police", harm="none"), ref)
    at = TOLD + minutes(AUDITED_AT)
    return tuple(
        audited(world.stores.cases.entries(ref), world.policy, at) for ref in (*boys, *girls, *others)
    )


def graded(world: World, *, high: bool) -> dict[str, Any]:
    if not high:
        return {"grade": world.graded(Grade.MEDIUM)}
    return {"grade": world.graded(Grade.HIGH, "suicidal_today"), "markers": answers("suicidal_today")}


def boys() -> tuple[CaseAudit, ...]:
    return audits()[:14]


def girls() -> tuple[CaseAudit, ...]:
    return audits()[14:26]


def row(table: FairnessTable, name: str) -> Row:
    return next(row for row in table.rows if row.name == name)


def counts(table: FairnessTable, question: str) -> dict[str, list[int | None]]:
    return {
        row.name: [share.count if share else None for share in row.shares[question].values()]
        for row in table.rows
    }


def test_each_row_says_how_many_are_high_and_how_sure_that_is() -> None:
    white = row(fairness(audits(), Axis.ETHNIC_GROUP), "white")
    high = white.shares["graded"]["high"]
    assert white.n == 14 and high is not None
    assert (high.count, high.share) == (7, 0.5)
    assert (high.low, high.high) == pytest.approx((0.2680, 0.7320), abs=0.0001)


def test_what_is_not_recorded_is_a_row_of_its_own() -> None:
    table = fairness(audits(), Axis.ETHNIC_GROUP)
    assert {each.name: each.n for each in table.rows} == {"white": 14, "asian": 12, "not_recorded": 10}
    assert counts(table, "graded") == {"white": [7, 7], "asian": [7, 5], "not_recorded": [5, 5]}


def test_a_row_of_few_takes_another_with_it() -> None:
    """Three girls would be what is left of the total: so the smaller of the other rows is shown no more than they."""
    table = fairness(boys() + girls()[:3] + audits()[26:], Axis.ETHNIC_GROUP)
    assert {each.name: each.n for each in table.rows} == {"white": 14, "asian": None, "not_recorded": None}
    hidden = row(table, "asian")
    assert set(hidden.delays.values()) == {None}
    assert {share for given in hidden.shares.values() for share in given.values()} == {None}


def test_a_cell_of_few_takes_its_complement_with_it() -> None:
    """All seven girls are high, and none is not: neither is shown, nor what would tell them."""
    assert counts(fairness(boys() + girls()[:7], Axis.SEX), "graded") == {
        "female": [None, None],
        "male": [None, None],
    }


def test_how_long_they_were_missing_and_who_found_them() -> None:
    table = fairness(audits(), Axis.AGE)
    assert counts(table, "missing") == {"15_to_17": [12, 24]}  # up to 48 h, and more; nobody for a week
    assert list(row(table, "15_to_17").shares["found_by"]) == ["police", "not_recorded"]
    assert list(row(table, "15_to_17").shares["harm"]) == ["none", "not_recorded"]


def test_the_median_to_each_of_the_first_clocks() -> None:
    delays = row(fairness(boys(), Axis.CARE), "not_looked_after").delays
    accepted = delays[ClockName.OWNER_ACCEPTED]
    assert accepted is not None and accepted.median == timedelta(minutes=2)
    aware = delays[ClockName.FIM_AWARE]
    assert aware is not None and aware.median is None  # no FIM ever heard of any of the seven
    assert delays[ClockName.GRADE_RECORDED] is None  # graded in the report: fewer than five owed it


@pytest.mark.parametrize(
    ("beside", "axis", "expected"),
    [
        (KnownBeside(), Axis.ETHNIC_GROUP, "not_recorded"),
        (KnownBeside(ethnicity=Ethnicity.CHINESE), Axis.ETHNIC_GROUP, "asian"),
        (KnownBeside(ethnicity=Ethnicity.NOT_STATED), Axis.ETHNIC_GROUP, "not_stated"),
        (KnownBeside(sex=Sex.FEMALE), Axis.SEX, "female"),
        (KnownBeside(sex=Sex.NOT_KNOWN), Axis.SEX, "not_recorded"),
        (KnownBeside(looked_after=False), Axis.CARE, "not_looked_after"),
        (KnownBeside(), Axis.AGE, "15_to_17"),
    ],
)
def test_what_is_known_beside_the_record_fills_what_it_does_not_hold(
    beside: KnownBeside, axis: Axis, expected: str
) -> None:
    assert row_of(axis, audits()[-1], beside) == expected


def test_what_the_record_holds_goes_before_what_is_known_beside_it() -> None:
    beside = KnownBeside(ethnicity=Ethnicity.CHINESE, sex=Sex.FEMALE, looked_after=True)
    white = boys()[0]
    assert [row_of(axis, white, beside) for axis in Axis] == ["white", "male", "15_to_17", "not_looked_after"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_case_has_one_of_the_answers(question: str) -> None:
    asked = QUESTIONS[question]
    assert {asked.of(audit) for audit in audits()} <= set(asked.answers)
