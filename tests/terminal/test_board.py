"""The paper board: what a control room writes on when the clocks stop."""

from bot.domain.facts import Child
from bot.ports.cases import OpenCases
from bot.views.plain.paper_board import LONG, WIDE, board
from bot.views.plain.plain_text import width
from tests.terminal.conftest import Terminal
from tests.unit.views.story import Told, rowan


def printed(told: Told) -> list[list[str]]:
    """Pages of lines."""
    pages = board(told.stores.cases.open_cases(), told.screen).split("\f")
    return [page.splitlines() for page in pages]


def forty() -> Told:
    told = rowan()
    for number in range(40):
        told.report(2 + number, child=Child(name="Łucja 林 " + "x" * 90, age=15))
    told.until(60)
    return told


def test_every_page_fits_and_is_marked() -> None:
    pages = printed(forty())
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert len(page) <= LONG and max(map(width, page)) <= WIDE
        assert page[0].startswith("OFFICIAL-SENSITIVE") and page[-1] == "OFFICIAL-SENSITIVE"
        assert f"page {number} of {len(pages)}" in page[0]


def test_every_open_case_is_on_it_once_highest_risk_first() -> None:
    lines = [line for page in printed(forty()) for line in page if " · MC-26-" in line]
    assert len(lines) == 41 and len({line.split()[2] for line in lines}) == 41
    assert lines[0].startswith("HIGH · MC-26-0001") and lines[1].startswith("MEDIUM")


def test_a_debt_has_room_for_a_pen() -> None:
    told = rowan()
    told.until(20)
    page = printed(told)[0]
    debt = next(line for line in page if "LATE since 13:45: no owner" in line)
    assert debt.endswith("|         |                    |")
    assert any("as at 14:00 on 2 Mar 2026" in line for line in page)


def test_a_high_case_says_why_and_every_case_since_when() -> None:
    lines = [line.partition("|")[0].rstrip() for line in printed(rowan())[0]]
    assert "HIGH because: suicidal statement today" in "\n".join(lines)
    assert any(line.startswith("Police told 13:4") for line in lines)


def test_what_a_high_childs_age_stands_before_is_said_too() -> None:
    young = rowan(child=Child(name="Rowan Pike", age=11))
    lines = [line.partition("|")[0].strip() for line in printed(young)[0]]
    assert "HIGH because: under 13; suicidal statement today; self-harm" in " ".join(lines)


def test_no_name_and_no_words_are_on_it_in_reference_only_mode() -> None:
    assert "Rowan Pike" in str(printed(rowan()))
    for said in ("Rowan", "Avonmead", "walking home"):
        assert said not in str(printed(rowan(full=False)))


def test_a_case_that_cannot_be_read_is_on_it_by_its_reference() -> None:
    lost = OpenCases(cases=(), unreadable=("MC-26-0007",))
    assert "MC-26-0007" in board(lost, Told().screen)


def test_nobody_is_missing() -> None:
    assert "Nobody is missing: no case is open." in printed(Told())[0]


def test_what_somebody_typed_cannot_clear_the_screen() -> None:
    page = printed(rowan(child=Child(name="\x1b[2JRowan\u202e", age=13)))
    assert "\x1b" not in str(page) and "Rowan" in str(page)


def test_it_comes_out_of_the_command(terminal: Terminal) -> None:
    ref = terminal.reported()
    outcome = terminal.run("fay", "board")
    assert outcome.code == 0 and f"HIGH · {ref} · age 13 · LOG-1042" in outcome.out
