"""Where a story looks: whose screen, which place, and what is pointed at there."""

from typing import Protocol

from msgspec import Struct

from sandbox.client import Message


class Look(Struct, frozen=True):
    person: str
    place: str  # a channel by its name or id; `cast.DIRECT` is their direct message with the bot
    message: str = ""  # its ts, and the button on it that is about to be pressed
    action: str = ""
    thread: str = ""


class Cue(Protocol):
    """Hears of what a gesture comes to, and takes the time that whoever watches needs to see it."""

    def before(self, message: Message | None = None, action: str = "") -> None:
        """Somebody is about to do that there."""

    def filled(self, told: str) -> None:
        """A form is filled in and about to be sent; `told` says what is seen, where there is something to say."""


class Unseen:
    """Nobody watches: nothing waits."""

    def before(self, message: Message | None = None, action: str = "") -> None: ...

    def filled(self, told: str) -> None: ...
