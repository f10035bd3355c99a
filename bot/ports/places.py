"""Where messages are in Slack, and under which names the outbox remembers it. Both are stored as they print."""

from collections.abc import Iterable
from typing import NewType

from bot.ports.destination import Destination, LaneKind

CardKey = NewType("CardKey", str)
"""Of one place."""
ListKey = NewType("ListKey", str)
"""Of several things: places, or references of cases."""


class Place(str):
    """One message: `channel:ts`. It is the string that it is stored as, and knows what it says."""

    __slots__ = ()

    @classmethod
    def of(cls, channel: str, ts: str) -> "Place":
        return cls(f"{channel}:{ts}")

    @property
    def is_one(self) -> bool:
        channel, colon, ts = self.partition(":")
        return bool(channel and colon and ts) and self.isascii()

    @property
    def channel(self) -> str:
        """Raises ValueError where it is no place, as `ts` does."""
        return self._parts()[0]

    @property
    def ts(self) -> str:
        return self._parts()[1]

    def _parts(self) -> tuple[str, str]:
        channel, colon, ts = self.partition(":")
        if not (channel and colon and ts):
            raise ValueError("A place is `channel:ts`.")
        return channel, ts


def listed(things: Iterable[str]) -> str:
    """As several are kept under a `ListKey`."""
    return " ".join(things)


def case_key(ref: str) -> CardKey:
    """The card of this case, with its thread."""
    return CardKey(f"case:{ref}")


def case_of(key: str) -> str | None:
    """Whose card that key is; None where it is another thing's."""
    kind, _, ref = key.partition(":")
    return ref if kind == "case" else None


def page_key(lane: Destination, ref: str) -> CardKey:
    """The live card of this case in this lane."""
    return CardKey(f"page:{lane}:{ref}")


def older_key(lane: Destination, ref: str) -> ListKey:
    """The cards that it replaced and that have not shrunk yet."""
    return ListKey(f"older:{lane}:{ref}")


def lane_of(key: str, ref: str) -> Destination | None:
    """The lane in which that key has something of this case; None where it has nothing of it."""
    kind, _, rest = key.partition(":")
    if key == case_key(ref):
        return Destination.of(LaneKind.CASES)
    lane = rest.removesuffix(f":{ref}")
    return Destination(lane) if kind in _OF_A_LANE and lane != rest else None


_OF_A_LANE = ("page", "older", "declined", "offer")


def holds_places(key: ListKey) -> bool:
    return key.startswith("older:")


def digest_key(where: Place) -> ListKey:
    """The cases of the digest at that place."""
    return ListKey(f"digest:{where}")


def declined_key(lane: Destination, ref: str) -> CardKey:
    """The newest message that tells whoever assigned this case that it was declined."""
    return CardKey(f"declined:{lane}:{ref}")


def offer_key(lane: Destination, ref: str) -> CardKey:
    """The newest message that asks this person to take this case."""
    return CardKey(f"offer:{lane}:{ref}")


def handover_key(lane: Destination, offer: int) -> CardKey:
    """The card of the hand-over of that number."""
    return CardKey(f"handover:{lane}:{offer}")
