"""What was typed into a form that was lost (screens.md, principle 8: save early)."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.commands import Command, Note, Take
from bot.domain.events import Noted
from bot.ports.drafts import DraftPlace, Saved, SavedDraft
from bot.ports.errors import AlreadySaved
from bot.ports.stores import Stores
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from tests.contract.steps import START, note, report
from tests.world import World

PLACE = DraftPlace("U-CAL", "report")


def typed(name: str, view: str = "V1", heard: float = 100.0) -> SavedDraft:
    words = {"name": {"value": {"value": name}}}
    return SavedDraft(view=view, since=START, heard=heard, metadata="{}", values=words)


def test_the_newest_is_found_again_by_who_typed_it_and_where(stores: Stores) -> None:
    stores.drafts.keep(PLACE, typed("Rowan"), 100, 200)
    stores.drafts.keep(PLACE, typed("Rowan Pike"), 101, 201)
    assert stores.drafts.find(PLACE, 150) == typed("Rowan Pike")
    for other in (DraftPlace("U-CAT", "report"), DraftPlace("U-CAL", "report", "MC-26-0001")):
        assert stores.drafts.find(other, 150) is None


def test_an_older_word_that_comes_late_takes_nothing_away(stores: Stores) -> None:
    stores.drafts.keep(PLACE, typed("Rowan Pike", heard=1763869200.000_002), 100, 200)
    stores.drafts.keep(PLACE, typed("Rowan Pik", heard=1763869200.000_001), 101, 201)
    assert stores.drafts.find(PLACE, 150) == typed("Rowan Pike", heard=1763869200.000_002)


def test_it_runs_out(stores: Stores) -> None:
    stores.drafts.keep(PLACE, typed("Rowan"), 100, 200)
    assert stores.drafts.find(PLACE, 199) is not None
    assert stores.drafts.find(PLACE, 200) is None


def test_what_was_saved_is_no_draft_and_comes_back_by_no_late_word(stores: Stores) -> None:
    stores.drafts.keep(PLACE, typed("Rowan"), 100, 200)
    stores.drafts.drop(PLACE, "V1", 101, 200)
    stores.drafts.keep(PLACE, typed("Rowan P"), 102, 200)
    assert stores.drafts.find(PLACE, 103) is None
    stores.drafts.keep(PLACE, typed("Sol Vane", view="V2"), 104, 200)
    assert stores.drafts.find(PLACE, 105) == typed("Sol Vane", view="V2")


def test_a_form_is_over_once_it_is_saved_and_no_other_one_is(stores: Stores) -> None:
    stores.drafts.keep(PLACE, typed("Rowan"), 100, 200)
    assert not stores.drafts.is_over(PLACE, "V1")
    stores.cases.append(replace(report("MC-26-0001"), saved=saved("Rowan")))
    assert stores.drafts.is_over(PLACE, "V1")
    assert not stores.drafts.is_over(PLACE, "V2")
    assert not stores.drafts.is_over(DraftPlace("U-CAL", "risk", "MC-26-0001"), "V1")


def test_a_late_word_of_a_form_that_was_saved_is_no_draft_after_a_newer_one_either(stores: Stores) -> None:
    for view in ("V1", "V2"):
        stores.drafts.drop(PLACE, view, 101, 200)
    stores.drafts.keep(PLACE, typed("Rowan P"), 102, 200)
    assert stores.drafts.find(PLACE, 103) is None


def test_the_second_page_of_a_form_that_was_saved_is_a_draft_of_its_own(stores: Stores) -> None:
    """Slack draws it in the same view."""
    stores.drafts.drop(PLACE, "V1", 101, 200)
    second = DraftPlace("U-CAL", "risk", "MC-26-0001")
    stores.drafts.keep(second, typed("Rowan"), 102, 200)
    assert stores.drafts.find(second, 103) == typed("Rowan")


@pytest.mark.redis
def test_no_key_says_whose_it_is_and_the_server_forgets_it(
    redis_stores: RedisStores, redis_url: str, prefix: str
) -> None:
    redis_stores.drafts.keep(DraftPlace("U-CAL", "note", "MC-26-0001"), typed("Rowan"), 100, 200)
    redis: Any = for_store(redis_url)
    [key] = redis.scan_iter(f"{prefix}:draft:*")
    assert b"U-CAL" not in key and b"MC-26" not in key
    assert 0 < redis.ttl(key) <= 100


def test_the_same_view_with_the_same_contents_is_saved_once(stores: Stores) -> None:
    opened = report("MC-26-0001")
    stores.cases.append(opened)
    first = replace(note(opened.case, "Rang his aunt"), saved=saved("Rang his aunt"))
    assert not stores.cases.was_saved(first.saved)
    stores.cases.append(first)
    assert stores.cases.was_saved(first.saved)
    stores.drafts.drop(PLACE, "V1", 101, 200, said=first.saved.said)
    again = replace(note(first.case, "Rang his aunt"), saved=first.saved)
    with pytest.raises(AlreadySaved):
        stores.cases.append(again)
    assert len(stores.cases.entries("MC-26-0001")) == 2
    changed = replace(note(first.case, "And his school"), saved=saved("And his school"))
    stores.cases.append(changed)
    assert len(stores.cases.entries("MC-26-0001")) == 3


def test_a_late_copy_of_a_form_is_done_whatever_was_saved_after_it(stores: Stores) -> None:
    """A bot that stood still takes it up again behind another form of the same step."""
    world = World(stores=stores)
    ref = world.report(1)
    forms = [saved("Rang his aunt"), saved("Rang his school"), saved("Rang his aunt", view="V2")]
    for form in [*forms, *forms]:
        world.desk.handle(ref, Note(text=form.said), world.actor("ola"), "test", saved=form)
    noted = [entry.event.text for entry in stores.cases.entries(ref) if isinstance(entry.event, Noted)]
    assert noted == [form.said for form in forms]


@pytest.mark.parametrize("step", [Note(text="Rang his aunt"), Take()], ids=["note", "take"])
def test_a_form_that_is_sent_again_is_done_and_adds_nothing(stores: Stores, step: Command) -> None:
    """Also where the door would refuse it a second time."""
    world, form = World(stores=stores), saved("Rang his aunt")
    ref = world.report(1)
    sent = [world.desk.handle(ref, step, world.actor("ola"), "test", saved=form) for _ in range(2)]
    assert [bool(each.entries) for each in sent] == [True, False]
    assert sent[0].case == sent[1].case == stores.cases.load(ref)


def saved(said: str, view: str = "V1") -> Saved:
    return Saved(place=PLACE, view=view, machine_now=100, until=200, said=said)


def test_all_are_forgotten_whoever_typed_them(stores: Stores) -> None:
    places = [DraftPlace("U-CAL", "report"), DraftPlace("U-CAT", "note", "MC-26-0001")]
    for place in places:
        stores.drafts.keep(place, typed("Rowan"), 100, 200)
    stores.drafts.forget_all()
    assert [stores.drafts.find(place, 150) for place in places] == [None, None]
    stores.drafts.keep(PLACE, typed("Sol Vane"), 160, 260)
    assert stores.drafts.find(PLACE, 170) == typed("Sol Vane")
