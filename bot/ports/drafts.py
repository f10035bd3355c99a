"""Forms that were lost before they were saved."""

from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct


class DraftPlace(Struct, frozen=True):
    """Where something was typed: by whom, into which form, about what. One draft each."""

    person: str
    form: str
    ref: str = ""
    item: str = ""


class Saved(Struct, frozen=True, kw_only=True):
    """A form whose contents a step records: its draft is forgotten in the same write. Machine time, in seconds."""

    place: DraftPlace
    view: str
    machine_now: float
    until: float  # nothing more of this view is kept until then
    said: str = (
        ""  # all that it held: the same view with the same contents is written once; "": however often
    )


class SavedDraft(Struct, frozen=True, kw_only=True):
    """What a form held when it was lost."""

    view: str  # Slack's id of the form that was open
    since: datetime  # case time of the last that was heard of it
    heard: float = 0.0  # Slack's own time of that, in seconds: two words of it may overtake each other
    metadata: str  # what the form carried
    values: dict[str, dict[str, dict[str, Any]]]  # block → action → what was typed or chosen


class Drafts(Protocol):
    """Kept by person until it is saved, begun afresh, or runs out. Machine time, in seconds."""

    def keep(self, place: DraftPlace, draft: SavedDraft, machine_now: float, until: float) -> None:
        """In place of an older one, never of a newer; not where `drop` has named this view: what it held is saved."""

    def find(self, place: DraftPlace, machine_now: float) -> SavedDraft | None: ...

    def forget_all(self) -> None:
        """Whoever typed them."""

    def is_over(self, place: DraftPlace, view: str) -> bool:
        """Whether what `view` held was saved, or dropped by its name."""

    def drop(self, place: DraftPlace, view: str, machine_now: float, until: float, said: str = "") -> None:
        """Until then nothing more of `view` is kept: what is still on its way from it comes too late. `said`: what it
        held, where that is saved, as with `Saved`."""
