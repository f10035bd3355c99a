"""Buttons on cards, pages and in direct messages: one press, one step, and a refusal that only the presser sees."""

import pytest

from bot.domain.commands import Accept, Acknowledge, Assign, GradeCase, Take
from bot.domain.facts import Category, Grade
from bot.domain.people import Role
from bot.views.blocks import actions, button
from bot.views.message import Message
from tests.handlers.evening import Evening, id_of, typed
from tests.handlers.pressing import errors
from tests.world import answers


@pytest.fixture
def concern(evening: Evening) -> Evening:
    """High, and filed as a concern for safety; the FIM has been paged."""
    evening.concern(1, by=id_of("cal"), incident="LOG-1042", markers=answers("suicidal_today"))
    evening.until(1)
    return evening


def test_acknowledging_a_page_makes_the_fim_aware(concern: Evening) -> None:
    page = concern.post(concern.page(), "fim")
    assert concern.person("fay").click("acknowledge", on=page).acked
    concern.workspace.wait_for(lambda: concern.did()[-1] == "Acknowledged", "the acknowledgement")
    assert concern.state("fim-aware") == "met"
    concern.says_nothing_more()


def test_a_stale_press_says_who_acted_and_when(concern: Evening) -> None:
    page = concern.post(concern.page(), "fim")
    concern.do(4, id_of("fay"), Acknowledge())
    concern.workspace.seed({"channels": {"fim": {"kind": "private", "members": ["fay", "sam", "missing"]}}})
    concern.person("sam").click("acknowledge", on=page)
    concern.told("sam", "Fay Marsh acknowledged this at 13:44. Nothing changed.")


def test_a_stale_press_names_no_acknowledgement_from_before_the_page(evening: Evening) -> None:
    """It was cleared by the owner, and the card still looked open."""
    evening.report(1, by=id_of("cal"), incident="LOG-1042", markers=answers("suicidal_today"))
    evening.until(1)
    evening.do(1.2, id_of("fay"), Acknowledge())
    evening.do(1.3, id_of("sam"), GradeCase(level=Grade.HIGH, rationale="Said so"))
    evening.until(11.5)
    page = evening.post(evening.page(), "fim")
    assert page.says("no owner, late since 13:45")
    evening.do(12, id_of("ola"), Take())
    evening.person("fay").click("acknowledge", on=page)
    evening.told("fay", "Ola Brandt accepted (13:52, DONE LATE by 7 min). Nothing changed.")


def test_escalating_from_the_page_says_whom_it_pages_and_pages_them(concern: Evening) -> None:
    page = concern.post(concern.page(), "fim")
    fay = concern.person("fay")
    fay.click("escalate", on=page)
    modal = concern.opened("fay", "Escalate now")
    assert modal.says("This pages now: duty inspector. Every clock runs on.")
    fay.submit(typed({"why": "resources"}))
    concern.workspace.wait_for(lambda: concern.did()[-1] == "Escalated", "the escalation")

    fay.click("escalate", on=page)
    concern.opened("fay", "Escalate now")
    fay.submit(typed({"why": "resources"}))
    assert errors(concern, "fay") == {"why": "You did this already, 13:41. Nothing changed."}

    concern.until(2)
    assert concern.case().paging["fim-asked"].told == {Role.DUTY_INSPECTOR}, "nobody pages themselves"


