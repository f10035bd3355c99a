"""The record: that it is there, keeps what it is given, and was begun with this key."""

from collections.abc import Iterator
from typing import Any

from bot.ports.errors import StoreUnavailable
from bot.store.connection import for_probing
from bot.store.errors import ServerTrouble
from bot.store.redis_stores import RedisStores
from bot.store.server import running_in
from cli.compose.shared import secrets_of
from cli.doctor.finding import Finding, ok, unknown, wrong
from config.settings import Settings

_OLDEST = (6, 2)
_URL = "REDIS_URL"
_KEY = "MISSING_RECORD_KEY"


def look(settings: Settings) -> Iterator[Finding]:
    """A question of a second."""
    try:
        url = settings.redis_url.get_secret_value() if settings.redis_url else running_in(settings.data_dir)
    except ServerTrouble:
        yield ok("Redis", "none is named: `missing-bot run` starts its own", _URL)
        return
    with for_probing(url) as redis:
        try:
            said: dict[str, Any] = redis.info("everything")
        except StoreUnavailable as away:
            mend = f"start it, or mend {_URL}; the bot waits for it"
            yield wrong("Redis", f"does not answer ({away.kind})", mend, _URL)
            yield unknown("record key", "asked once Redis answers", _KEY)
            return
        yield from _server(said)
        yield _key(RedisStores(redis, secrets_of(settings), prefix=settings.prefix))


def _server(said: dict[str, Any]) -> Iterator[Finding]:
    version = str(said.get("valkey_version") or said.get("redis_version") or "0")
    if _numbers(version) < _OLDEST:
        mend = "install Redis or Valkey 6.2 or later"
        yield wrong("Redis version", f"is {version}", mend, _URL, stops=True)
    else:
        yield ok("Redis version", version)
    if said.get("aof_enabled"):
        yield ok("Redis persistence", "every write is kept in its append-only file")
    else:
        mend = "set `appendonly yes` (config/redis.conf)"
        yield wrong("Redis persistence", "what was recorded is lost when its machine stops", mend, _URL)
    if (policy := str(said.get("maxmemory_policy", "noeviction"))) == "noeviction":
        yield ok("Redis eviction", "nothing is thrown away")
    else:
        mend = "set `maxmemory-policy noeviction` (config/redis.conf)"
        yield wrong("Redis eviction", f"throws records away when its memory is full ({policy})", mend, _URL)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def _key(stores: RedisStores) -> Finding:
    match stores.key_check.is_right():
        case True:
            return ok("record key", "is the one that the record was begun with")
        case None:
            return ok("record key", "the record is empty: it is begun with this key")
        case _:
            mend = "put the old key back, or begin an empty record under another MISSING_PREFIX"
            says = "is not the one that the record was begun with"
            return wrong("record key", says, mend, _KEY, stops=True)
