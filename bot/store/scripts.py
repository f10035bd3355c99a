"""Lua: what must happen at once. The server's clock is never asked; times come with the call."""

from collections.abc import Callable, Sequence
from hashlib import sha1
from importlib.resources import files
from typing import Any

from redis import Redis
from redis.client import Pipeline
from redis.exceptions import NoScriptError

__all__ = ["Pipeline", "Script", "in_one_go", "load_script"]

Args = Sequence[str | bytes | float]


class Script:
    """Runs by its hash, and teaches the server again after a restart."""

    def __init__(self, redis: Redis, text: str) -> None:
        self._redis = redis
        self._text = text
        self._hash = sha1(text.encode(), usedforsecurity=False).hexdigest()

    def __call__(self, keys: Sequence[str], args: Args) -> Any:
        try:
            return self._redis.evalsha(self._hash, len(keys), *keys, *args)
        except NoScriptError:
            self.teach()
            return self._redis.evalsha(self._hash, len(keys), *keys, *args)

    def teach(self) -> None:
        self._redis.script_load(self._text)

    def queue(self, asked: Pipeline, keys: Sequence[str], args: Args) -> None:
        asked.evalsha(self._hash, len(keys), *keys, *args)


def load_script(redis: Redis, name: str) -> Script:
    return Script(redis, (files("bot.store") / "lua" / f"{name}.lua").read_text())


def in_one_go(redis: Redis, queued: Callable[[Pipeline], None], script: Script) -> list[Any]:
    """Several questions in one round trip; more where the server does not know the script yet."""
    asked = redis.pipeline(transaction=False)
    queued(asked)
    try:
        return asked.execute()
    except NoScriptError:
        script.teach()
        again = redis.pipeline(transaction=False)
        queued(again)
        return again.execute()
