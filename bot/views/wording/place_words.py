"""Why a channel is not private to the force, and what to do about it. No name: `/healthz` says it too."""

from collections.abc import Iterable

from msgspec import Struct

from bot.domain.safe_places import Fault
from bot.views.wording import words


class FaultWords(Struct, frozen=True):
    what: str
    mend: str  # after "To mend it, "


_FAULTS: dict[Fault, FaultWords] = {
    Fault.PUBLIC: FaultWords(
        "it is public, so everybody in the workspace reads it", "make it private in its settings"
    ),
    Fault.SHARED: FaultWords(
        "it is shared with another organisation or workspace",
        "end that in its settings, or list the workspace in MISSING_WORKSPACES if its people are yours",
    ),
    Fault.OFFERED: FaultWords(
        "another organisation or workspace is invited to share it", "take that invitation back"
    ),
    Fault.STRANGERS: FaultWords("somebody of another organisation is in it", "remove them from it"),
    Fault.GUESTS: FaultWords(
        "a guest is in it", "remove guests from it, or set MISSING_GUESTS if they are your people"
    ),
    Fault.APPS: FaultWords("another app is in it and reads all of it", "remove that app from it"),
}
assert set(_FAULTS) == set(Fault), "a fault without words would be told to nobody"


def wrong(faults: Iterable[Fault]) -> str:
    """For after "… is not private to the force: "."""
    return "; ".join(_FAULTS[fault].what for fault in faults)


def mend(faults: Iterable[Fault]) -> str:
    """For after "To mend it, "."""
    return words.listed([_FAULTS[fault].mend for fault in faults])
