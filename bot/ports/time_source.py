"""Case time."""

from datetime import datetime
from typing import Protocol


class TimeSource(Protocol):
    """Case time: what clocks run on. The demo and a replay run it fast."""

    def now(self) -> datetime: ...
