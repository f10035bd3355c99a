"""The one place where a connection to a server is made, each with its deadlines.

`Redis.from_url` retries nothing by itself: with its defaults a server that was away for two seconds left timers
standing for over 700 s. And it waits for an answer for ever: a line that swallows everything (a firewall that forgot
it, a machine that lost its power) was never left. So all kinds say for how long they wait for a connection, for a
reply, and for the server altogether. A retried write may run twice; every write of this store knows its own (`lua/`).
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha1
from importlib.resources import files
from typing import Any, TypeVar, cast

from redis import ConnectionPool, Redis
from redis.backoff import AbstractBackoff, ExponentialBackoff, NoBackoff
from redis.client import Pipeline
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    ConnectionError,
    NoScriptError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TimeoutError,
    WatchError,
)
from redis.retry import Retry

from bot.deadline import current
from bot.ports.errors import RecordTrouble, StoreUnavailable
from bot.store.address import ServerAddress, address, pool_of
from bot.store.server_refusals import trouble_of

# Lua: what must happen at once. The server's clock is never asked; times come with the call.

__all__ = ["CopiedScript", "Pipeline", "Script", "in_one_go", "load_script"]

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


# redis-py's client, raising this house's own error. Every store goes through it, scripts and pipelines too.

_ANSWERS = (NoScriptError, WatchError)  # no trouble: whoever asked knows what to do next


class _Tries(threading.local):
    """Of what this thread asks now: whether it went out whole, in any of its tries, and no answer came."""

    unheard = False


@contextmanager
def _own_error(tries: _Tries, pool: ConnectionPool) -> Iterator[None]:
    tries.unheard = False
    try:
        yield
    except _ANSWERS:
        raise
    except RedisError as away:
        trouble = trouble_of(away)
        if (
            trouble is RecordTrouble.READ_ONLY
        ):  # it was the right one before; who is, is known where one connects
            pool.disconnect(inuse_connections=False)
        raise StoreUnavailable(type(away).__name__, trouble, perhaps=tries.unheard) from away


@contextmanager
def _hearing(tries: _Tries) -> Iterator[None]:
    """What was refused was heard; all else may have come to pass."""
    try:
        yield
    except (ResponseError, BusyLoadingError, AuthenticationError):
        raise
    except RedisError:
        tries.unheard = True
        raise


class StorePipeline(Pipeline):
    """Of several commands together it is not looked at how far they went out."""

    _tries = _Tries()

    def immediate_execute_command(self, *args: Any, **options: Any) -> Any:
        with _own_error(self._tries, self.connection_pool), _hearing(self._tries):
            return super().immediate_execute_command(*args, **options)  # type: ignore[no-untyped-call]

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        with _own_error(self._tries, self.connection_pool), _hearing(self._tries):
            return super().execute(raise_on_error)


class StoreClient(Redis):
    """Raises StoreUnavailable wherever the server refuses, is away or too late."""

    replicas = 0  # that must hold a step before it counts as saved
    _tries = _Tries()

    def execute_command(self, *args: Any, **options: Any) -> Any:
        with _own_error(self._tries, self.connection_pool):
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]

    def _send_command_parse_response(self, conn: Any, command_name: str, *args: Any, **options: Any) -> Any:
        """One try, as redis-py calls it. What did not go out whole is not carried out; nor is what is refused."""
        conn.send_command(*args, **options)
        with _hearing(self._tries):
            return self.parse_response(conn, command_name, **options)  # type: ignore[no-untyped-call]

    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> StorePipeline:
        return StorePipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)


class CopiedScript:
    """A script whose writes must outlive the server: they wait until as many copies of it hold them as the force asks
    for."""

    def __init__(self, redis: Redis, name: str, *, saves: bool = True) -> None:
        """`saves`: whether anybody would miss what it wrote."""
        self._redis = redis
        self._script = load_script(redis, name)
        self._saves = saves
        self.replicas = redis.replicas if isinstance(redis, StoreClient) else 0

    def __call__(self, keys: Sequence[str], args: Args) -> Any:
        """Raises StoreUnavailable where the copies do not follow in time: written it is then, and may yet be lost."""
        answer, is_copied = self._asked(keys, args)
        if not is_copied:
            raise StoreUnavailable("WAIT", RecordTrouble.NOT_COPIED, perhaps=self._saves)
        return answer

    def each(self, asked: Sequence[tuple[Sequence[str], Args]]) -> list[Any]:
        """Several calls in one round trip, each by itself. Raises as one call does; some may be written then."""

        def queued(asking: Pipeline) -> None:
            for keys, args in asked:
                self._script.queue(asking, keys, args)
            if self.replicas:
                asking.wait(self.replicas, _HELD_WITHIN)

        answers = in_one_go(self._redis, queued, self._script)
        if self.replicas and answers.pop() < self.replicas:
            raise StoreUnavailable("WAIT", RecordTrouble.NOT_COPIED, perhaps=self._saves)
        return answers

    def at_least_here(self, keys: Sequence[str], args: Args) -> Any:
        """The same for what is better done and perhaps lost than not done."""
        return self._asked(keys, args)[0]

    def _asked(self, keys: Sequence[str], args: Args) -> tuple[Any, bool]:
        if not self.replicas:
            return self._script(keys, args), True

        def queued(asked: Pipeline) -> None:
            self._script.queue(asked, keys, args)
            asked.wait(self.replicas, _HELD_WITHIN)

        answer, held = in_one_go(self._redis, queued, self._script)
        return answer, held >= self.replicas


_HELD_WITHIN = 500  # milliseconds: less than anybody waits for a reply

T = TypeVar("T")
Client = TypeVar("Client", bound=Redis)

# Refused, dropped, slow, reading its file after a start, or about to hand over to another server.
_WORTH_RETRYING: list[type[Exception]] = [ConnectionError, TimeoutError, BusyLoadingError, ReadOnlyError]
_CONNECTS = 2.0  # seconds
_PAUSE = 0.2  # seconds between two tries, while a person waits
_TO_SAY_SO = (
    0.3  # seconds before whoever waits has gone: they shall read what the server said, not that it was late
)
BLOCKS = 1  # seconds for which RQ lets the server wait for a job
BLOCKED_READ = 3  # seconds until RQ leaves a line that says nothing: longer than the server waits by itself


class Within(Retry):
    """Tries again for so many seconds altogether, however each try ends."""

    def __init__(self, seconds: float, backoff: AbstractBackoff) -> None:
        super().__init__(backoff, retries=-1)
        self._seconds = seconds

    def call_with_retry(
        self,
        do: Callable[[], T],
        fail: Callable[..., Any],
        is_retryable: Callable[[Exception], bool] | None = None,
        with_failure_count: bool = False,
    ) -> T:
        over = time.monotonic() + self._seconds

        def is_in_time(error: Exception) -> bool:
            deadline = current()
            if deadline and deadline.left() < _TO_SAY_SO:
                return False
            return time.monotonic() < over and (is_retryable is None or is_retryable(error))

        return super().call_with_retry(do, fail, is_in_time, with_failure_count)


def for_store(server: str | ServerAddress) -> StoreClient:
    """For cases and outbox: gives up after some 3 s: a person waits, and Slack wants its answer by then."""
    return _connect(StoreClient, server, Within(3.0, ExponentialBackoff(cap=_PAUSE, base=0.02)), reads=2.0)


def for_watching(server: str | ServerAddress) -> StoreClient:
    """For who must speak when the server does not: gives up at the second refusal, or within some 2 s."""
    return _connect(StoreClient, server, Retry(ExponentialBackoff(cap=0.1, base=0.02), 1), reads=1.0)


def for_queue(server: str | ServerAddress) -> Redis:
    """For RQ's worker, which blocks on a pop: outlasts a server that is away for a minute. RQ knows its errors."""
    return _connect(Redis, server, Within(60.0, ExponentialBackoff(cap=2.0, base=0.05)), reads=BLOCKED_READ)


