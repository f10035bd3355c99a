"""`/missing list`: which cases, in which order, a page at a time."""

from itertools import pairwise

import pytest

from bot.digest import compose
from bot.domain import commands
from bot.domain.facts import Child
from bot.domain.people import Role
from bot.ports.texts import BY_TEXT
from bot.views.lists.listing import Filter, Shown, all_that_wait, listing, read
from bot.views.lists.reckoned import reckon
from bot.views.plain.plain_case import rows
from sandbox.limits import check_blocks, check_total, check_view
from tests.contract.steps import row
from tests.unit.views.crowd import crowd, opened
from tests.unit.views.story import Told, rowan, said
from tests.world import answers


@pytest.fixture
def five() -> Told:
    """1 high and late, 2 low and late, 3 medium and Ola's, 4 a concern, 5 high and just told."""
    told = Told()
    told.timer_runs = False
    told.report(30, told=0, markers=answers("suicidal_today"))
    told.report(30, told=-300, child=Child(name="Lee Marsh", age=30))
    told.report(30, told=29)
    told.do(31, "ola", commands.Take(), "MC-26-0003")
    told.concern(31, told=30)
    told.report(31, told=31, markers=answers("suicidal_today"))
    return told


def refs(told: Told, shown: Shown, person: str = "fay") -> list[str]:
    lines = said(listing(opened(told), person, shown, told.screen))
    return [
        part for line in lines if "[Open]" in line for part in line.split(" · ") if part.startswith("MC-")
    ]


def test_the_highest_risk_comes_first_then_the_most_overdue(five: Told) -> None:
    assert refs(five, Shown()) == ["MC-26-0001", "MC-26-0005", "MC-26-0003", "MC-26-0004", "MC-26-0002"]


def test_a_digest_has_the_same_order(five: Told) -> None:
    """Rows that were paged when each case's first debt fell due."""
    ordered = reckon(opened(five).cases, five.screen)
    rows = [
        row("role:fim", each.case.ref, kind="page", role=Role.FIM, at=each.owed[0].due)
        for each in reversed(ordered)
    ]
    grades = {each.case.ref: each.case.running_grade for each in ordered}
    (post,) = compose(rows, grades, digest_over=1)
    assert [case.ref for case in post.cases] == [each.case.ref for each in ordered]


@pytest.mark.parametrize(
    ("kept", "numbers"),
    [
        (Filter.LATE, "12"),
        (Filter.HIGH, "15"),
        (Filter.NO_OWNER, "1542"),
        (Filter.CONCERN, "4"),
        (Filter.MINE, "3"),
        (Filter.ALL, "15342"),
    ],
)
def test_a_filter_keeps(five: Told, kept: Filter, numbers: str) -> None:
    assert refs(five, Shown(kept), "ola") == [f"MC-26-000{number}" for number in numbers]


def test_who_was_asked_finds_it_among_theirs(five: Told) -> None:
    five.do(32, "sam", commands.Assign(to="oz"), "MC-26-0001")
    assert refs(five, Shown(Filter.MINE), "oz") == ["MC-26-0001"]


def test_the_first_lines_count_everything_whatever_the_filter(five: Told) -> None:
    lines = said(listing(opened(five), "fay", Shown(Filter.CONCERN), five.screen))
    assert lines[0] == "5 open · as at 14:11"
    assert lines[1] == "2 late · 1 due soon · 2 in time · 4 no owner"
    assert "*Concern: 1*" in lines


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", Shown()),
        ("late", Shown(Filter.LATE)),
        ("  No   OWNER  2 ", Shown(Filter.NO_OWNER, 2)),
        ("mine", Shown(Filter.MINE)),
        ("3", Shown(Filter.ALL, 3)),
        ("0", Shown(Filter.ALL, 1)),
        ("Rowan Pike", None),
        ("late late", None),
        ("99999", None),
    ],
)
def test_what_is_typed_is_read(typed: str, shown: Shown | None) -> None:
    assert read(typed) == shown


@pytest.mark.parametrize("shown", [Shown(each, page) for each in Filter for page in (1, 7)])
def test_what_a_button_carries_is_read_back(shown: Shown) -> None:
    assert read(shown.value) == shown


def test_pages_follow_each_other_and_leave_nobody_out() -> None:
    told = crowd(45)
    pages = [refs(told, Shown(Filter.ALL, number)) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({ref for page in pages for ref in page}) == 45


def test_the_ways_to_the_next_pages() -> None:
    told = crowd(45)
    turns = [
        said(listing(opened(told), "fay", Shown(Filter.ALL, page), told.screen))[-2] for page in (1, 2, 3)
    ]
    assert turns == ["Next 20", "Previous 20 | Next 5", "Previous 20"]


def test_past_the_end_is_the_last_page() -> None:
    told = crowd(25)
    assert refs(told, Shown(Filter.ALL, 9)) == refs(told, Shown(Filter.ALL, 2)) != []


@pytest.mark.parametrize("shown", [Shown(each, page) for each in Filter for page in (1, 25)])
def test_five_hundred_open_cases_fit(five_hundred: Told, shown: Shown) -> None:
    lost = [f"MC-25-{number:04}" for number in range(400)]
    message = listing(opened(five_hundred, *lost), "fay", shown, five_hundred.screen)
    check_blocks(message.blocks)
    check_total(message.blocks, "list")


def test_all_that_wait_are_named(five_hundred: Told) -> None:
    cases = opened(five_hundred).cases
    view = all_that_wait(cases, [], five_hundred.screen)
    check_view(view, "modal")
    shown = str(view)
    assert [case.ref for case in cases if case.ref not in shown] == []


def test_every_case_of_a_list_is_more_urgent_than_the_next(five_hundred: Told) -> None:
    ordered = reckon(opened(five_hundred).cases, five_hundred.screen)
    assert all(before.outline.urgency < after.outline.urgency for before, after in pairwise(ordered))


def test_a_high_row_says_why_and_every_row_how_long() -> None:
    told = rowan()
    told.report(2)
    told.until(20)
    lines = said(listing(opened(told), "fay", Shown(), told.screen))
    high, medium = (line for line in lines if "MC-26-" in line)
    assert "age 13 · Suicidal statement today; self-harm · concern for safety 20 min · no owner" in high
    assert "age 15 · missing 20 min · no owner" in medium


def test_a_row_in_a_terminal_says_the_same() -> None:
    told = rowan()
    (row,) = [line for line in rows(opened(told), told.screen).splitlines() if "MC-26-0001" in line]
    assert " · Suicidal statement today; self-harm · police told 13:40 · " in row


def test_a_row_says_who_knows_while_that_keeps_it_quiet() -> None:
    told = rowan()
    told.do(4, "fay", commands.Acknowledge())
    (shown,) = [line for line in said(listing(opened(told), "fay", Shown(), told.screen)) if "[Open]" in line]
    assert "Fay Marsh acknowledged 13:44" in shown
    told.until(15)
    (later,) = [line for line in said(listing(opened(told), "fay", Shown(), told.screen)) if "[Open]" in line]
    assert "acknowledged" not in later


def test_a_row_says_that_it_was_by_text() -> None:
    told = rowan()
    told.until(4, including=False)
    told.desk.handle("MC-26-0001", commands.Acknowledge(), told.actor("fay"), BY_TEXT)
    (shown,) = [line for line in said(listing(opened(told), "fay", Shown(), told.screen)) if "[Open]" in line]
    assert "Fay Marsh acknowledged by text at 13:" in shown
