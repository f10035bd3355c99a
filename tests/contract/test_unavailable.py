"""A server that is away, or refuses, is one error: whatever is asked of it, and however."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress

import pytest
from redis import Redis

from bot.deadline import Deadline, within
from bot.ports.errors import StoreUnavailable
from bot.store.connection import for_probing, for_store, load_script
from tests.waiting import in_time

pytestmark = pytest.mark.redis

Ask = Callable[[Redis], object]


def in_a_pipeline(redis: Redis) -> object:
    asked = redis.pipeline(transaction=False)
    asked.get("a")
    return asked.execute()


def in_a_transaction(redis: Redis) -> object:
    return redis.transaction(lambda asked: asked.set("a", "b"), "a")


WAYS: dict[str, Ask] = {
    "a command": lambda redis: redis.get("a"),
    "a script": lambda redis: load_script(redis, "append")([], []),
    "redis-py's script": lambda redis: redis.register_script("return 1")(),
    "a pipeline": in_a_pipeline,
    "a transaction": in_a_transaction,
    "a scan": lambda redis: list(redis.scan_iter()),
}


@pytest.mark.parametrize("ask", WAYS.values(), ids=WAYS)
def test_nobody_at_that_address(ask: Ask) -> None:
    with for_probing("redis://127.0.0.1:1") as redis, pytest.raises(StoreUnavailable) as away:
        ask(redis)
    assert away.value.kind == "ConnectionError"


@pytest.fixture
def lets_nobody_in() -> Iterator[str]:
    """An address where a connection begins and never stands, as behind a line that was cut."""
    with ExitStack() as ends:
        server = ends.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            caller = ends.enter_context(socket.socket())
            caller.setblocking(False)
            with suppress(BlockingIOError):
                caller.connect(server.getsockname())
        yield f"redis://127.0.0.1:{server.getsockname()[1]}"


def test_nobody_waits_longer_for_a_connection_than_for_an_answer(lets_nobody_in: str) -> None:
    def nobody_answers() -> None:
        with for_store(lets_nobody_in) as redis, within(Deadline(0.5)):
            for ask in WAYS.values():
                with pytest.raises(StoreUnavailable):
                    ask(redis)

    in_time(1.5, nobody_answers)  # the first attempt alone takes two seconds by itself


def test_a_server_that_refuses(redis_url: str, prefix: str) -> None:
    with for_store(redis_url) as redis, pytest.raises(StoreUnavailable) as refused:
        redis.set(f"{prefix}:word", "x")
        redis.incr(f"{prefix}:word")
    assert refused.value.kind == "ResponseError"


def test_a_server_that_started_anew_is_taught_its_scripts_again(redis_url: str) -> None:
    with for_store(redis_url) as redis:
        redis.script_flush()
        assert redis.register_script("return 7")() == 7
