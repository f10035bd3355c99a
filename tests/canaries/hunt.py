"""Where a canary would be found: everything that we send, keep or write down, as bytes.

What a person typed comes to us from Slack in the envelope; nothing of it may be in what goes out again.
"""

import io
import json
import logging
import string
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from random import choices
from typing import Any

import structlog
from redis import Redis

from bot.ports.stores import Stores
from sandbox.client import Workspace
from tests.outside import Pager

Where = Callable[[], Iterator[tuple[str, bytes]]]
"""What lies there, each with the name of its place."""


class Hunt:
    """`stem` is in every canary of this hunt and in nothing else."""

    def __init__(self) -> None:
        self.stem = "zq" + "".join(choices(string.ascii_lowercase, k=10))
        self.name = f"{self.stem.title()} Pike"
        self.number = f"{self.stem.title()}-13"
        self.places: list[Where] = []

    def found(self) -> dict[str, str]:
        """Each place, with what stands around the first canary there."""
        wanted, seen = list(self._shapes()), dict[str, str]()
        for where in self.places:
            for place, what in where():
                if place not in seen and (around := _around(what, wanted)):
                    seen[place] = around
        return seen

    def _shapes(self) -> Iterator[bytes]:
        """As it is typed, and as base64 would have it wherever in a word it begins."""
        for spelt in (self.stem, self.stem.title()):
            raw = spelt.encode()
            yield raw.lower()
            for shift in range(3):
                yield b64encode(b"\0" * shift + raw)[4 : -4 or None].lower()


def _around(what: bytes, wanted: list[bytes]) -> str:
    low = what.lower()
    at = next((low.find(each) for each in wanted if each in low), None)
    return "" if at is None else what[max(0, at - 200) : at + 80].decode(errors="replace")


# --- Slack ------------------------------------------------------------------------------------------------------


def in_slack(workspace: Workspace, ours: Callable[[Mapping[str, Any]], bool] = lambda _: False) -> Where:
    """`ours`: calls that the test itself made."""

    def where() -> Iterator[tuple[str, bytes]]:
        for call in workspace.calls():
            if not ours(call):
                yield f"argument of {call['method']}", _raw(call["args"])
        for sent in workspace.deliveries():
            yield f"acknowledgement of {sent['type']}", _raw(sent["response"])
        for post in workspace.posts():  # by a response_url, too
            yield f"post in {post.channel}", _raw(post.raw)

    return where


def _raw(what: Any) -> bytes:
    return json.dumps(what, ensure_ascii=False, default=str).encode()


# --- the record -------------------------------------------------------------------------------------------------


def in_redis(redis: "Redis") -> Where:
    """Keys, values, jobs, and the server's files as they lie on the disk."""

    def where() -> Iterator[tuple[str, bytes]]:
        for key in redis.scan_iter(count=1000):
            yield "name of a key", key
            for value in _values(redis, key):
                yield f"value at {_kind(key)}", value
                with suppress(zlib.error):  # as RQ keeps its jobs
                    yield f"value at {_kind(key)}", zlib.decompress(value)
        folder = Path(_config(redis, "dir"))
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                yield f"file {file.suffix or file.name}", file.read_bytes()

    return where


def _config(redis: "Redis", name: str) -> str:
    found: Any = redis.config_get(name)
    return str({_text(key): _text(value) for key, value in found.items()}[name])


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _kind(key: bytes) -> str:
    return ":".join(key.decode(errors="replace").split(":")[1:2])


def _values(redis: Any, key: bytes) -> Iterator[bytes]:
    match redis.type(key):
        case b"string":
            yield redis.get(key) or b""
        case b"hash":
            for field, value in redis.hgetall(key).items():
                yield field
                yield value
        case b"list":
            yield from redis.lrange(key, 0, -1)
        case b"set":
            yield from redis.smembers(key)
        case b"zset":
            yield from redis.zrange(key, 0, -1)
        case b"stream":
            for _, fields in redis.xrange(key):
                for field, value in fields.items():
                    yield field
                    yield value


def in_memory(stores: Stores) -> Where:
    """All that the store of a test holds, however deep."""

    def where() -> Iterator[tuple[str, bytes]]:
        seen: set[int] = set()

        def inside(thing: Any) -> Iterator[str]:
            if id(thing) in seen:
                return
            seen.add(id(thing))
            if isinstance(thing, str | bytes):
                yield str(thing)
            elif isinstance(thing, Mapping):
                for key, value in thing.items():
                    yield from inside(key)
                    yield from inside(value)
            elif isinstance(thing, list | tuple | set | frozenset):
                for each in thing:
                    yield from inside(each)
            elif type(thing).__module__.startswith("bot."):
                for name in (
                    (*getattr(thing, "__struct_fields__", ()), *vars(thing))
                    if hasattr(thing, "__dict__")
                    else getattr(thing, "__struct_fields__", ())
                ):
                    yield from inside(getattr(thing, name, None))

        for held in inside(stores):
            yield "memory store", held.encode(errors="replace")

    return where


# --- beside them ------------------------------------------------------------------------------------------------


def on_a_page(port: int) -> Where:
    """`/healthz`, and what Prometheus reads."""

    def where() -> Iterator[tuple[str, bytes]]:
        asking = HTTPConnection("127.0.0.1", port, timeout=60)
        for place, path in (("health page", "/healthz"), ("metrics", "/metrics")):
            asking.request("GET", path)
            yield place, asking.getresponse().read()
            asking.close()

    return where


def in_pages(beeper: Pager) -> Where:
    """What left by other ways than Slack."""
    return lambda: (("fallback channel", words.encode()) for words in beeper.words)


def in_arguments(processes: Iterable[int]) -> Iterator[tuple[str, bytes]]:
    """As `ps` shows them to everybody on the machine."""
    for process in processes:
        yield "ps", Path(f"/proc/{process}/cmdline").read_bytes()


# --- what is written down ---------------------------------------------------------------------------------------


@contextmanager
def in_logs() -> Iterator[Where]:
    """Every line and trace of this process, at the levels that a production sets."""
    written = io.StringIO()
    listens = logging.StreamHandler(written)
    listens.setLevel(logging.WARNING)
    before = structlog.get_config()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(written),
        cache_logger_on_first_use=False,
    )
    logging.getLogger().addHandler(listens)

    def where() -> Iterator[tuple[str, bytes]]:
        yield "log", written.getvalue().encode()

    try:
        yield where
    finally:
        logging.getLogger().removeHandler(listens)
        structlog.configure(**before)
