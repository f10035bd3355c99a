"""What a store raises, whichever it is."""

from datetime import datetime
from enum import IntEnum, StrEnum


class RecordTrouble(StrEnum):
    """What keeps the record from being read or written. `bot.views.wording.record_words` says each to people."""

    SILENT = "silent"  # not there, or no answer came in time
    LOADING = "loading"  # it was started just now, and reads its file
    READ_ONLY = "read_only"  # a copy of another server, or one that was told to take nothing
    MEMORY_FULL = "memory_full"
    DISK = "disk"  # it cannot write to its disk, so it takes nothing
    LOCKED_OUT = "locked_out"  # no password, a wrong one, or too few rights
    NOT_COPIED = "not_copied"  # it took it, and the copies that the force asks for do not hold it in time
    REFUSING = "refusing"  # any other answer that is an error


class StoreUnavailable(Exception):
    """The store does not answer, or refuses. `kind` is for the log alone.

    `perhaps`: what was to be written may have been, since it was sent and no answer came; else it certainly was not.
    """

    def __init__(
        self, kind: str = "", trouble: RecordTrouble = RecordTrouble.SILENT, *, perhaps: bool = True
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.trouble = trouble
        self.perhaps = perhaps


class Fate(IntEnum):
    """The worst that became of anything that one request asked to be written."""

    NOTHING = 0  # was written
    WRITTEN = 1
    IN_DOUBT = 2  # it was sent, and nobody heard what became of it


class Conflict(Exception):
    """Somebody else appended first: load again, decide again."""


class AlreadySaved(Exception):
    """That very form, with these contents, was saved by an earlier append: its answer was not heard."""


class Unreadable(Exception):
    """A record that this program cannot read: damaged, written by a newer version, or gone. Quotes nothing of it."""

    def __init__(self, ref: str, why: str) -> None:
        super().__init__(f"{ref} cannot be read: {why}.")
        self.ref = ref


class Erased(Unreadable):
    """Its key was forgotten, as two people decided: nothing of it is left to be read, and nothing is wrong."""

    def __init__(self, ref: str, at: datetime | None = None) -> None:
        super().__init__(ref, "it was erased")
        self.at = at  # None where nobody has looked that up


class DuplicateIncident(Exception):
    """That force incident number has a case."""

    def __init__(self, ref: str):
        super().__init__(ref)
        self.ref = ref


class SecondInstallation(Exception):
    """Says what to do."""

    def __init__(self, others: tuple[str, ...]) -> None:
        super().__init__(
            f"Another installation (MISSING_PREFIX={', '.join(others)}) runs on this record server with the same Slack "
            "app: half of all presses would go to it. Stop it, or give this one a Slack app of its own "
            "(SLACK_BOT_TOKEN, SLACK_APP_TOKEN)."
        )
