"""In reference-only mode what somebody types is nowhere in what the bot sends, keeps or writes down."""

from collections.abc import Iterator

import pytest

from bot.ports.stores import Stores
from bot.store.connection import for_store
from bot.store.memory import MemoryStores
from bot.store.redis_stores import RedisStores
from tests.canaries.hunt import Hunt, in_memory, in_redis, in_slack
from tests.canaries.walk import Walk, text_inputs, typed_into
from tests.conftest import SECRETS
from tests.handlers.evening import Evening, an_evening, id_of


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def evening(request: pytest.FixtureRequest, prefix: str, hunt: Hunt) -> Iterator[Evening]:
    if request.param == "memory":
        stores: Stores = MemoryStores()
        hunt.places.append(in_memory(stores))
        with an_evening(full=False, stores=stores) as evening:
            hunt.places.append(in_slack(evening.workspace))
            yield evening
        return
    url = request.getfixturevalue("redis_url")
    with (
        for_store(url) as redis,
        an_evening(full=False, stores=RedisStores(redis, SECRETS, prefix=prefix)) as evening,
    ):
        hunt.places += [in_redis(redis), in_slack(evening.workspace)]
        yield evening


def test_no_canary_is_found_anywhere(evening: Evening, hunt: Hunt) -> None:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")
    walk = Walk(evening.workspace, hunt)
    walk.everything()
    evening.settle()
    typed = typed_into(evening.workspace, hunt)
    assert text_inputs(full=False) - typed == set()
    assert {form for form, _ in text_inputs(full=True) - typed} == set()
    assert hunt.found() == {}
