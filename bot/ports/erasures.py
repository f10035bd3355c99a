"""Erasing a case, as a store does it; and what it keeps of exports, of who asked, and of what was erased."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from bot.domain.erasing import Ends, Erasure, ErasureAsked, Exported
from bot.domain.processing import Processing
from bot.ports.destination import Destination
from bot.ports.outbox import Outgoing

Said = TypeVar("Said")


class CaseNotes(Protocol[Said]):
    """At most one of each case."""

    def of(self, ref: str) -> Said | None:
        """None, too, where it is not as it was written."""

    def all(self) -> Iterator[Said]: ...

    def put(self, ref: str, said: Said) -> None: ...

    def drop(self, ref: str) -> None: ...


class ErasureStore(Protocol):
    """Each step may be taken again, by anybody, after a crash at any point."""

    @property
    def exported(self) -> CaseNotes[Exported]: ...

    @property
    def asked(self) -> CaseNotes[ErasureAsked]: ...

    @property
    def done(self) -> CaseNotes[Erasure]: ...

    def refs(self) -> list[str]:
        """Of every case that was not erased; in order."""

    def ends(self, ref: str) -> Ends | None:
        """None where nothing of that reference is there, or where some of it lies in clear."""

    def waiting(self, ref: str) -> int:
        """Messages about it that are about to leave. What Slack refuses, or what cannot be read, waits for ever, and is
        not counted."""

    def forget(self, erasure: Erasure, ends: Ends, line: Processing) -> bool:
        """Its key, what it is found by, when it is due, who asked and the note of its export; the erasure is kept, and
        is in the processing log. All of it or nothing: False where it does not end so any more, or nobody asks
        for it so."""

    def clear(self, ref: str, drawn: Callable[[Destination], Outgoing]) -> None:
        """All that lies elsewhere. `drawn`: the row that has what stands in a lane's place drawn without the case."""

    def end(self, erasure: Erasure) -> None:
        """It is done. What the server's files still have of its key goes when they are written anew."""
