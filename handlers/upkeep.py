"""What is redrawn by itself: home pages, the board, and page 2 of a report while its pages are on their way.

It holds up no answer to anybody.
"""

from collections.abc import Callable

import structlog

from handlers.board_keeper import BoardKeeper
from handlers.homes import Homes
from handlers.parts import Parts
from handlers.second_pages import SecondPages

log = structlog.get_logger()


class Upkeep:
    def __init__(self, parts: Parts) -> None:
        self.homes = Homes(parts)
        self.board = BoardKeeper(parts)
        self.second_pages = SecondPages(parts)

    def turn(self) -> None:
        """One look. What fails is a picture: the record has the step, and the next look tries again."""
        self._try("home pages", self.homes.turn)
        self._try("board", self.board.turn)
        self._try("second pages", self.second_pages.turn)

    def _try(self, what: str, turn: Callable[[], None]) -> None:
        try:
            turn()
        except Exception as error:  # noqa: BLE001 - the others are still kept, and this one looked at again
            log.warning("not kept up to date", what=what, why=type(error).__name__)
