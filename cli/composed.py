"""One process, composed from its settings, on a record whose key is the right one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from cli.compose.shared import Shared
from cli.plainly import told_plainly
from cli.record_key import right_key
from config.settings import Settings, read_settings

T = TypeVar("T", bound=Shared)


@contextmanager
def composed(compose: Callable[[Settings], T]) -> Iterator[T]:
    with told_plainly():
        ours = compose(read_settings())
        with right_key(ours.quick_stores.key_check):
            yield ours
