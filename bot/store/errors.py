"""What can be wrong with a store. What others have to know of lives in `bot.ports`.

    StoreError
    └── ServerTrouble   the embedded server does not run
    bot.ports.Unreadable
    └── Forgotten       a case whose key was erased

No message quotes a record: it may hold personal data.
"""

from bot.ports import Unreadable


class StoreError(Exception):
    """The store cannot do what was asked."""


class Forgotten(Unreadable):
    """The case was erased: its key is gone, and with it every personal field."""

    def __init__(self, ref: str) -> None:
        super().__init__(ref, "its key was erased")


class ServerTrouble(StoreError):
    """The embedded server does not run."""
