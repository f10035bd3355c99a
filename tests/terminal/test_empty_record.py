"""Given no record where a command was sent to look, when it looks, then it says so and begins none: under a mistyped
prefix, or with a key that was just made, an empty record would be "as the bot wrote it"."""

import pytest
from redis import Redis

from tests.terminal.conftest import Terminal, surroundings_of


@pytest.fixture
def nowhere(redis_url: str, prefix: str) -> Terminal:
    return Terminal(surroundings_of(redis_url, f"{prefix}-mistyped"))


@pytest.mark.parametrize("typed", ["verify", "verify --json", "keys", "keys rotate", "damaged", "duty"])
def test_a_technician_looks(nowhere: Terminal, typed: str, redis_url: str, prefix: str) -> None:
    ended = nowhere.run("", typed)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"There is no record: {prefix}-mistyped:root is not on the record server")
    assert "Look whether REDIS_URL and MISSING_PREFIX are the bot's own" in ended.err
    assert lies_under(redis_url, f"{prefix}-mistyped") == []


def test_somebody_at_the_desk(nowhere: Terminal, redis_url: str, prefix: str) -> None:
    assert "Nobody is known here yet" in nowhere.refused("cal", "list")
    assert lies_under(redis_url, f"{prefix}-mistyped") == []


def lies_under(redis_url: str, prefix: str) -> list[str]:
    with Redis.from_url(redis_url, decode_responses=True) as redis:
        return list(redis.scan_iter(match=f"{prefix}:*"))
