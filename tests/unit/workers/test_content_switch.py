"""From full content to reference-only mode: each card that holds a name is drawn anew; how many are left is said."""

import pytest
from msgspec.structs import replace

from bot.desk import Desk
from bot.domain.commands import OfferHandover, SetEnquiry, Take
from bot.domain.content import ContentRules
from bot.ports.destination import Destination
from bot.ports.drafts import DraftPlace, SavedDraft
from bot.ports.places import handover_key
from bot.store.redis_stores import RedisStores
from bot.views.cards.renderer import Screens
from sandbox.runner import running_workspace
from tests.damage import Damage
from tests.unit.workers.conftest import MANIFEST, SEED, Evening
from tests.world import TOLD, answers, minutes
from workers.alarm.content_switch import ContentSwitch

PLACE = DraftPlace("cal", "report")
CASES = "cases"


def switch(evening: Evening, *, full: bool) -> ContentSwitch:
    """As a bot has it that was started just now."""
    return ContentSwitch(evening.stores, evening.desk, evening.duty_desk, full=full)


def shown_in(evening: Evening, *, full: bool) -> None:
    evening.setting = replace(evening.setting, full=full)
    evening.screens = Screens(evening.setting, evening.clock)


def in_full_content(evening: Evening) -> None:
    """One start in which a report was made, and a form was lost."""
    shown_in(evening, full=True)
    evening.delivery = evening.new_delivery()
    switch(evening, full=True).look()
    evening.report(1, markers=answers("suicidal_today"))
    evening.drain(CASES)
    typed = {"name": {"value": {"value": "Wren Hale"}}}
    draft = SavedDraft(view="V1", since=TOLD, metadata="{}", values=typed)
    evening.stores.drafts.keep(PLACE, draft, 0, 100)


def restarted_in_reference_only(evening: Evening) -> None:
    shown_in(evening, full=False)
    evening.delivery = evening.new_delivery()
    evening.desk = Desk(
        evening.stores.cases, evening.policy, evening.clock, evening.people, content=ContentRules(full=False)
    )


def shown(evening: Evening) -> str:
    return str([message.raw for message in evening.workspace.person("fay").sees("cases")])


def packs(evening: Evening) -> str:
    return str([message.raw for message in evening.workspace.person("ian").sees("@missing")])


def test_each_card_that_holds_a_name_is_drawn_anew_and_drafts_are_forgotten(evening: Evening) -> None:
    in_full_content(evening)
    assert "Wren Hale" in shown(evening)

    restarted_in_reference_only(evening)
    switching = switch(evening, full=False)
    switching.look()
    assert switching.left == 1
    [matter] = switching.found().values()
    assert matter is not None and matter.says.startswith("1 case cards in Slack may still show names")
    assert evening.stores.drafts.find(PLACE, 1) is None

    evening.drain(CASES)
    switching.look()
    assert switching.left == 0 and switching.found() == {}
    assert "Wren Hale" not in shown(evening) and "MC-26-0001" in shown(evening)


def test_the_pack_of_a_hand_over_is_drawn_anew_where_it_is_shown(evening: Evening) -> None:
    in_full_content(evening)
    due = evening.clock.at + minutes(30)
    evening.do(3, "sam", SetEnquiry(id="e1", text="Ask at Mill Lane", owner="ian", due_at=due))
    evening.duty_desk.handle(OfferHandover(role="fim", to="ian"), evening.actor("fay"), "test")
    evening.drain("person:ian", turns=2)
    assert "Mill Lane" in packs(evening)

    restarted_in_reference_only(evening)
    switch(evening, full=False).look()
    evening.drain("person:ian", turns=2)
    assert "Mill Lane" not in packs(evening) and "Hand-over" in packs(evening)
    assert evening.stores.outbox.card(handover_key(Destination("role:fim"), 1)) is None  # it was never posted


def test_a_start_that_is_killed_goes_on_with_what_is_left(evening: Evening) -> None:
    in_full_content(evening)
    restarted_in_reference_only(evening)
    switch(evening, full=False).look()
    evening.drain(CASES)
    again = switch(evening, full=False)
    again.look()
    assert again.left == 0


def test_a_bot_that_is_started_meanwhile_says_what_is_left_and_nothing_is_called_over(
    evening: Evening,
) -> None:
    """Another one, too: it has asked for none of them itself."""
    in_full_content(evening)
    restarted_in_reference_only(evening)
    first = switch(evening, full=False)
    first.look()
    again = switch(evening, full=False)
    for bot in (again, first):
        bot.look()
        assert bot.left == 1 and bot.found()
    evening.drain(CASES)
    for bot in (again, first):
        bot.look()
        assert (bot.left, bot.found()) == (0, {})


def test_a_card_that_a_step_has_drawn_anew_meanwhile_is_left_until_it_was(evening: Evening) -> None:
    in_full_content(evening)
    restarted_in_reference_only(evening)
    switching = switch(evening, full=False)
    switching.look()
    evening.do(2, "ola", Take())
    switching.look()
    assert switching.left == 1 and "Wren Hale" in shown(evening)
    evening.drain(CASES, turns=3)
    switching.look()
    assert switching.left == 0 and "Wren Hale" not in shown(evening)


@pytest.mark.redis
def test_a_card_of_a_case_that_cannot_be_read_is_named_after_a_restart_too(redis_stores: RedisStores) -> None:
    with running_workspace(MANIFEST, SEED) as workspace:
        evening = Evening(workspace, redis_stores)
        in_full_content(evening)
        damage = Damage(redis_stores, "MC-26-0001")
        damage.strike()
        restarted_in_reference_only(evening)
        for _ in range(2):
            switching = switch(evening, full=False)
            switching.look()
            switching.look()
            [matter] = switching.found().values()
            assert matter is not None and matter.says.endswith("and stay as they are: MC-26-0001.")
        damage.mend()
        again = switch(evening, full=False)
        again.look()
        assert (again.left, again.unreadable) == (1, ())


def test_without_a_switch_no_card_is_touched(evening: Evening) -> None:
    in_full_content(evening)
    before = evening.stores.outbox.turn()
    switch(evening, full=True).look()
    assert evening.stores.outbox.turn() == before


def test_where_nobody_noted_how_it_ran_the_cards_with_a_name_are_drawn_anew(evening: Evening) -> None:
    """As after an upgrade."""
    evening.report(1)
    evening.drain(CASES)
    restarted_in_reference_only(evening)
    switching = switch(evening, full=False)
    switching.look()
    assert switching.left == 1


@pytest.mark.parametrize("full", [True, False])
def test_a_first_start_has_nothing_to_do(evening: Evening, full: bool) -> None:
    switching = switch(evening, full=full)
    switching.look()
    assert (switching.left, switching.found()) == (0, {})
