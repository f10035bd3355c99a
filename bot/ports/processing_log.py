"""The processing log (Data Protection Act 2018, s.62), apart from the cases: how it is written.

What a step collects or alters is written with the step itself, by its append. Everything else is noted here. It is
read by `bot.ports.log_reader` alone: for lawfulness, self-monitoring, integrity and criminal proceedings, never for a
report.
"""

from typing import Protocol

from bot.domain.processing import Processing


class ProcessingLog(Protocol):
    """Only ever added to, and never shortened: it outlives the cases."""

    def note(self, *lines: Processing) -> None:
        """What the log does not take now is kept, and written later: nobody's view is lost for it. Raises
        StoreUnavailable where the record itself is away."""

    @property
    def waiting(self) -> int:
        """How many lines are kept in this process alone."""

    def link(self) -> None:
        """Takes what is new into the chain: what was linked can be neither changed, dropped nor moved unnoticed."""
