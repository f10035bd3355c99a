"""What any test may ask for: a server of its own on 127.0.0.1, and a corner of it that nobody else uses."""

import gc
import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import structlog

import config
from bot.store.connection import for_store
from bot.store.master_keys import MasterKeys
from bot.store.redis_stores import RedisStores
from bot.store.server import serving
from tests.outside import Letterbox, Pager, letterbox, pager

REDIS_CONF = Path(config.__file__).parent / "redis.conf"
SECRETS = MasterKeys(bytes.fromhex("ab" * 32))

# Whatever this machine prefers: real processes start by the hundred, and each would compile everything anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# One of each kind, unless a test is about several: each that is started costs two seconds of this machine.
os.environ["MISSING_WORKERS"] = "1"

_corners = count()


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: who is timed waits for no look through them."""
    gc.freeze()


@pytest.fixture(autouse=True)
def logged_as_before() -> Iterator[None]:
    """A command at the terminal sends the log elsewhere for as long as its process lives; here others come after it."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


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
