"""redis-py's client, raising this house's own error. Every store goes through it, scripts and pipelines too."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from redis import Redis
from redis.client import Pipeline
from redis.exceptions import NoScriptError, RedisError, WatchError

from bot.ports.errors import StoreUnavailable

_ANSWERS = (NoScriptError, WatchError)  # no trouble: whoever asked knows what to do next


@contextmanager
def _own_error() -> Iterator[None]:
    try:
        yield
    except _ANSWERS:
        raise
    except RedisError as away:
        raise StoreUnavailable(type(away).__name__) from away


class StorePipeline(Pipeline):
    def immediate_execute_command(self, *args: Any, **options: Any) -> Any:
        with _own_error():
            return super().immediate_execute_command(*args, **options)  # type: ignore[no-untyped-call]

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        with _own_error():
            return super().execute(raise_on_error)


class StoreClient(Redis):
    """Raises StoreUnavailable wherever the server refuses, is away or too late."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        with _own_error():
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> StorePipeline:
        return StorePipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)
