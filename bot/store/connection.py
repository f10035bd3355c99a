"""The one place where a connection to a server is made.

`Redis.from_url` retries nothing by itself: with its defaults a server that was away for two seconds left timers
standing for over 700 s. So both kinds say how often and how long. A retried write may run twice; every write of this
store knows its own (`lua/`).
"""

from redis import Redis
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, ReadOnlyError, TimeoutError
from redis.retry import Retry

# Refused, dropped, slow, reading its file after a start, or about to hand over to another server.
_WORTH_RETRYING: list[type[Exception]] = [ConnectionError, TimeoutError, BusyLoadingError, ReadOnlyError]


def for_store(url: str) -> Redis:
    """For cases and outbox: gives up after some 3 s of refusals: a person waits, and Slack wants its answer by then."""
    return _connect(url, Retry(ExponentialBackoff(cap=0.5, base=0.02), 8), socket_timeout=2.0)


def for_watching(url: str) -> Redis:
    """For who must speak when the server does not: gives up within some 2 s."""
    return _connect(url, Retry(ExponentialBackoff(cap=0.1, base=0.02), 1), socket_timeout=1.0)


def for_queue(url: str) -> Redis:
    """For RQ, which blocks on a pop and sets its own read timeout: outlasts a server that is away for a minute."""
    return _connect(url, Retry(ExponentialBackoff(cap=2.0, base=0.05), 35), socket_timeout=None)


def for_probing(url: str) -> Redis:
    """For who asks once whether a server is there: gives up at the first refusal, or after a second."""
    return _connect(url, Retry(NoBackoff(), 0), socket_timeout=1.0)


def _connect(url: str, retry: Retry, socket_timeout: float | None) -> Redis:
    """`url` is redis://, rediss:// or unix://."""
    over_a_network = {} if url.startswith("unix:") else {"socket_keepalive": True}
    return Redis.from_url(
        url,
        protocol=2,  # the same replies from every server since 6.2
        retry=retry,
        retry_on_error=_WORTH_RETRYING,
        socket_timeout=socket_timeout,
        socket_connect_timeout=2.0,
        health_check_interval=15,
        **over_a_network,
    )
