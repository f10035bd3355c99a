"""What was typed into a form that was lost (screens.md, principle 8: save early)."""

from typing import Any

import pytest

from bot.ports.drafts import DraftPlace, SavedDraft
from bot.ports.stores import Stores
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from tests.contract.steps import START

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


@pytest.mark.redis
def test_no_key_says_whose_it_is_and_the_server_forgets_it(
    redis_stores: RedisStores, redis_url: str, prefix: str
) -> None:
    redis_stores.drafts.keep(DraftPlace("U-CAL", "note", "MC-26-0001"), typed("Rowan"), 100, 200)
    redis: Any = for_store(redis_url)
    [key] = redis.scan_iter(f"{prefix}:draft:*")
    assert b"U-CAL" not in key and b"MC-26" not in key
    assert 0 < redis.ttl(key) <= 100
