"""One process, composed from its settings, on a record whose key is the right one."""

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import structlog

from bot.ports.errors import StoreUnavailable
from bot.store.errors import WrongKey
from bot.store.redis_stores import KeyCheck
from cli.compose.shared import Shared
from cli.log_lines import write_log
from cli.plainly import told_plainly
from config.settings import Settings, read_settings
from workers.periodic import Failing, PeriodicTask

# No process works on a record with another key than the one that it was begun with.

_AGAIN = 1.0  # seconds between two questions while the record does not answer

log = structlog.get_logger()


class RecordKey:
    def __init__(self, key: KeyCheck) -> None:
        self._key = key
        self._record = Failing("the look at the record's key")
        self.is_known = False

    def ask(self) -> None:
        """Raises WrongKey. A record that is away is asked again."""
        try:
            self._key.check()
        except StoreUnavailable as away:
            self._record.failed(away)
        else:
            self._record.worked()
            self.is_known = True

    @contextmanager
    def being_asked(self) -> Iterator[None]:
        """For as long as the block lasts, until it is known; with the wrong one this process ends."""
        if self.is_known:
            yield
            return
        with PeriodicTask(self._ask_or_end, every=_AGAIN, what="the look at the record key"):
            yield

    def _ask_or_end(self) -> None:
        if self.is_known:
            return
        try:
            self.ask()
        except WrongKey as wrong:
            log.error(str(wrong))
            os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def right_key(key: KeyCheck) -> Iterator[None]:
    """Raises WrongKey at once where the record answers."""
    asked = RecordKey(key)
    asked.ask()
    with asked.being_asked():
        yield


T = TypeVar("T", bound=Shared)


@contextmanager
def composed(compose: Callable[[Settings], T]) -> Iterator[T]:
    write_log()
    with told_plainly():
        ours = compose(read_settings())
        gc.freeze()  # all of it lives as long as the process: no collection, nor its end, has to look through it again
        with right_key(ours.quick_stores.key_check):
            yield ours
