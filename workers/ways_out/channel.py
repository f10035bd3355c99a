"""One way to one person, whatever service it goes by: what it is handed, and what came of it."""

from typing import Protocol

from msgspec import Struct

from bot.ports.ways_tried import WayAnswer


class BadWay(Exception):
    """A way that cannot be used as it was set. Says whose and which, never its password."""


class Letter(Struct, frozen=True, kw_only=True):
    """What leaves. Plain text, in lines."""

    title: str
    body: str
    name: str = (
        ""  # of this message, the same however often it is sent: a service that keeps it can be asked for it
    )
    in_doubt: bool = False  # it may have left already: whoever sent it did not live to say so


class Attempt(Struct, frozen=True, kw_only=True):
    """What came of sending it, as the service said at once."""

    answer: WayAnswer
    said: str = ""  # why not, as people shall read it; no number and no secret
    is_final: bool = False  # trying it again changes nothing
    receipt: str = ""  # under which the service says later whether it arrived; "": it never does

    @property
    def was_taken(self) -> bool:
        return self.answer in (WayAnswer.TAKEN, WayAnswer.DELIVERED)


class Channel(Protocol):
    @property
    def asks(self) -> str:
        """Whom it asks for what, for whoever set it up: "Twilio for +44 7700 900124"."""

    @property
    def number(self) -> str:
        """E.164, from which replies come back to us; "" where none do."""

    def send(self, letter: Letter) -> Attempt:
        """Once, without a pause. Whatever it raises has failed."""
