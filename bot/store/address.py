"""Where the record's server is: by its address, or by Sentinels, which know which of several takes writes just now."""

from typing import Any

from msgspec import Struct
from redis.connection import SSLConnection, parse_url
from redis.sentinel import (
    Sentinel,
    SentinelConnectionPool,
    SentinelManagedConnection,
    SentinelManagedSSLConnection,
)

_ASKED = 0.5  # seconds in which a Sentinel answers, or the next one is asked


class ServerAddress(Struct, frozen=True, kw_only=True):
    """`url`: redis://, rediss:// or unix://. With Sentinels its host is the name that they have for the server."""

    url: str
    sentinels: tuple[tuple[str, int], ...] = ()  # host and port of each
    sentinel_password: str = ""
    replicas: int = 0  # that must hold a step before it counts as saved

    def __repr__(self) -> str:
        """Without a password."""
        return f"<record server, {f'by {len(self.sentinels)} Sentinels' if self.sentinels else 'by its address'}>"


def address(given: "str | ServerAddress") -> ServerAddress:
    return ServerAddress(url=given) if isinstance(given, str) else given


def pool_of(server: ServerAddress, **connecting: Any) -> SentinelConnectionPool:
    """Of connections to whichever server takes writes when each is made. `connecting`: as redis-py takes it."""
    named: dict[str, Any] = parse_url(server.url)  # type: ignore[no-untyped-call]
    is_tls = named.pop("connection_class", None) is SSLConnection
    name, _ = named.pop("host", ""), named.pop("port", None)
    tls = {key: value for key, value in named.items() if key.startswith("ssl_")}
    password = {"password": server.sentinel_password} if server.sentinel_password else {}
    asking = {"socket_timeout": _ASKED, "socket_connect_timeout": _ASKED, **password}
    asked = Sentinel(server.sentinels, sentinel_kwargs=asking | ({"ssl": True, **tls} if is_tls else {}))  # type: ignore[no-untyped-call]
    kind = SentinelManagedSSLConnection if is_tls else SentinelManagedConnection
    return SentinelConnectionPool(name, asked, connection_class=kind, **named, **connecting)  # type: ignore[no-untyped-call]
