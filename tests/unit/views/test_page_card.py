"""The FIM's page card: duty, deadline, consequence (screens.md §3, §4)."""

from datetime import timedelta

import pytest

from bot.domain.commands import (
    Accept,
    Acknowledge,
    Assign,
    Categorise,
    Escalate,
    Locate,
    Note,
    Release,
    Take,
)
from bot.domain.people import Role
from bot.ports.texts import BY_TEXT
from tests.unit.views.story import ROWAN, Told, rowan, said
from tests.world import TOLD

KNOWING = 'Acknowledge means "I know". Only the action stops the other clocks.'


def test_a_new_page() -> None:
    page = rowan().page()
    assert page.text == ("HIGH MC-26-0001, age 13: acknowledge by 13:46 or the duty inspector is paged.")
    assert said(page) == [
        "🔺 HIGH · MC-26-0001 · age 13 · acknowledge by 13:46",
        "@fim Suicidal statement today; self-harm. Concern for safety, whereabouts NOT known. No owner.",
        "⚪ DUE 13:45 FIM aware. Cleared when: a FIM acknowledges, or reviews",
        "*If nothing is done*\n13:45 you paged again (no owner)\n13:46 duty inspector paged (FIM not aware)\n"
        "13:50 duty inspector paged again (no owner); supervisor paged (no grade)",
        "Acknowledge | Escalate now | Open case",
        f"{KNOWING} Page 1, step 1 of 3 | OFFICIAL-SENSITIVE",
    ]


def known_at_13_44() -> Told:
    told = rowan()
    told.do(4, "fay", Acknowledge())
    return told


def paged_again() -> Told:
    """At 13:45, since nobody owns it."""
    told = known_at_13_44()
    told.until(5)
    return told


def test_a_second_page_says_what_to_do_and_by_when() -> None:
    page = paged_again().page()
    late = int((TOLD + timedelta(minutes=5)).timestamp())
    assert said(page)[:3] == [
        "🔺 HIGH · MC-26-0001 · age 13 · no owner, late since 13:45",
        "@fim Find an owner who accepts. Acknowledge by 13:50 or the duty inspector is paged.\n"
        "Why HIGH: suicidal statement today; self-harm.",
        f"🔺 LATE since 13:45 (<!date^{late}^{{ago}}|13:45>): no owner. Cleared when: a named person accepts\n"
        "DONE 13:44 FIM aware, Fay Marsh",
    ]
    assert said(page)[3].startswith(
        "*If nothing is done*\n13:50 duty inspector paged (no owner); supervisor paged (no grade)\n13:55 "
    )
    assert said(page)[-1] == f"{KNOWING} Page 2, step 1 of 3 | OFFICIAL-SENSITIVE"


def test_acknowledged_it_goes_quiet_and_stays_late() -> None:
    told = paged_again()
    told.do(8, "fay", Acknowledge())
    card = told.state_of_page()
    shown = said(card)
    assert shown[0] == "🔶 HIGH · MC-26-0001 · acknowledged, still late"
    assert shown[1] == (
        "Fay Marsh acknowledged 13:48. Quiet about this until 13:58; the clock runs on.\n"
        "Why HIGH: suicidal statement today; self-harm."
    )
    assert shown[3].startswith("*Next*\n13:50 supervisor paged (no grade)\n13:55 you paged again (")
    assert shown[4] == "Open case"
    assert "@fim" not in str(card.blocks)


