"""The keys that a process was given, which seal nothing but other keys."""

from collections.abc import Callable, Sequence
from hmac import digest
from secrets import token_bytes, token_hex

from bot.store.errors import UnknownKey
from bot.store.sealing import KEY_LENGTH, DataKey, place

_ID_LENGTH = 8  # hexadecimal digits

# A wrapped key: its own number, the id of the master key, and the box. Scripts of the server compare the first two.


def number_of(wrapped: bytes) -> str:
    """The same, however often the key is wrapped anew."""
    return wrapped[:_ID_LENGTH].decode("ascii", "replace")


def master_of(wrapped: bytes) -> str:
    return wrapped[_ID_LENGTH : 2 * _ID_LENGTH].decode("ascii", "replace")


def new_key() -> bytes:
    return token_bytes(KEY_LENGTH)


def new_number() -> str:
    return token_hex(_ID_LENGTH // 2)


class MasterKey:
    def __init__(self, secret: bytes) -> None:
        self.secret = secret
        self.id = digest(secret, b"id", "sha256").hex()[:_ID_LENGTH]
        self._wrapping = DataKey(digest(secret, b"wrap", "sha256"))

    def wrap(self, name: str, key: bytes, number: str) -> bytes:
        """`name`: of what the key opens. Under another name it cannot be unwrapped."""
        return f"{number}{self.id}".encode() + self._wrapping.seal(key, _place(name, number))

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """Raises NotOpened."""
        return self._wrapping.open(wrapped[2 * _ID_LENGTH :], _place(name, number_of(wrapped)))

    def __repr__(self) -> str:
        return f"MasterKey({self.id})"


def _place(name: str, number: str) -> bytes:
    return place("key", name, number)


Secrets = Sequence[bytes]


class MasterKeys:
    """The first of them begins a record; all of them open.

    `now` is asked where a key turns up that is not among them: somebody may have given more since. It may raise.
    """

    def __init__(self, *secrets: bytes, now: Callable[[], Secrets] = tuple) -> None:
        self._known = _by_id(secrets)
        self._now = now

    @property
    def first(self) -> MasterKey:
        return next(iter(self._known.values()))

    @property
    def all(self) -> tuple[MasterKey, ...]:
        return tuple(self._known.values())

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._known)

    def of(self, id: str) -> MasterKey:
        """Raises UnknownKey."""
        if id not in self._known:
            self._known |= _by_id(self._given_since())
        if id not in self._known:
            raise UnknownKey(id)
        return self._known[id]

    def _given_since(self) -> Secrets:
        try:
            return self._now()
        except Exception:  # noqa: BLE001 - a file is just being written; what was given stands
            return ()

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """Raises UnknownKey, NotOpened."""
        return self.of(master_of(wrapped)).unwrap(name, wrapped)

    def wrap_anew(self, name: str, wrapped: bytes, master: str) -> bytes:
        """Raises UnknownKey, NotOpened."""
        return self.of(master).wrap(name, self.unwrap(name, wrapped), number_of(wrapped))

    def __repr__(self) -> str:
        return f"MasterKeys({', '.join(self.ids)})"


def _by_id(secrets: Secrets) -> dict[str, MasterKey]:
    return {key.id: key for key in map(MasterKey, secrets)}
