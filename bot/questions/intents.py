"""The ten questions that the record can answer."""

from enum import StrEnum


class Intent(StrEnum):
    STATUS = "status"
    OWNER = "owner"
    OUTSTANDING = "outstanding"
    LATE = "late"
    NEXT = "next"
    TIMELINE = "timeline"
    MARKERS = "markers"
    WHY = "why"
    TOLD = "told"
    PREVIOUS = "previous"
