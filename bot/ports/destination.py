"""Where a row of the outbox goes (its lane, stored as it prints), and what it asks to be shown."""

from enum import StrEnum

from bot.domain.people import Role

# What a row of the outbox asks to be shown.


class OutboxKind(StrEnum):
    """The values are stored. Of a case:"""

    CARD = "card"
    LINE = "line"
    PAGE = "page"
    SHRINK = "shrink"  # a page card that was replaced
    REFRESH = "refresh"  # a live page card, silently
    COPIES = "copies"  # of a post that was made again in doubt
    OFFER = "offer"
    ANSWERED = "answered"
    DECLINED = "declined"
    OWNED = "owned"
    UNDELIVERED = "undelivered"
    OUT = "out"  # a page, by other ways than Slack
    ERASED = "erased"  # what stands of a case that is no more; it is read without any case
    # Of the roster, which has pages, too:
    HANDOVER = "handover"
    HANDED = "handed"
    DUTY = "duty"
    SHIFT = "shift"
    TURN = "turn"  # of the force's plan
    INVITE = "invite"
    # Stored by a newer version: it stays where it is, and holds up nothing else.
    UNKNOWN = "unknown"

    @classmethod
    def _missing_(cls, _value: object) -> "OutboxKind":
        return cls.UNKNOWN


class LaneKind(StrEnum):
    """The first word of a lane."""

    CASES = "cases"  # the cases channel
    ROLE = "role"
    PERSON = "person"
    FALLBACK = "out"  # to a role, by other ways than Slack
    QUARANTINE = "aside"  # its case cannot be read; before the lane that it was taken from
    POSTPONED = "putby"  # refused for a while; before the lane that it was taken from
    UNKNOWN = ""

    @classmethod
    def _missing_(cls, _value: object) -> "LaneKind":
        return cls.UNKNOWN


HELD = (LaneKind.QUARANTINE, LaneKind.POSTPONED)


class Destination(str):
    """A lane. It is the string that it always was as a key and in a row, and knows what it says.

    `cases`, `role:fim`, `person:U123`, `out:fim`; before the lane that rows were taken from: `aside:role:fim`.
    """

    __slots__ = ()

    @classmethod
    def of(cls, kind: LaneKind, name: str = "") -> "Destination":
        """`name`: a role's, a person's, or the lane that rows were taken from."""
        return cls(f"{kind}:{name}" if name else kind.value)

    @property
    def kind(self) -> LaneKind:
        return LaneKind(self.partition(":")[0])

    @property
    def name(self) -> str:
        return self.partition(":")[2]

    @property
    def before(self) -> "Destination":
        """The lane that what is held in this one was taken from."""
        return Destination(self.name)

    @property
    def role(self) -> Role:
        """Whose page card is drawn there: an owner's pages go to the person."""
        return Role(self.name) if self.kind is LaneKind.ROLE else Role.OWNER

    @property
    def person(self) -> str:
        """Empty where it is no person's."""
        return self.name if self.kind is LaneKind.PERSON else ""
