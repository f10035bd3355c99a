"""A role changes hands: offered by who holds it, read back and accepted by the person named, and by nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot import plan_document
from bot.domain.commands import AcceptHandover
from bot.domain.people import Role
from bot.domain.planned import Plan, PlannedTurn
from bot.ports.errors import StoreUnavailable
from bot.ports.rosters import RosterAppend
from bot.views.cards.handover_card import handover_card
from sandbox.client import Message
from tests.handlers.evening import Evening, id_of, typed
from tests.handlers.pressing import errors
from tests.world import answers

FIRST = "Go and see the carer"


@pytest.fixture
def busy(evening: Evening) -> Evening:
    """Three children are missing, one of them at high risk."""
    for number, marker in enumerate(("abduction", "", "")):
        evening.report(
            1, by=id_of("cal"), incident=f"LOG-{number}", markers=answers(marker) if marker else {}
        )
    return evening


def offer(evening: Evening, by: str = "fay", to: str = "ian") -> None:
    evening.missing(by, "handover")
    title = {"fay": "Hand over FIM", "sam": "Hand over supervisor"}[by]
    evening.opened(by, title)
    evening.person(by).submit(typed({"to": id_of(to)}))
    evening.workspace.wait_for(lambda: offers(evening), "the offer")


def offers(evening: Evening) -> list[str]:
    return list(evening.duty_desk.roster().offers)


def posted(evening: Evening, channel: str = "") -> Message:
    """The newest offer, as the delivery worker would post it before the person named."""
    newest = max(evening.duty_desk.roster().offers.values(), key=lambda each: each.number)
    cases = evening.stores.cases.open_cases()
    card = handover_card(newest, cases, evening.setting.at(evening.clock.now()))
    return evening.post(card, channel or newest.to)


def holders(evening: Evening) -> frozenset[str]:
    return evening.directory.on_duty(Role.FIM)


def reads_back(evening: Evening, name: str = "ian") -> None:
    evening.opened(name, "Accept the hand-over")
    evening.person(name).submit(typed({"first": FIRST}))


def test_who_is_planned_next_is_proposed_and_one_press_offers_it(busy: Evening) -> None:
    begins = busy.clock.now() + timedelta(minutes=30)
    turn = PlannedTurn(role=Role.FIM, person=id_of("ian"), since=begins, until=begins + timedelta(hours=8))
    plan_document.save(busy.stores.documents, Plan((turn,)))
    busy.missing("fay", "handover")
    busy.opened("fay", "Hand over FIM")
    busy.person("fay").submit()
    busy.workspace.wait_for(lambda: offers(busy), "the offer")
    (offered,) = busy.duty_desk.roster().offers.values()
    assert offered.to == id_of("ian")


def test_it_waits_on_the_home_page_of_the_person_named_and_is_accepted_there(busy: Evening) -> None:
    offer(busy)
    busy.person("ian").open_home()
    busy.workspace.wait_for(
        lambda: (
            (home := busy.person("ian").home) and home.says("*Accept the hand-over: FIM, from Fay Marsh*")
        ),
        "the hand-over on the home page",
    )
    busy.person("ian").click("accept_all", home=True)
    reads_back(busy)
    busy.workspace.wait_for(lambda: holders(busy) == {id_of("ian")}, "the role moved on")


def test_offered_accepted_and_read_back_the_role_moves_on(busy: Evening) -> None:
    offer(busy)
    busy.person("ian").click("accept_all", on=posted(busy))
    assert holders(busy) == {id_of("fay")}, "until it is accepted she holds it"
    reads_back(busy)
    busy.workspace.wait_for(lambda: holders(busy) == {id_of("ian")}, "the role moved on")
    (accepted,) = busy.duty_desk.roster().offers.values()
    assert accepted.first == FIRST
    busy.missing("fay", "handover")
    busy.told("fay", "You have no role to hand over.")


def test_who_holds_nothing_hands_nothing_over(busy: Evening) -> None:
    busy.missing("ola", "handover")
    busy.told("ola", "You have no role to hand over.")


def test_who_holds_two_roles_says_which(busy: Evening) -> None:
    busy.people.people[id_of("fay")] = (Role.FIM, Role.SUPERVISOR)
    busy.missing("fay", "handover")
    busy.opened("fay", "Hand over")
    busy.person("fay").submit(typed({"role": "supervisor", "to": id_of("ola")}))
    busy.workspace.wait_for(lambda: offers(busy) == [f"supervisor/{id_of('fay')}"], "the offer")


def test_whoever_is_not_named_is_told_who_is(busy: Evening) -> None:
    offer(busy)
    busy.person("sam").click("accept_all", on=posted(busy, "control"))
    busy.told("sam", "Fay Marsh offered this to Ian Holt")
    assert holders(busy) == {id_of("fay")}


def test_pressed_again_after_accepting_it_says_when(busy: Evening) -> None:
    offer(busy)
    card = posted(busy)
    busy.person("ian").click("accept_all", on=card)
    reads_back(busy)
    busy.workspace.wait_for(lambda: holders(busy) == {id_of("ian")}, "the role moved on")
    busy.person("ian").click("accept_all", on=card)
    busy.told("ian", "You accepted this at 13:41. Nothing changed.")


def test_two_views_of_one_hand_over_accept_it_once(busy: Evening) -> None:
    offer(busy)
    card = posted(busy)
    busy.person("ian").click("accept_all", on=card)
    busy.opened("ian", "Accept the hand-over")
    accepted = busy.duty_desk.roster().offers[f"fim/{id_of('fay')}"]
    busy.duty_desk.handle(AcceptHandover(role="fim", number=accepted.number), busy.actor(id_of("ian")), "x")
    busy.person("ian").submit(typed({"first": FIRST}))
    assert errors(busy, "ian") == {"first": "You accepted this at 13:41. Nothing changed."}


def test_an_offer_whose_saving_was_not_heard_of_is_made_once(
    busy: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    append: Callable[[RosterAppend], None] = busy.stores.rosters.append

    def unheard(step: RosterAppend) -> None:
        append(step)
        raise StoreUnavailable("TimeoutError", perhaps=True)

    busy.missing("fay", "handover")
    busy.opened("fay", "Hand over FIM")
    with monkeypatch.context() as lost:
        lost.setattr(busy.stores.rosters, "append", unheard)
        busy.person("fay").submit(typed({"to": id_of("ian")}))
        assert "Press Save again: nothing is saved twice" in str(errors(busy, "fay"))
    assert busy.person("fay").submit({}).acked
    (offered,) = busy.duty_desk.roster().offers.values()
    assert (offered.number, offered.replaced) == (1, ())


def test_who_is_on_the_list_no_more_reads_why_and_who_stays(
    busy: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(busy)
    busy.person("ian").click("accept_all", on=posted(busy))
    busy.opened("ian", "Accept the hand-over")
    monkeypatch.setattr(busy.people, "candidates", lambda _: frozenset({id_of("sue")}))
    busy.person("ian").submit(typed({"first": FIRST}))
    said = str(errors(busy, "ian"))
    assert "Not done. You are not among those who may be FIM any more. Fay Marsh stays FIM" in said
    assert holders(busy) == {id_of("fay")}


def test_an_offer_that_was_replaced_is_over(busy: Evening) -> None:
    offer(busy)
    card = posted(busy)
    offer(busy, to="sue")
    busy.workspace.wait_for(
        lambda: busy.duty_desk.roster().offers[f"fim/{id_of('fay')}"].to == id_of("sue"), "the new offer"
    )
    busy.person("ian").click("accept_all", on=card)
    busy.told("ian", "Fay Marsh replaced this hand-over at 13:41: it is offered to Sue Larch now.")


def test_one_by_one_keeps_what_was_accepted_and_ends_in_the_read_back(busy: Evening) -> None:
    offer(busy)
    card = posted(busy)
    ian = busy.person("ian")
    ian.click("accept_each", on=card)
    first = busy.opened("ian", "Case 1 of 3")
    assert first.says("HIGH · MC-26-0001")
    ian.click("take_case")
    busy.opened("ian", "Case 2 of 3")
    ian.close()
    ian.click("accept_each", on=card)
    busy.opened("ian", "Case 2 of 3")
    assert holders(busy) == {id_of("fay")}
    ian.click("take_case")
    busy.opened("ian", "Case 3 of 3")
    ian.click("take_case")
    reads_back(busy)
    busy.workspace.wait_for(lambda: holders(busy) == {id_of("ian")}, "the role moved on")


def test_the_rest_can_be_taken_at_once(busy: Evening) -> None:
    offer(busy)
    busy.person("ian").click("accept_each", on=posted(busy))
    busy.opened("ian", "Case 1 of 3")
    busy.person("ian").click("take_rest")
    reads_back(busy)
    busy.workspace.wait_for(lambda: holders(busy) == {id_of("ian")}, "the role moved on")


def test_who_may_not_hold_the_role_is_refused_under_the_field(
    busy: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy.missing("fay", "handover")
    busy.opened("fay", "Hand over FIM")
    monkeypatch.setattr(busy.people, "candidates", lambda _: frozenset({id_of("sue")}))
    busy.person("fay").submit(typed({"to": id_of("ola")}))
    said = "Not offered. Ola Brandt is not among those who may be FIM. Choose another person."
    assert errors(busy, "fay") == {"to": said}


# --- who is on duty --------------------------------------------------------------------------------------------------


def test_anybody_sees_who_has_a_duty_and_only_a_supervisor_changes_it(busy: Evening) -> None:
    busy.missing("ola", "duty fim")
    seen = busy.opened("ola", "On duty")
    assert seen.says("*FIM:* Fay Marsh")
    assert seen.says("Only a supervisor or above can change this.")


def test_who_is_above_puts_somebody_on_duty_and_takes_another_off(busy: Evening) -> None:
    busy.missing("ian", "duty FIM")
    busy.opened("ian", "On duty")
    ian = busy.person("ian")
    ian.submit(typed({"person": id_of("sam")}))
    busy.workspace.wait_for(lambda: holders(busy) == {id_of("fay"), id_of("sam")}, "two on duty")
    busy.missing("ian", "duty FIM")
    busy.reads("ian", "On duty", "Take off")
    ian.click("take_off_duty", block_id=f"off_{id_of('fay')}")
    busy.workspace.wait_for(lambda: holders(busy) == {id_of("sam")}, "one on duty")


def test_a_supervisor_puts_another_on_duty_as_supervisor(busy: Evening) -> None:
    busy.missing("sam", "duty supervisor")
    busy.opened("sam", "On duty")
    busy.person("sam").submit(typed({"person": id_of("ola")}))
    busy.workspace.wait_for(
        lambda: id_of("ola") in busy.directory.on_duty(Role.SUPERVISOR), "one more supervisor"
    )


def test_nobody_is_offered_a_role_above_their_own_to_fill(busy: Evening) -> None:
    busy.missing("sam", "duty fim")
    modal = busy.opened("sam", "On duty")
    assert modal.says("You can put nobody else on here.")
    assert not modal.says("Put on duty")


def test_a_role_that_is_none_is_named_back(busy: Evening) -> None:
    busy.missing("sam", "duty cook")
    busy.told("sam", "Say which role:")


def test_in_reference_only_mode_the_read_back_is_a_coded_reason(discreet: Evening) -> None:
    offer(discreet)
    discreet.person("ian").click("accept_all", on=posted(discreet))
    discreet.opened("ian", "Accept the hand-over")
    discreet.person("ian").submit(typed({"first": "high_first", "first_log": "12"}))
    discreet.workspace.wait_for(lambda: holders(discreet) == {id_of("ian")}, "the role moved on")
    (accepted,) = discreet.duty_desk.roster().offers.values()
    assert accepted.first == "coded:high_first;log=12"
