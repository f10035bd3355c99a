"""A storm: one sound, and no child unnamed (screens.md §5)."""

from datetime import timedelta

import pytest

from bot.domain.commands import Accept, Acknowledge, Assign
from bot.domain.people import Role
from bot.views.message import Message
from sandbox.limits import check_blocks, check_total
from tests.unit.views.story import Told, said
from tests.world import TOLD, answers


def storm(number: int) -> Told:
    told = Told()
    for _ in range(number):
        told.report(1, markers=answers("abduction"))
    told.until(1)
    return told


def digest(told: Told, number: int) -> Message:
    cases = [told.case(f"MC-26-{n:04}") for n in range(1, number + 1)]
    return told.screens.digest(cases, Role.FIM)


def test_sixty_at_once_are_one_post() -> None:
    shown = said(digest(storm(60), 60))
    assert shown[0] == "🔺 60 cases need FIM · first due 13:45"
    assert shown[1] == "@fim 60 HIGH. Those not acknowledged go to the duty inspector at 13:46."
    assert shown[2] == "1 · HIGH · MC-26-0001 · age 15 · May be abducted · by 13:46 [Acknowledge]"
    assert shown[22].startswith("*Also HIGH (40):* MC-26-0021, MC-26-0022,")
    assert shown[23:] == ["Acknowledge the 20 shown | Show all 60", "OFFICIAL-SENSITIVE"]


def test_a_row_that_was_acknowledged_gives_its_place_to_the_next() -> None:
    told = storm(22)
    told.do(2, "fay", Acknowledge(), "MC-26-0003")
    shown = said(digest(told, 22))
    assert shown[0].startswith("🔺 21 cases need FIM")
    assert "MC-26-0003" not in "".join(shown[2:22])
    assert "🔶 MC-26-0003: page cleared" in "".join(shown), "no tick on a HIGH child without an owner"


@pytest.mark.parametrize("number", [6, 60, 500])
def test_every_reference_is_in_the_post(number: int) -> None:
    message = digest(storm(number), number)
    everything = "".join(said(message))
    assert [n for n in range(1, number + 1) if f"MC-26-{n:04}" not in everything] == []
    check_blocks(message.blocks)
    check_total(message.blocks, "msg_blocks_too_long")
    assert len(message.blocks) <= 27


def test_past_what_a_post_holds_the_rest_is_counted() -> None:
    message = digest(storm(1000), 1000)
    everything = "".join(said(message))
    named = everything.count("MC-26-")
    assert f"and {1000 - named} more" in everything
    check_blocks(message.blocks)
    check_total(message.blocks, "msg_blocks_too_long")


def test_after_an_outage_it_says_from_when_to_when() -> None:
    told = storm(9)
    cases = [told.case(f"MC-26-{n:04}") for n in range(1, 10)]
    still = (TOLD + timedelta(minutes=-90), TOLD + timedelta(minutes=1))
    head = said(told.screens.digest(cases, Role.FIM, stood_still=still))[0]
    assert head == "🔺 Clocks stopped 12:10 to 13:41: 9 cases fell due"


def test_the_bulk_button_covers_no_unseen_row() -> None:
    message = digest(storm(60), 60)
    button = next(block for block in message.blocks if block["type"] == "actions")["elements"][0]
    assert button["value"].split(",") == [f"MC-26-{n:04}" for n in range(1, 21)]
    assert button["confirm"]["text"]["text"] == "You know about these 20. No other clock stops."


def owners(number: int) -> Told:
    """All of Ola's, and none of them worked on."""
    told = storm(number)
    for n in range(1, number + 1):
        told.do(1, "sam", Assign(to="ola"), f"MC-26-{n:04}")
        told.do(1, "ola", Accept(), f"MC-26-{n:04}")
    told.until(20)
    return told


def to_ola(told: Told, number: int, passed_on: tuple[str, ...] = ()) -> list[str]:
    cases = [told.case(f"MC-26-{n:04}") for n in range(1, number + 1)]
    return said(told.screens.digest(cases, Role.OWNER, passed_on=passed_on))


def test_an_owner_is_asked_for_by_you_since_a_case_that_needs_an_owner_has_none() -> None:
    shown = to_ola(owners(6), 6)
    assert shown[0].startswith("🔺 6 cases need you · first due")
    assert shown[1].startswith("Your cases: 6 HIGH.")
    assert to_ola(owners(1), 1)[:2] == [
        "🔺 1 case needs you · first due 14:00",
        shown[1].replace("Your cases: 6", "Your case: 1"),
    ]


def test_what_they_no_longer_own_is_asked_of_them_no_more() -> None:
    told = owners(3)
    shown = to_ola(told, 3, passed_on=("MC-26-0002",))
    assert shown[0].startswith("🔺 2 cases need you")
    assert [line for line in shown if "MC-26-0002" in line] == ["MC-26-0002: no longer yours"]


def test_where_none_is_theirs_any_more_nothing_is_called_done_and_no_tick_stands() -> None:
    """Nor where they gave all of them back, and nobody owns them."""
    refs = ("MC-26-0001", "MC-26-0002")
    assert to_ola(owners(2), 2, passed_on=refs) == [
        "No page open here for you",
        "Nothing here waits for you. What is paged goes to the owner, or to the supervisor while nobody owns it.",
        "MC-26-0001: no longer yours\nMC-26-0002: no longer yours",
        "OFFICIAL-SENSITIVE",
    ]
