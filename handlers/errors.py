"""What may come between a person's press and its effect.

HandlerError
├── NotDone        refused, with the sentence that the person is shown
│   └── NotForYou  what was asked for is not for this person to read
├── NotShown       a view could not be put before the person; nothing had been asked of the record
└── RecordSilent   the record did not answer in time, or not at all
"""

from bot.domain.refusals import Because


class HandlerError(Exception):
    """Nothing was done."""


class NotDone(HandlerError):
    """Refused; the sentence says why, what to do and what still holds."""

    def __init__(self, sentence: str, *, field: str = "", because: Because | None = None) -> None:
        super().__init__("refused")  # the sentence may hold what somebody typed, and traces are logged
        self.sentence = sentence
        self.field = field
        self.because = because


class NotForYou(NotDone):
    """Whoever asked may not read it: said to them alone, wherever they asked."""


class RecordSilent(HandlerError):
    """The record did not answer in time."""


class NotShown(HandlerError):
    """Slack did not take the view; its own word for why, or the kind of error."""
