"""Corners of a Redis server for replays: empty before, and empty after."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_bytes, token_hex
from tempfile import TemporaryDirectory

import config
from bot.ports import Stores
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores, Secrets
from bot.store.server import serving

_CONF = Path(config.__file__).with_name("redis.conf")


@contextmanager
def corners() -> Iterator[Callable[[], Stores]]:
    """Makes empty stores, on the server of REDIS_URL or on one of its own; no key outlives the block."""
    own = f"replay-{token_hex(8)}"
    secrets = Secrets(chain=token_bytes(32), index=token_bytes(32))
    with (
        TemporaryDirectory() as data,
        serving(os.environ.get("REDIS_URL"), _CONF, Path(data)) as url,
        for_store(url) as redis,
    ):
        try:
            yield lambda: RedisStores(redis, secrets, prefix=f"{own}-{token_hex(4)}")
        finally:
            for key in redis.scan_iter(match=f"{own}-*", count=1000):
                redis.unlink(key)
