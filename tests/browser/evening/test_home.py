"""Home pages in the page: the welcome and its practice, filters, a remedy beside its debt; lists, and the board."""

import re

import pytest
from playwright.sync_api import Locator, expect

from cli.demo import cast
from sandbox.client import Workspace
from tests.browser.evening.conftest import Entering, Reported, ref_of
from tests.browser.screen import Screen
from tests.browser.test_access import faults as faults_now
from tests.waiting import in_time


def faults(screen: Screen, axe: str) -> list[str]:
    """In dark colours, then in light ones."""
    found = []
    for scheme in ("dark", "light"):
        screen.page.emulate_media(color_scheme=scheme)
        found += faults_now(screen, axe)
    return found


def at_home(screen: Screen) -> Locator:
    """The app's home page, drawn."""
    screen.button("Missing").click()  # the app, not a channel whose name begins so
    page = screen.page.get_by_role("main")
    expect(page).to_contain_text(re.compile(r"board · as at 1\d:\d\d"))
    return page


@pytest.mark.parametrize(
    ("person", "board", "role"),
    [
        ("fay", "FIM board", "You are FIM. You are paged for: high risk, request for a FIM not answered"),
        ("sam", "Supervisor board", "You are a supervisor. You are paged for: no grade"),
        ("ola", "Officer board", "You are an officer. A case is yours once you press Accept"),
        ("cal", "Control room board", "You are in the control room. You report and record"),
    ],
)
def test_each_role_is_welcomed_once(
    enters: Entering, reported: Reported, axe: str, person: str, board: str, role: str
) -> None:
    reported()
    screen = enters(person, "missing-cases")
    home = at_home(screen)
    expect(home).to_contain_text(board)
    expect(home).to_contain_text("Clocks running, last check")
    expect(home).to_contain_text(role)
    assert faults(screen, axe) == []
    screen.button("Put this away, and see the board").click()
    expect(home).not_to_contain_text("Welcome.")
    screen.page.reload()
    expect(at_home(screen)).not_to_contain_text("Welcome.")


def test_a_practice_page_is_known_about_and_says_what_would_follow(
    workspace: Workspace, enters: Entering, axe: str
) -> None:
    ian = enters("ian", "fim")
    at_home(ian)
    ian.button("Send me a practice page").click()
    workspace.expect("PRACTICE · 🔺 HIGH · no case")
    ian.go(person="ian", home=cast.APP, tab="messages")
    ian.button("Acknowledge, practice").click()
    main = ian.page.get_by_role("main")
    expect(main).to_contain_text("nothing else happened")
    expect(main).to_contain_text("the clock runs on")
    expect(ian.button("Acknowledge, practice")).to_have_count(0)
    assert faults(ian, axe) == []


def test_filters_turn_the_page_and_a_case_opens_from_it(enters: Entering, reported: Reported) -> None:
    ref = ref_of(reported())
    fay = enters("fay", "fim")
    home = at_home(fay)
    fay.button("Show concern cases").click()
    expect(home).to_contain_text(re.compile(r"Concern: \d"))
    fay.button("Show high cases").click()
    expect(home).to_contain_text(re.compile(r"High: [1-9]"))
    fay.button(f"Open case {ref}").click()
    expect(fay.modal.get_by_role("heading", name=ref)).to_be_visible()


def test_a_debt_is_paid_where_it_stands_and_leaves_the_page(enters: Entering, reported: Reported) -> None:
    fay = enters("fay", "fim")
    debts: list[Locator] = []

    def owes() -> None:
        reported()
        first = at_home(fay).get_by_role("button", name=re.compile("^Acknowledge MC-")).first
        debts.append(fay.button(str(first.get_attribute("aria-label"))))

    def pays() -> None:
        debts[-1].click()
        expect(debts[-1]).to_have_count(0)

    in_time(5.0, pays, first=owes)  # sooner than the pace of what others do


def test_a_list_turns_in_its_place(enters: Entering, reported: Reported, axe: str) -> None:
    reported()
    sam = enters("sam", "missing-cases")
    sam.say("/missing list")
    answer = sam.page.get_by_role("main").locator("li.message", has_text="due soon").last
    expect(answer).to_contain_text("All: ")
    answer.get_by_role("button", name="Show mine").click()
    expect(answer).to_contain_text("Mine: 0")
    expect(answer).to_contain_text("None that you own")
    assert faults(sam, axe) == []


def test_the_board_is_put_once_and_follows(
    workspace: Workspace, enters: Entering, reported: Reported, axe: str
) -> None:
    sam = enters(
        "sam", "supervisor"
    )  # not among the cases: it names each, and other tests look for them there
    sam.say("/missing board")
    board = sam.message("HIGH and late cases in full")
    expect(board).to_have_count(1)
    ref = ref_of(reported())
    expect(board).to_contain_text(ref)
    sam.say("/missing board")
    expect(sam.message("The board is in this channel already.")).to_be_visible()
    expect(board).to_have_count(1)
    assert faults(sam, axe) == []
