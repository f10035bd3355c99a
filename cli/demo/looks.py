"""Where a story looks: whose screen, which place, and what is pointed at there."""

from typing import Protocol

from msgspec import Struct

from sandbox.client import Message


class Gaze(Struct, frozen=True):
    person: str
    place: str  # a channel by its name or id; `cast.DIRECT` is their direct message with the bot
    message: str = ""  # its ts, and the button on it that is about to be pressed
    action: str = ""
    thread: str = ""
    block: str = ""  # of the form that is open
    typed: str = ""  # about to be sent


class Cue(Protocol):
    """Hears of what a gesture comes to, and takes the time that whoever watches needs to see it."""

    def before(self, message: Message, action: str) -> None:
        """Somebody is about to press that there."""

    def typing(self, text: str) -> None:
        """Somebody is about to send that."""

    def filled(self, told: str, block: str) -> None:
        """A form is filled in and about to be sent. What is told of it, and the block that matters most; or neither."""


class Unseen:
    """Nobody watches: nothing waits."""

    def before(self, message: Message, action: str) -> None: ...

    def typing(self, text: str) -> None: ...

    def filled(self, told: str, block: str) -> None: ...
