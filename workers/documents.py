"""Small named documents beside the record: who is on duty, when the clocks last stood still."""

from typing import cast

from redis import Redis


class RedisDocuments:
    def __init__(self, redis: Redis, prefix: str = "missing") -> None:
        self._redis = redis
        self._key = f"{prefix}:documents"

    def get(self, name: str) -> bytes | None:
        return cast(bytes | None, self._redis.hget(self._key, name))

    def put(self, name: str, document: bytes) -> None:
        self._redis.hset(self._key, name, document)


class MemoryDocuments:
    def __init__(self) -> None:
        self._documents: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        return self._documents.get(name)

    def put(self, name: str, document: bytes) -> None:
        self._documents[name] = document
