"""Where a row of the outbox goes: its lane, in which things leave in order. Lanes are stored as they print."""

from enum import StrEnum

from msgspec import Struct

from bot.domain.people import Role


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


class Destination(Struct, frozen=True):
    kind: LaneKind
    name: str = ""  # a role's, a person's, or the lane that rows were taken from

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind.value

    @property
    def role(self) -> Role:
        """Whose page card is drawn there: an owner's pages go to the person."""
        return Role(self.name) if self.kind is LaneKind.ROLE else Role.OWNER

    @property
    def person(self) -> str:
        """Empty where it is no person's."""
        return self.name if self.kind is LaneKind.PERSON else ""


def destination(lane: str) -> Destination:
    kind, _, name = lane.partition(":")
    return Destination(LaneKind(kind), name)


def kind_of(lane: str) -> LaneKind:
    return destination(lane).kind