def for_probing(server: str | ServerAddress) -> StoreClient:
    """For who asks once whether a server is there: gives up at the first refusal, or after a second."""
    return _connect(StoreClient, server, Retry(NoBackoff(), 0), reads=1.0)


def _connect(kind: type[Client], given: str | ServerAddress, retry: Retry, reads: float) -> Client:
    """`reads`: seconds for one reply."""
    server = address(given)
    connecting: dict[str, Any] = {
        "protocol": 2,  # the same replies from every server since 6.2
        "retry": retry,
        "retry_on_error": _WORTH_RETRYING,
        "socket_timeout": reads,
        "socket_connect_timeout": _CONNECTS,
        "health_check_interval": 15,
        **({} if server.url.startswith("unix:") else {"socket_keepalive": True}),
    }
    redis: Client = (
        kind(connection_pool=pool_of(server, **connecting))
        if server.sentinels
        else cast(Client, kind.from_url(server.url, **connecting))
    )
    if isinstance(redis, StoreClient):
        redis.replicas = server.replicas
    pool = redis.connection_pool
    pool.connection_class = timely(pool.connection_class)
    return redis


# Connections that begin nothing for somebody who waits no longer, and wait for no answer past then.


class TooLate(RedisError):
    """Whoever asked was told that there was no answer in time; so it is not asked any more. Not tried again."""


def timely(kind: type[Any]) -> type[Any]:
    """A kind of redis-py's connections (over TCP, TLS or a socket file) that keeps to `bot.deadline`."""

    class Timely(kind):  # type: ignore[misc]  # whichever kind the address calls for
        def _connect(self) -> Any:
            deadline = current()
            if deadline and not deadline.left():
                raise TooLate("not connected to: nobody waits for the answer any more")
            self.socket_connect_timeout = min(_CONNECTS, deadline.left()) if deadline else _CONNECTS
            return super()._connect()

        def send_packed_command(self, command: Any, check_health: bool = True) -> None:
            deadline = current()
            if deadline and not deadline.left():
                raise TooLate("not asked: nobody waits for the answer any more")
            super().send_packed_command(command, check_health)

        def read_response(self, *args: Any, **how: Any) -> Any:
            deadline = current()
            if deadline and "timeout" not in how:
                how["timeout"] = min(deadline.left() or 0.001, self.socket_timeout or deadline.left())
            return super().read_response(*args, **how)

    return Timely
