"""One specification, every store: memory, the server that comes along, and the machine's own where it has one."""

from collections.abc import Iterator

import pytest

from bot.ports.stores import Stores
from bot.store.connection import for_store
from bot.store.memory import MemoryStores
from bot.store.redis_stores import RedisStores
from bot.store.server import Server
from bot.store.server_program import bundled_program, find_program
from tests.conftest import REDIS_CONF, SECRETS

KEPT = 20  # requests remembered: few, so that a test can fill it


@pytest.fixture(scope="session")
def bundled_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Server(bundled_program(), REDIS_CONF, tmp_path_factory.mktemp("bundled"))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture(
    params=[
        "memory",
        pytest.param("bundled_url", marks=pytest.mark.redis),
        pytest.param(
            "redis_url",
            marks=[
                pytest.mark.redis,
                pytest.mark.skipif(find_program() == bundled_program(), reason="no server on the PATH"),
            ],
        ),
    ]
)
def stores(request: pytest.FixtureRequest, prefix: str) -> Iterator[Stores]:
    if request.param == "memory":
        yield MemoryStores(requests_kept=KEPT)
        return
    with for_store(request.getfixturevalue(request.param)) as redis:
        yield RedisStores(redis, SECRETS, prefix=prefix, requests_kept=KEPT)
