"""The key of each case (and of the record of hand-overs): one for all that is kept of it.

It lies wrapped beside the snapshot, and comes with it. What was unwrapped is kept by its number, which it keeps when it
is wrapped anew; one that was forgotten on the server has none any more.
"""

from collections import OrderedDict
from threading import Lock

from bot.ports.errors import Erased, Unreadable
from bot.store.errors import UnknownKey
from bot.store.master_keys import MasterKey, MasterKeys, master_of, new_key, new_number, number_of
from bot.store.sealing import DataKey, NotOpened

FORGOTTEN = b""
"""Stands in the place of a key that was erased."""

_KEPT = 4_000


class CaseKeys:
    def __init__(self, masters: MasterKeys) -> None:
        self._masters = masters
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], DataKey] = OrderedDict()

    def new(self, name: str, master: MasterKey) -> bytes:
        """`name`: `case:MC-26-0142`. As it is to be stored."""
        return master.wrap(name, new_key(), new_number())

    def of(self, name: str, wrapped: bytes | None) -> DataKey:
        """Raises Unreadable and Erased."""
        if wrapped is None:
            raise Unreadable(_ref(name), "it is sealed, and its key is gone")
        if wrapped == FORGOTTEN:
            raise Erased(_ref(name))
        return self._known(name, wrapped) or self._unwrapped(name, wrapped)

    def _known(self, name: str, wrapped: bytes) -> DataKey | None:
        which = (name, number_of(wrapped))
        with self._lock:
            found = self._kept.get(which)
            if found is not None:
                self._kept.move_to_end(which)
            return found

    def _unwrapped(self, name: str, wrapped: bytes) -> DataKey:
        try:
            key = DataKey(self._masters.unwrap(name, wrapped))
        except UnknownKey as unknown:
            why = f"it is under record key {unknown.id}, which this process was not given"
            raise Unreadable(_ref(name), why) from None
        except NotOpened:
            raise Unreadable(_ref(name), "its key is damaged, or another case's") from None
        with self._lock:
            self._kept[(name, number_of(wrapped))] = key
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return key

    def is_given(self, wrapped: bytes) -> bool:
        """Whether this process was given the master key that it is under."""
        try:
            self._masters.of(master_of(wrapped))
        except UnknownKey:
            return False
        return True

    def drop(self, name: str, wrapped: bytes) -> None:
        with self._lock:
            self._kept.pop((name, number_of(wrapped)), None)


def _ref(name: str) -> str:
    return name.partition(":")[2]
