"""What can be wrong with a store. What others have to know of lives in `bot.ports.errors`.

    StoreError
    ├── ServerTrouble   the embedded server does not run
    └── WrongKey        another record key than the one that the record was begun with
    bot.ports.errors.Unreadable
    └── Forgotten       a case whose key was erased

No message quotes a record: it may hold personal data.
"""

from bot.ports.errors import Unreadable


class StoreError(Exception):
    """The store cannot do what was asked."""


class Forgotten(Unreadable):
    """The case was erased: its key is gone, and with it every personal field."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref, "its key was erased")


class ServerTrouble(StoreError):
    """The embedded server does not run."""


class WrongKey(StoreError):
    """Says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "MISSING_RECORD_KEY is not the key that this record was begun with. Nothing was changed: put the old key "
            "back, and what waits goes out. With another key, pages, drafts and incident numbers of this record are "
            "not found. To begin an empty record with a new key, set MISSING_PREFIX to another name."
        )
