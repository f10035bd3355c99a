"""Which trouble an error of redis-py is: the one place that tells them apart.

Redis and Valkey name most of them by the first word of their answer. Older servers (6.2) wrap what a script met in an
answer of their own, `ERR Error running script (…): … -OOM command not allowed …`, where the word stands behind a dash;
redis-py puts the command in front where it was asked in a pipeline.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    ConnectionError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TimeoutError,
)

from bot.ports.errors import RecordTrouble, StoreUnavailable

_KINDS: tuple[tuple[type[RedisError], RecordTrouble], ...] = (
    (AuthenticationError, RecordTrouble.LOCKED_OUT),
    (NoPermissionError, RecordTrouble.LOCKED_OUT),
    (BusyLoadingError, RecordTrouble.LOADING),
    (ReadOnlyError, RecordTrouble.READ_ONLY),
    (OutOfMemoryError, RecordTrouble.MEMORY_FULL),
    (ConnectionError, RecordTrouble.SILENT),
    (TimeoutError, RecordTrouble.SILENT),
)
_WORDS = {
    "LOADING": RecordTrouble.LOADING,
    "READONLY": RecordTrouble.READ_ONLY,
    "MASTERDOWN": RecordTrouble.READ_ONLY,  # a copy that has lost the server it copies
    "OOM": RecordTrouble.MEMORY_FULL,
    "MISCONF": RecordTrouble.DISK,
    "NOAUTH": RecordTrouble.LOCKED_OUT,
    "WRONGPASS": RecordTrouble.LOCKED_OUT,
    "NOPERM": RecordTrouble.LOCKED_OUT,
}
_WORD = re.compile(rf"(?:^|caused error: |-)({'|'.join(_WORDS)})\b")


def trouble_of(error: RedisError) -> RecordTrouble:
    for kind, trouble in _KINDS:
        if isinstance(error, kind):
            return trouble
    if isinstance(error, ResponseError):
        found = _WORD.search(str(error))
        return _WORDS[found[1]] if found else RecordTrouble.REFUSING
    return RecordTrouble.SILENT


@contextmanager
def as_unavailable() -> Iterator[None]:
    """For who works with redis-py itself. Raises StoreUnavailable."""
    try:
        yield
    except RedisError as away:
        raise StoreUnavailable(type(away).__name__, trouble_of(away)) from away