def test_where_nothing_is_paged_a_fim_is(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    card = evening.post(evening.screens.card(evening.case()))
    cal = evening.person("cal")
    cal.click("open_case", on=card)
    evening.opened("cal", "MC-26-0001")
    cal.click("escalate")
    modal = evening.opened("cal", "Escalate now")
    assert modal.says("This pages now: FIM. Every clock runs on.")
    cal.submit(typed({"why": "worse"}))
    evening.workspace.wait_for(lambda: evening.did()[-1] == "Escalated", "the escalation")
    evening.until(2)
    assert evening.case().paging["fim-asked"].told == {Role.FIM}


def test_who_was_not_paged_does_not_acknowledge(concern: Evening) -> None:
    page = concern.post(concern.page(), "cases")
    concern.person("ola").click("acknowledge", on=page)
    concern.told("ola", "This page is not yours to acknowledge. Nothing changed; the attempt was logged.")
    assert concern.did() == ["Reported"]


def test_taking_ownership_makes_an_owner(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    concern.person("ola").click("take", on=card)
    concern.workspace.wait_for(lambda: concern.case().owner == id_of("ola"), "the owner")


def test_a_call_handler_does_not_take_ownership(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    concern.person("cal").click("take", on=card)
    concern.told(
        "cal",
        "Only an officer or a supervisor can do this. On duty: Sam Doyle, Sid Penn, Fay Marsh. "
        "Nothing changed; the attempt was logged.",
    )


def test_record_as_missing_is_one_press(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    concern.person("cal").click("record_missing", on=card)
    concern.workspace.wait_for(lambda: concern.case().category is Category.MISSING, "the category")


def test_pressing_it_twice_says_so(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    concern.person("ola").click("take", on=card)
    concern.person("ola").click("take", on=card)
    concern.told("ola", "You own it already, accepted 13:41. Nothing changed.")


def test_assigning_asks_a_person_on_duty(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    sam = concern.person("sam")
    sam.choose("more", "assign:MC-26-0001", on=card)
    modal = concern.opened("sam", "Assign an owner")
    assert modal.says("Assigning is not enough. The clock runs until they accept (due 13:45).")
    sam.submit(typed({"to": id_of("ola")}))
    concern.workspace.wait_for(lambda: concern.case().ownership.assigned_to == id_of("ola"), "the question")
    assert concern.case().owner is None


def test_accepting_in_a_direct_message(concern: Evening) -> None:
    concern.do(2, id_of("sam"), Assign(to=id_of("ola")))
    offer = concern.post(concern.screens.offer(concern.case(), id_of("ola")), id_of("ola"))
    concern.person("ola").click("accept", on=offer)
    concern.workspace.wait_for(lambda: concern.case().owner == id_of("ola"), "the owner")


def test_declining_asks_why(concern: Evening) -> None:
    concern.do(2, id_of("sam"), Assign(to=id_of("ola")))
    offer = concern.post(concern.screens.offer(concern.case(), id_of("ola")), id_of("ola"))
    ola = concern.person("ola")
    ola.click("decline", on=offer)
    concern.opened("ola", "Decline MC-26-0001")
    ola.submit(typed({"why": "   "}))
    assert ola.modal is not None and ola.modal.errors == {
        "why": "Not recorded. Say why. HIGH timescales still apply."
    }
    ola.submit(typed({"why": "On another incident"}))
    concern.workspace.wait_for(lambda: concern.did()[-1] == "Declined", "the answer")


def test_somebody_else_cannot_accept(concern: Evening) -> None:
    concern.do(2, id_of("sam"), Assign(to=id_of("ola")))
    offer = concern.post(concern.screens.offer(concern.case(), id_of("ola")), "cases")
    concern.person("oz").click("accept", on=offer)
    concern.told("oz", "Not done. This is assigned to Ola Brandt (Sam Doyle, 13:42).")


def test_the_open_case_puts_debts_first_and_notes_who_looked(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    concern.person("ola").click("open_case", on=card)
    modal = concern.opened("ola", "MC-26-0001")
    words = modal.words
    assert words.index("OUTSTANDING") < words.index("IF NOTHING IS DONE") < words.index("TIMELINE")
    assert "Waiting for: FIM" in words
    assert concern.viewed == [(id_of("ola"), "open case")]


def test_a_cure_pressed_in_the_open_case_redraws_it(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    ola = concern.person("ola")
    ola.click("open_case", on=card)
    concern.opened("ola", "MC-26-0001")
    ola.click("take")
    concern.reads("ola", "MC-26-0001", "owner Ola Brandt")


def test_a_refusal_in_the_open_case_stands_on_top_of_it(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    ola = concern.person("ola")
    ola.click("open_case", on=card)
    concern.opened("ola", "MC-26-0001")
    concern.do(2, id_of("ola"), Take())
    ola.click("take")
    concern.reads("ola", "MC-26-0001", "You own it already, accepted 13:42. Nothing changed.")


def test_acknowledging_many_counts_those_that_were_done(evening: Evening) -> None:
    refs = [
        evening.report(1, by=id_of("cal"), incident=f"LOG-{n}", markers=answers("abduction"))
        for n in range(7)
    ]
    evening.until(1)
    cases = [evening.case(ref) for ref in refs]
    digest = evening.post(evening.screens.digest(cases, Role.FIM), "fim")
    evening.person("fay").click("acknowledge_many", on=digest, confirm=True)
    evening.workspace.wait_for(
        lambda: all(evening.state("fim-aware", ref) == "met" for ref in refs), "all seven acknowledged"
    )


def test_each_of_many_that_is_left_has_its_own_reason(evening: Evening) -> None:
    first, second, third, new = (
        evening.report(1, by=id_of("cal"), incident=f"LOG-{n}", markers=answers("abduction"))
        for n in range(4)
    )
    evening.until(1)
    cases = [evening.case(ref) for ref in (first, second, third, new)]
    digest = evening.post(evening.screens.digest(cases, Role.FIM), "fim")
    for minute, ref in ((1.5, first), (2, second), (2, third)):
        evening.do(minute, id_of("fay"), Acknowledge(), ref)
    evening.person("fay").click("acknowledge_many", on=digest, confirm=True)
    said = evening.told("fay", "You know about 1.")
    assert said.words.splitlines()[1:3] == [
        f"{first}: Fay Marsh acknowledged this at 13:41. Nothing changed.",
        f"{second}, {third}: Fay Marsh acknowledged this at 13:42. Nothing changed.",
    ]


def test_show_all_lists_what_waits(evening: Evening) -> None:
    refs = [
        evening.report(1, by=id_of("cal"), incident=f"LOG-{n}", markers=answers("abduction"))
        for n in range(25)
    ]
    evening.until(1)
    digest = evening.post(evening.screens.digest([evening.case(ref) for ref in refs], Role.FIM), "fim")
    evening.person("fay").click("show_all", on=digest)
    modal = evening.opened("fay", "All that wait")
    assert all(modal.says(ref) for ref in refs)


def test_an_owner_is_shown_all_that_wait_for_them_and_for_no_other(evening: Evening) -> None:
    refs = [
        evening.report(1, by=id_of("cal"), incident=f"LOG-{n}", markers=answers("abduction"))
        for n in range(3)
    ]
    for ref, owner in zip(refs, ("ola", "oz", "ola"), strict=True):
        evening.do(2, id_of("sam"), Assign(to=id_of(owner)), ref)
        evening.do(2, id_of(owner), Accept(), ref)
    evening.until(40)
    cases = [evening.case(ref) for ref in refs]
    assert all(case.awaits(Role.OWNER) for case in cases)
    digest = evening.post(evening.screens.digest(cases, Role.OWNER, passed_on=refs[1:2]), id_of("ola"))
    evening.person("ola").click("show_all", on=digest)
    modal = evening.opened("ola", "All that wait")
    assert [modal.says(ref) for ref in refs] == [True, False, True]


def test_a_dead_button_says_so(evening: Evening) -> None:
    old = evening.post(Message(text="old", blocks=[actions(button("Old", "from_last_year", "x"))]))
    evening.person("ola").click("from_last_year", on=old)
    evening.told("ola", "This button no longer works.")


def test_an_answered_offer_no_longer_looks_open(concern: Evening) -> None:
    concern.do(2, id_of("sam"), Assign(to=id_of("ola")))
    offer = concern.post(concern.screens.offer(concern.case(), id_of("ola")), id_of("ola"))
    ola = concern.person("ola")
    ola.click("decline", on=offer)
    concern.opened("ola", "Decline MC-26-0001")
    ola.submit(typed({"why": "On another incident"}))
    concern.workspace.wait_for(
        lambda: ola.sees("@missing")[-1].says("You declined. No owner yet."), "the settled offer"
    )


def test_who_was_told_is_recorded_from_the_menu(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    fay = concern.person("fay")
    fay.choose("more", "told:MC-26-0001", on=card)
    concern.opened("fay", "Who was told")
    fay.submit(typed({"who": ["duty_inspector"], "how": "Telephone", "took": "Ian Holt"}))
    concern.workspace.wait_for(lambda: concern.case().inspector_told_at, "the inspector recorded as told")


@pytest.mark.parametrize(("seen", "is_seen"), [("police", True), ("nobody", False)])
def test_located_is_not_seen(concern: Evening, seen: str, is_seen: bool) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    ola = concern.person("ola")
    ola.choose("more", "located:MC-26-0001", on=card)
    concern.opened("ola", "Child located")
    ola.submit(typed({"where": "Riverside path", "seen": seen, "seen_by": "PC Jane Roe" if is_seen else ""}))
    concern.workspace.wait_for(lambda: concern.case().back.located, "the finding")
    assert concern.case().seen is is_seen and concern.case().back.seen_by == (
        "PC Jane Roe" if is_seen else ""
    )


def test_new_information_from_the_open_case(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()))
    cal = concern.person("cal")
    cal.click("open_case", on=card)
    concern.opened("cal", "MC-26-0001")
    cal.click("add_to_case")
    concern.opened("cal", "New information")
    cal.submit(typed({"text": "Phone seen at the station"}))
    concern.workspace.wait_for(lambda: concern.case().information, "the information")


def test_a_stranger_opens_no_case(concern: Evening) -> None:
    card = concern.post(concern.screens.card(concern.case()), "control")
    concern.person("pat").click("open_case", on=card)
    concern.told("pat", "You are not set up here.")
    concern.settle()
    assert concern.person("pat").modal is None
    assert concern.viewed == []
