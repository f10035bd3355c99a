"""Lua: what must happen at once. The server's clock is never asked; times come with the call."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Protocol

from redis import Redis


class Script(Protocol):
    def __call__(self, keys: Sequence[str], args: Sequence[str | bytes | float]) -> Any: ...


def load_script(redis: Redis, name: str) -> Script:
    """Runs by its hash, and teaches the server again after a restart."""
    script: Script = redis.register_script((files("bot.store") / "lua" / f"{name}.lua").read_text())
    return script
