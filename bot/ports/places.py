"""Where messages are in Slack, and under which names the outbox remembers it. Both are stored as they print."""

from typing import NewType

from msgspec import Struct

from bot.ports.destination import Destination

CardKey = NewType("CardKey", str)


class Place(Struct, frozen=True):
    """One message. Printed as `channel:ts`."""

    channel: str
    ts: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.ts}"


def place(printed: str) -> Place:
    """Raises ValueError where it is none."""
    channel, colon, ts = printed.partition(":")
    if not (channel and colon and ts):
        raise ValueError("A place is `channel:ts`.")
    return Place(channel, ts)


def case_key(ref: str) -> CardKey:
    """The card of this case, with its thread."""
    return CardKey(f"case:{ref}")


def page_key(lane: Destination, ref: str) -> CardKey:
    """The live card of this case in this lane."""
    return CardKey(f"page:{lane}:{ref}")


def older_key(lane: Destination, ref: str) -> CardKey:
    """The cards that it replaced and that have not shrunk yet, space between."""
    return CardKey(f"older:{lane}:{ref}")


def digest_key(where: str) -> CardKey:
    """The cases of the digest at that place, space between."""
    return CardKey(f"digest:{where}")


def declined_key(lane: Destination, ref: str) -> CardKey:
    """The newest message that tells whoever assigned this case that it was declined."""
    return CardKey(f"declined:{lane}:{ref}")


def offer_key(lane: Destination, ref: str) -> CardKey:
    """The newest message that asks this person to take this case."""
    return CardKey(f"offer:{lane}:{ref}")


def handover_key(lane: Destination, offer: int) -> CardKey:
    """The card of the hand-over of that number."""
    return CardKey(f"handover:{lane}:{offer}")
