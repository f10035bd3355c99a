"""The keys of a whole record: for its chain, its blind names, and what belongs to no case.

All come from one root, which lies in the record, wrapped: they stay the same under every master key.
"""

from contextlib import suppress
from hmac import compare_digest, digest
from typing import Any, cast

from redis import Redis

from bot.store.errors import UnknownKey, WrongKey
from bot.store.master_keys import MasterKey, MasterKeys, master_of, new_key, new_number, number_of
from bot.store.sealing import KEY_LENGTH, DataKey, NotOpened
from bot.time import MachineClock, has_passed

ROOT = "root"
_CLOSED = b"closed"
"""Follows the root, under the same seal, once nothing of the record is as it was written before there were keys."""

_NEWER = b"sealed by a newer release"
"""In the place where releases from before there was a root compare their key: they refuse to start, where they would
write in clear beside what is sealed."""

_LOOKS_AGAIN = 10.0  # machine seconds


class _OpenedRoot:
    """What was read of the record. Nothing before it is first needed."""

    def __init__(self, wrapped: bytes, opened: bytes) -> None:
        root, mark = opened[:KEY_LENGTH], opened[KEY_LENGTH:]
        self.is_closed = mark == _CLOSED
        self.master = master_of(wrapped)
        self.wrapped = wrapped
        self.index = _derived(root, b"index")
        self.chain = chain_of(root)
        self.tally = _derived(root, b"tally")
        self.data = DataKey(_derived(root, b"house"))
        self.log = DataKey(_derived(root, b"processing log"))
        self.anchor = _derived(root, b"anchor")
        self.log_chain = _derived(root, b"chain of the processing log")


