"""Given these rows and the shipped policy, then these pages at these minutes, worked out by hand from domain.md §5."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.backtest.virtual_time import Played, played
from bot.domain.events import OF_PAGES, Paged
from bot.domain.policy import Policy
from bot.files import policy_file
from bot.replay.engine import replay
from bot.replay.scenario import load
from bot.store.memory import MemoryStores
from tests.backtest.rows import at, minutes, play

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return policy_file.load()


def pages(told: Played) -> list[str]:
    return [f"{minutes(page.at)} {page.role.value}: {', '.join(page.clocks)}" for page in told.pages]


def became(told: Played) -> dict[str, tuple[int | None, int | None, int | None]]:
    """Clock → minutes of its first page, of when it was done, and of when it was over without."""
    return {
        each.clock.value: (minutes(each.paged_at), minutes(each.done_at), minutes(each.over_at))
        for each in told.runs
    }


def test_a_child_at_high_risk_of_whom_nobody_tells_the_fim(policy: Policy) -> None:
    """Paged at once, up a rung each five minutes, three times more on the last one, then each half hour."""
    told = play(policy, until=60, markers="suicidal_today", fim_told_at=at(47), grades=f"{at(0)} high")
    assert pages(told) == [
        "0 fim: fim-aware",
        "5 duty_inspector: fim-aware",
        "10 superintendent: fim-aware",
        "15 superintendent: fim-aware",
        "20 superintendent: fim-aware",
        "25 superintendent: fim-aware",
    ]
    assert became(told) == {"fim-aware": (0, 47, None)}


def test_it_would_have_been_asked_for_an_owner_and_a_grade(policy: Policy) -> None:
    """Medium by age alone: ten minutes for a grade; for an owner a quarter of an hour, and as long for each rung."""
    told = play(policy, until=600, accepted_at=at(31), grades=f"{at(12)} medium", seen_at=at(40))
    assert pages(told) == [
        "10 supervisor: grade-recorded",
        "15 fim: owner-accepted",
        "30 duty_inspector: owner-accepted",
    ]
    assert became(told) == {"grade-recorded": (10, 12, None), "owner-accepted": (15, 31, None)}


def test_done_at_the_due_second_is_met(policy: Policy) -> None:
    assert pages(play(policy, until=600, grades=f"{at(0)} medium", accepted_at=at(15), seen_at=at(40))) == []
    late = play(policy, until=600, grades=f"{at(0)} medium", accepted_at=at(16), seen_at=at(40))
    assert pages(late) == ["15 fim: owner-accepted"]


def test_a_clock_whose_column_the_log_lacks_asks_for_nothing(policy: Policy) -> None:
    """What is not held was not left undone; an empty cell of a column that is there was."""
    assert pages(play(policy, until=16, grades=f"{at(0)} medium")) == []
    assert pages(play(policy, until=16, grades=f"{at(0)} medium", accepted_at="")) == [
        "15 fim: owner-accepted"
    ]


def test_being_found_is_no_answer_to_a_page(policy: Policy) -> None:
    told = play(policy, until=60, accepted_at="", grades=f"{at(0)} medium", seen_at=at(20))
    assert became(told) == {"owner-accepted": (15, None, 20)}


def test_a_concern_for_safety_that_hides_a_missing_child(policy: Policy) -> None:
    told = play(
        policy,
        until=60,
        category="concern_for_safety",
        grades=f"{at(0)} medium",
        categories=f"{at(50)} missing",
    )
    assert pages(told) == [
        "15 fim: concern-for-safety",
        "30 fim: concern-for-safety",
        "45 duty_inspector: concern-for-safety",
    ]
    assert became(told) == {"concern-for-safety": (15, 50, None)}


def test_nobody_attends_a_child_whom_nobody_can_find(policy: Policy) -> None:
    told = play(
        policy,
        until=10,
        category="concern_for_safety",
        attendance="no",
        grades=f"{at(0)} medium",
        categories="",
    )
    assert pages(told) == ["0 fim: concern-for-safety"]


def test_a_first_grade_below_the_proposal_runs_high_all_the_same(policy: Policy) -> None:
    told = play(policy, until=4, markers="abduction", grades=f"{at(0)} medium", fim_told_at="")
    assert [(page.grade.value, page.rings) for page in told.pages] == [("high", True)]


def test_a_downgrade_that_a_second_person_approved_ends_the_alarm(policy: Policy) -> None:
    grades = f"{at(0)} high; {at(3)} medium approved"
    told = play(policy, until=60, markers="abduction", grades=grades, fim_told_at="")
    assert pages(told) == ["0 fim: fim-aware"]
    assert became(told) == {"fim-aware": (0, None, 3)}


def test_each_step_by_a_person_ends_a_silence(policy: Policy) -> None:
    told = play(policy, until=150, grades=f"{at(0)} medium", other_entries=f"{at(50)};{at(140)}")
    assert pages(told) == ["110 supervisor: silent-case", "125 fim: silent-case"]
    assert became(told) == {"silent-case": (110, 140, None)}


def _the_whole_record(file: Path) -> tuple[list[str], list[str]]:
    """What the desk paged in that scenario, and what its people's steps alone give in virtual time."""
    scenario, stores = load(file), MemoryStores()
    replay(scenario, stores)
    ref = stores.cases.find_incident(scenario.only_ref)
    assert ref is not None
    entries = stores.cases.entries(ref)
    desk = [
        f"{minutes(entry.at)} {line.role.value}: {line.clock}"
        for entry in entries
        if isinstance(entry.event, Paged)
        for line in entry.event.lines
    ]
    steps = [entry for entry in entries if not isinstance(entry.event, OF_PAGES)]
    told = played(steps, scenario.policy, scenario.until + timedelta(seconds=1))
    return sorted(desk), sorted(
        f"{minutes(page.at)} {page.role.value}: {clock}" for page in told.pages for clock in page.clocks
    )


NOBODY_IS_AWAY = (  # every rung is manned throughout, and the timer never stands still
    "s01-left-school",
    "s22-the-second-call",
    "s28-a-concern-signed-off",
    "s50-nobody-for-eight-hours",
    "s63-a-child-in-care",
    "s65-passed-on-a-second-time",
    "s71-escalated-before-its-time",
    "r04-nobody-answers-and-high",
    "r05-quiet-until-it-is-high",
    "r07-a-reason-while-it-waited",
    "r09-the-owner-comes-and-goes",
    "r15-the-time-police-were-told-is-mended",
)


@pytest.mark.parametrize("name", NOBODY_IS_AWAY)
def test_the_desk_pages_the_same(name: str) -> None:
    desk, alone = _the_whole_record(SCENARIOS / f"{name}.yaml")
    assert desk
    assert desk == alone