def test_done_it_is_cleared_and_says_that_the_child_is_missing() -> None:
    told = paged_again()
    told.do(6, "sam", Categorise(category="missing"))
    told.do(7, "sam", Assign(to="ola"))
    told.do(27, "ola", Accept())
    shown = said(told.state_of_page(Role.DUTY_INSPECTOR))
    assert shown == [
        "✅ MC-26-0001 · page cleared 14:07 · child still missing",
        "Ola Brandt accepted (14:07, DONE LATE by 22 min). No page open for duty inspector.",
        "*Next*\n14:10 FIM paged again (no grade); supervisor paged again (no line of enquiry); "
        "owner paged (caller not told)\n"
        "14:15 FIM paged again (no line of enquiry); supervisor paged again (caller not told)\n"
        "14:20 you paged again (no line of enquiry); supervisor paged again (caller not told), again 14:25, 14:30",
        "*Late with others*\n🔺 LATE since 13:50: no grade\n🔺 LATE since 14:00: caller not told",
        "Open case",
        "OFFICIAL-SENSITIVE",
    ]


def test_who_ended_it_is_named_among_several_steps_at_one_moment() -> None:
    told = rowan()
    told.do(1, "ola", Take())
    told.do(1, "fay", Acknowledge())
    told.do(1, "sam", Assign(to="oz"))
    assert said(told.state_of_page())[1].startswith("Fay Marsh is aware (13:41, in time).")


def test_what_ended_it_is_told_of_that_step_and_of_no_other_at_its_moment() -> None:
    told = rowan()
    told.do(1, "fay", Acknowledge())
    told.do(1, "ola", Locate(where="Riverside path", seen_in_person=True))
    assert said(told.state_of_page())[1].startswith("Fay Marsh is aware (13:41, in time).")


@pytest.mark.parametrize(
    ("fays", "olas", "says"),
    [
        (BY_TEXT, "test", "Fay Marsh is aware: acknowledged by text at 13:41 (in time)."),
        ("test", BY_TEXT, "Fay Marsh is aware (13:41, in time)."),
    ],
)
def test_how_it_was_ended_is_told_of_that_step_too(fays: str, olas: str, says: str) -> None:
    told = rowan()
    told.desk.handle(told.first, Take(), told.actor("ola"), olas)
    told.desk.handle(told.first, Acknowledge(), told.actor("fay"), fays)
    assert said(told.state_of_page())[1].startswith(says)


@pytest.mark.parametrize(
    ("fays", "olas", "says"),
    [
        (BY_TEXT, "test", "Fay Marsh acknowledged by text at 13:46. Quiet "),
        ("test", BY_TEXT, "Fay Marsh acknowledged 13:46. Quiet "),
    ],
)
def test_how_it_was_acknowledged_is_told_of_that_step_too(fays: str, olas: str, says: str) -> None:
    told = paged_again()
    told.clock.at = TOLD + timedelta(minutes=6)
    told.desk.handle(told.first, Note(text="At the gate"), told.actor("ola"), olas)
    told.desk.handle(told.first, Acknowledge(), told.actor("fay"), fays)
    assert said(told.state_of_page())[1].startswith(says)


def test_who_ended_a_clock_that_was_paged_only_before_is_named_among_several_too() -> None:
    told = paged_again()
    told.do(6, "ola", Take())
    told.do(7, "ola", Release(why="Off duty"))
    told.do(8, "oz", Take())
    told.do(8, "sam", Note(text="At the gate"))
    assert said(told.state_of_page())[1].startswith("Oz accepted (13:48, in time).")


def test_a_page_cleared_by_finding_the_child_says_who_has_seen_it() -> None:
    told = paged_again()
    told.do(6, "ola", Locate(where="Riverside path", seen_in_person=True))
    assert said(told.state_of_page())[0] == "✅ MC-26-0001 · page cleared 13:46 · child seen in person"


def test_an_old_card_shrinks_to_a_line_that_leads_to_the_new_one() -> None:
    told = paged_again()
    old = told.screens.superseded(told.case(), told.record, Role.FIM, link="https://example.org/p1")
    assert said(old) == [
        "Replaced 13:45 by <https://example.org/p1|a newer page for MC-26-0001>. "
        "Page 1 acknowledged 13:44 by Fay Marsh. | OFFICIAL-SENSITIVE"
    ]


