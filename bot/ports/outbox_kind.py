"""What a row of the outbox asks to be shown."""

from enum import StrEnum


class OutboxKind(StrEnum):
    """The values are stored. Of a case:"""

    CARD = "card"
    LINE = "line"
    PAGE = "page"
    SHRINK = "shrink"  # a page card that was replaced
    REFRESH = "refresh"  # a live page card, silently
    OFFER = "offer"
    ANSWERED = "answered"
    DECLINED = "declined"
    OWNED = "owned"
    UNDELIVERED = "undelivered"
    OUT = "out"  # a page, by other ways than Slack
    # Of the roster, which has pages, too:
    HANDOVER = "handover"
    HANDED = "handed"
    DUTY = "duty"
    SHIFT = "shift"
    INVITE = "invite"
    # Stored by a newer version: it stays where it is, and holds up nothing else.
    UNKNOWN = "unknown"

    @classmethod
    def _missing_(cls, _value: object) -> "OutboxKind":
        return cls.UNKNOWN
