"""What stands behind each word after `/missing`."""

from collections.abc import Callable

from msgspec import Struct

from bot.views.message import Message, View
from handlers.dependencies import Body, Dependencies
from handlers.intake import person_of


class WordAsked(Struct, frozen=True):
    """One command: what was typed after its word, and by whom."""

    rest: str
    body: Body
    deps: Dependencies

    @property
    def person(self) -> str:
        return person_of(self.body)


# A message is for the person who typed, a view is opened before them. Raises NotDone where it can be neither.
Word = Callable[[WordAsked], Message | View]