def test_a_card_that_nobody_acknowledged_says_so() -> None:
    told = rowan()
    told.until(5)
    old = told.screens.superseded(told.case(), told.record, Role.FIM, link="https://example.org/p1")
    assert "Page 1 was not acknowledged." in said(old)[0]


def test_an_acknowledgement_of_another_roles_page_is_none_of_it() -> None:
    told = rowan()
    told.until(10)
    told.do(11, "sam", Acknowledge())
    told.until(15)
    old = told.screens.superseded(told.case(), told.record, Role.FIM, link="https://example.org/p1")
    assert "Page 2 was not acknowledged." in said(old)[0], "a supervisor knows of the supervisors' own"


def test_an_empty_rung_is_passed_over_and_said() -> None:
    told = rowan()
    told.send_home("ian")
    told.until(6)
    page = told.page(Role.SUPERINTENDENT)
    assert said(page)[2].startswith("No duty inspector on duty: superintendent paged at once.\n")


def test_an_edit_of_the_card_still_says_which_rung_was_empty() -> None:
    told = rowan()
    told.send_home("ian")
    told.until(6)
    assert said(told.state_of_page(Role.SUPERINTENDENT))[2].startswith("No duty inspector on duty: ")


def test_the_live_card_calls_nobody_again() -> None:
    told = rowan()
    assert said(told.state_of_page())[1].startswith("Suicidal statement today")


def test_above_the_fim_it_asks_for_a_fim_since_no_other_acknowledgement_ends_it() -> None:
    told = rowan()
    told.until(6)
    page = said(told.page(Role.DUTY_INSPECTOR))
    assert page[0] == "🔺 HIGH · MC-26-0001 · age 13 · FIM not aware, late since 13:45"
    assert "Make a FIM aware. Acknowledge by 13:51 or the superintendent is paged." in page[1]
    assert page[2].splitlines()[0].endswith(": FIM not aware. Cleared when: a FIM acknowledges, or reviews")


def test_typed_late_the_fim_is_told_once_to_acknowledge() -> None:
    told = Told()
    told.report(12, **ROWAN)
    told.until(12)
    assert said(told.page())[1].startswith(
        "@fim Find an owner who accepts. Acknowledge by 13:57 or the duty inspector is paged.\n"
    )


def test_an_edit_keeps_the_step_of_its_own_page_while_the_ladder_climbs() -> None:
    told = paged_again()
    told.until(10)
    assert said(told.page(Role.DUTY_INSPECTOR))[-1].startswith(f"{KNOWING} Page 1, step 2 of 3")
    assert said(told.state_of_page(Role.FIM))[-1].startswith(f"{KNOWING} Page 2, step 1 of 3")


def test_in_reference_only_mode_the_page_is_the_same() -> None:
    assert rowan(full=False).page() == rowan().page()


def test_taken_by_the_fim_itself() -> None:
    told = paged_again()
    told.do(6, "fay", Take())
    assert "Fay Marsh accepted (13:46, DONE LATE by 1 min)." in said(told.state_of_page())[1]


def test_the_first_acknowledgement_of_a_child_without_an_owner_calms_nobody() -> None:
    card = known_at_13_44().state_of_page()
    shown = said(card)
    assert shown[0] == "🔶 MC-26-0001 · page answered 13:44 · no owner yet · child still missing"
    assert "✅" not in "".join(shown) and "waits" not in "".join(shown)
    assert "*Next*\n13:45 you paged again (no owner)" in "\n".join(shown)


def test_a_page_before_its_time_says_who_asked_for_it_and_why() -> None:
    told = rowan()
    told.do(2, "cal", Escalate(why="no_answer"))
    told.until(3)
    page = said(told.page(Role.DUTY_INSPECTOR))
    assert "Cal asked for you at 13:42: nobody answers." in "\n".join(page)
    told.until(8)
    later = said(told.page(Role.SUPERINTENDENT))
    assert "asked for you" not in "\n".join(later)
