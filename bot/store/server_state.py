"""What a record server says of itself: whether it keeps what it is given, and whether it takes anything just now.

Servers that somebody else runs often refuse `CONFIG GET`, or answer nothing to it: then those fields are None.
"""

from collections.abc import Mapping
from typing import Any, cast

from msgspec import Struct
from redis import Redis

from bot.ports.errors import RecordTrouble, StoreUnavailable

OLDEST = (6, 2)  # BLMOVE, without which RQ loses jobs


class ServerState(Struct, frozen=True, kw_only=True):
    version: str = "0"
    is_copy: bool = False  # of another server, which alone takes writes
    is_loading: bool = False
    keeps_log: bool | None = None  # an append-only file
    evicts: str | None = None  # its `maxmemory-policy`
    used: int = 0  # bytes
    most: int = 0  # bytes; 0: no limit
    log_fails: bool = False  # its last write to the append-only file failed
    dump_fails: bool = False  # its last periodic dump failed
    flushes: str | None = None  # its `appendfsync`
    flushes_while_rewriting: bool | None = None
    stops_where_a_dump_fails: bool | None = None

    @property
    def is_old(self) -> bool:
        return tuple(int(part) for part in self.version.split(".")[:2] if part.isdigit()) < OLDEST

    @property
    def trouble(self) -> RecordTrouble | None:
        """Why it takes nothing now, as far as it says so of itself."""
        if self.is_loading:
            return RecordTrouble.LOADING
        if self.is_copy:
            return RecordTrouble.READ_ONLY
        if self.log_fails or (self.dump_fails and self.stops_where_a_dump_fails):
            return RecordTrouble.DISK
        return RecordTrouble.MEMORY_FULL if self.most and self.used >= self.most else None


def ask(redis: Redis) -> ServerState:
    """Raises StoreUnavailable."""
    said: dict[str, Any] = redis.info("everything")
    flushing, dumps = _config(redis, "*appendfsync*"), _config(redis, "s*")
    while_rewriting = flushing.get("no-appendfsync-on-rewrite")
    return ServerState(
        version=str(said.get("valkey_version") or said.get("redis_version") or "0"),
        is_copy=said.get("role") == "slave",
        is_loading=bool(said.get("loading")),
        keeps_log=bool(said["aof_enabled"]) if "aof_enabled" in said else None,
        evicts=said.get("maxmemory_policy"),
        used=int(said.get("used_memory", 0)),
        most=int(said.get("maxmemory", 0)),
        log_fails=said.get("aof_last_write_status") == "err",
        dump_fails=said.get("rdb_last_bgsave_status") == "err",
        flushes=flushing.get("appendfsync"),
        flushes_while_rewriting=None if while_rewriting is None else while_rewriting == "no",
        stops_where_a_dump_fails=_stops(dumps),
    )


def _config(redis: Redis, pattern: str) -> Mapping[str, str]:
    """Nothing where the server does not let its settings be read. Raises StoreUnavailable where it is away."""
    try:
        return cast(dict[str, str], redis.config_get(pattern))
    except StoreUnavailable as no:
        if no.trouble in (RecordTrouble.LOCKED_OUT, RecordTrouble.REFUSING):
            return {}
        raise


def _stops(dumps: Mapping[str, str]) -> bool | None:
    """None where it is not known."""
    if "stop-writes-on-bgsave-error" not in dumps:
        return None
    return dumps["stop-writes-on-bgsave-error"] == "yes" and bool(dumps.get("save"))
