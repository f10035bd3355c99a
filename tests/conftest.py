"""What any test may ask for: a server of its own on 127.0.0.1, and a corner of it that nobody else uses."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

import config
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores, Secrets
from bot.store.server import serving
from tests.outside import Letterbox, Pager, letterbox, pager

REDIS_CONF = Path(config.__file__).parent / "redis.conf"
SECRETS = Secrets(chain=b"chain key of the tests", index=b"index key of the tests")

_corners = count()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(None, REDIS_CONF, tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture
def prefix() -> str:
    """Sets the keys of one test apart from those of every other."""
    return f"test-{next(_corners)}"


@pytest.fixture
def redis_stores(redis_url: str, prefix: str) -> Iterator[RedisStores]:
    with for_store(redis_url) as redis:
        yield RedisStores(redis, SECRETS, prefix=prefix)


@pytest.fixture
def mail() -> Iterator[Letterbox]:
    with letterbox() as box:
        yield box


@pytest.fixture
def beeper() -> Iterator[Pager]:
    with pager() as ours:
        yield ours