class HouseKeys:
    """Read when one is first needed: that raises StoreUnavailable and WrongKey. Nothing is read twice that another
    connection (`beside`) has read."""

    def __init__(
        self,
        redis: Redis,
        prefix: str,
        masters: MasterKeys,
        machine: MachineClock,
        beside: "HouseKeys | None" = None,
    ) -> None:
        self.masters = masters
        self.root_key = f"{prefix}:{ROOT}"
        self._redis = redis
        self._key_check = f"{prefix}:key-check"  # of records from before there was a root
        self._begun_by = [f"{prefix}:{name}" for name in ("open", "incidents", "refs", "due")]
        self._entries = f"{prefix}:*:entries"
        self._machine = machine
        self._looked_at = float("-inf")  # machine seconds
        self._opened: _OpenedRoot | None = None
        self._beside = beside

    def index(self) -> bytes:
        """Blinds what people, numbers and lanes are known by."""
        return self._keys().index

    def chain(self) -> bytes:
        """Proves that the record is as it was written."""
        return self._keys().chain

    def tally(self) -> bytes:
        """Proves how far each record has come."""
        return self._keys().tally

    def data(self) -> DataKey:
        """Seals what belongs to no case."""
        return self._keys().data

    def log(self) -> DataKey:
        """Seals the processing log: no case's key does, since the log outlives the case."""
        return self._keys().log

    def log_chain(self) -> bytes:
        return self._keys().log_chain

    def signed_anchor(self, total: str) -> str:
        """In hexadecimal digits."""
        return digest(self._keys().anchor, total.encode(), "sha256").hex()

    def wrapped(self) -> bytes:
        """The root, as it was read last."""
        return self._keys().wrapped

    def master(self) -> MasterKey:
        """The one that the record was under when it was read last."""
        return self.masters.of(self._keys().master)

    def is_closed(self) -> bool:
        """Whether what is in clear, or as it was written before documents had stamps, was written by somebody else: of
        a record that was begun since, and once `missing-bot keys rotate` has sealed all of an older one.

        Asked of what does not look like ours alone. Raises StoreUnavailable, and WrongKey before anything was read.
        """
        now = self._machine.seconds()
        if not self._keys().is_closed and has_passed(_LOOKS_AGAIN, self._looked_at, now):
            self._looked_at = now
            with suppress(WrongKey):  # somebody has put another root there; what was read counts
                self.read_again()
        return self._keys().is_closed

    def is_closed_now(self) -> bool:
        """As the server has it, whatever this process knows: a process that is started next believes that."""
        try:
            stored = self.stored()
            return stored is not None and self._open(stored).is_closed
        except WrongKey:
            return False

    def closed(self) -> bytes:
        """The root as it is to be stored from then on. Raises UnknownKey, NotOpened."""
        before = self.wrapped()
        root = self.masters.unwrap(ROOT, before)[:KEY_LENGTH]
        return self.masters.of(master_of(before)).wrap(ROOT, root + _CLOSED, number_of(before))

    def read_again(self) -> None:
        """Somebody put the record under another master key. Raises WrongKey."""
        stored = self.stored()
        if stored is None:
            return
        anew, before = self._open(stored), self._opened
        anew.is_closed |= before is not None and before.is_closed  # for good, whatever is put there
        self._opened = anew

    def stored(self) -> bytes | None:
        return cast(bytes | None, self._redis.get(self.root_key))

    def is_gone(self) -> bool:
        """What lies there was sealed under a root, which somebody has deleted: under another one what is in clear would
        be believed. Looks at every record, where there is no root."""
        if self.stored() is not None:
            return False
        found = self._redis.scan_iter(match=self._entries, count=1000)
        is_sealed = any(_is_sealed(self._redis.lindex(key, -1)) for key in found)
        return is_sealed and self.stored() is None  # nobody has begun it meanwhile

    def is_right(self) -> bool | None:
        """Whether the record can be opened, without putting anything there; None where it does not say."""
        stored, seal = self.stored(), self._seal()
        try:
            if self.is_gone():
                return False
            if stored is not None:
                self._open(stored)
            elif seal is not None:
                self._whose(seal)
            else:
                return None
        except WrongKey:
            return False
        return True

    def says_nothing(self) -> bool:
        """There are cases, and nothing tells which key they were begun with."""
        return self.stored() is None and self._seal() is None and self._is_begun()

    def _is_begun(self) -> bool:
        return bool(self._redis.exists(*self._begun_by))

    def _seal(self) -> bytes | None:
        found = cast(bytes | None, self._redis.get(self._key_check))
        return None if found == _NEWER else found

    def _keys(self) -> _OpenedRoot:
        if self._opened is None:
            theirs = self._beside._opened if self._beside else None
            self._opened = theirs or self._open(self.stored() or self._begun())
        return self._opened

    def _open(self, wrapped: bytes) -> _OpenedRoot:
        try:
            return _OpenedRoot(wrapped, self.masters.unwrap(ROOT, wrapped))
        except (UnknownKey, NotOpened):
            raise WrongKey(self.masters.ids, master_of(wrapped)) from None

    def _begun(self) -> bytes:
        """The first one who asks puts it there."""
        wrapped = self.masters.first.wrap(ROOT, self._root_to_begin_with(), new_number())
        self._redis.setnx(self.root_key, wrapped)
        self._redis.set(self._key_check, _NEWER)
        return self.stored() or wrapped

    def _root_to_begin_with(self) -> bytes:
        """That of an older record is its record key, so that its chain and its names go on."""
        seal = self._seal()
        if seal is not None:
            return self._whose(seal)
        return self.masters.first.secret if self._is_begun() else new_key() + _CLOSED

    def _whose(self, seal: bytes) -> bytes:
        """Raises WrongKey."""
        for master in self.masters.all:
            if compare_digest(seal, _seal_of(master.secret)):
                return master.secret
        raise WrongKey(self.masters.ids)


def _is_sealed(entry: Any) -> bool:
    return bool(entry) and not entry[:1].isalnum()  # in clear it begins with its link, in hexadecimal digits


def _derived(root: bytes, purpose: bytes) -> bytes:
    return digest(root, purpose, "sha256")


def chain_of(root: bytes) -> bytes:
    return _derived(root, b"chain")


def _seal_of(secret: bytes) -> bytes:
    """What a record from before there was a root knows its key by."""
    return digest(chain_of(secret), b"key check", "sha256").hex().encode()
