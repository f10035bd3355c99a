"""What can be wrong with a store. Conflict and DuplicateIncident are answers, not faults; they live in `bot.ports`.

    StoreError
    ├── Unreadable      a record that this version cannot read
    ├── Forgotten       a case whose key was erased
    └── ServerTrouble   the embedded server does not run

No message quotes a record: it may hold personal data.
"""


class StoreError(Exception):
    """The store cannot do what was asked."""


class Unreadable(StoreError):
    """This version of the program cannot read that record."""


class Forgotten(StoreError):
    """The case was erased: its key is gone, and with it every personal field."""


class ServerTrouble(StoreError):
    """The embedded server does not run."""
