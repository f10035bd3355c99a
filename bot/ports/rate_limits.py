"""When the next post may leave, for each channel and each lane. Machine seconds throughout.

Slack takes about one post per second per channel, from all processes together, and says 429 when that was too many.
Nobody sleeps on it: a lane that has to wait is put down until then, and the timer takes it up again. A wait is at most
`LONGEST_WAIT`: where Slack asks for longer, it is asked again after that.
"""

from collections.abc import Mapping
from typing import Protocol

from bot.ports.destination import Destination

EDITS = "edits"  # their gate: Slack counts them together, so it shuts for all of them


class RateLimits(Protocol):
    def enter(self, channel: str, machine_now: float) -> float:
        """When a post may leave. Not later than now: it may, and nobody else's for a second."""

    def enter_edit(self, machine_now: float, *, is_patient: bool) -> float:
        """When an edit may be made. Not later than now: it may, and is counted."""

    def shut(self, gate: str, until: float) -> None:
        """Slack asked to wait."""

    def opens(self, gate: str) -> float:
        """When it opens, or opened."""

    def hold(self, lane: Destination, until: float) -> None: ...

    def holds(self) -> Mapping[str, float]: ...

    def fell(self, lane: Destination) -> int:
        """How many times in a row Slack has not taken this lane's post, with this one."""

    def recovered(self, lane: Destination) -> None: ...

    def refuse(self, lane: Destination, code: str) -> None:
        """Slack lets nothing into its place, until it has recovered. `code` is Slack's."""

    def refused(self) -> Mapping[str, str]:
        """Lane → why."""
