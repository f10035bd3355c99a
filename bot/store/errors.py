"""What can be wrong with a store. What others have to know of lives in `bot.ports.errors`.

    StoreError
    ├── ServerTrouble   the embedded server does not run
    ├── UnknownKey      something is under a master key that this process was not given
    └── WrongKey        so is the record itself
        └── RootGone    what tells which one it is under was deleted

No message quotes a record: it may hold personal data.
"""

from collections.abc import Sequence


class StoreError(Exception):
    """The store cannot do what was asked."""


class ServerTrouble(StoreError):
    """The embedded server does not run."""


class UnknownKey(StoreError):
    def __init__(self, id: str) -> None:
        super().__init__(f"It is under record key {id}, which this process was not given.")
        self.id = id


class WrongKey(StoreError):
    """Says what to do. `under` is empty of a record that was begun before keys had ids."""

    def __init__(self, given: Sequence[str], under: str = "") -> None:
        ours = ", ".join(given)
        ids = f"it is {ours}, the record's is {under}" if under else f"it is {ours}"
        super().__init__(
            f"MISSING_RECORD_KEY is not the key that this record is under ({ids}). Nothing was changed: put the old "
            "key back, and what waits goes out. To change the key, put the new one into MISSING_RECORD_KEY, the old "
            "one into MISSING_OLD_RECORD_KEYS, and run `missing-bot keys rotate`. To begin an empty record with a new "
            "key, set MISSING_PREFIX to another name."
        )


class NotBegun(StoreError):
    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no record: {key} is not on the record server, and nothing else of one. Nothing was changed. "
            "Look whether REDIS_URL and MISSING_PREFIX are the bot's own; `missing-bot run` begins a record."
        )


class RootGone(WrongKey):
    def __init__(self, key: str) -> None:
        StoreError.__init__(
            self,
            f"{key} is gone from the record server, and all that lies there is sealed under it: somebody has deleted "
            "it. Nothing was changed. Put it back from a backup of the server, and look who can write there.",
        )
