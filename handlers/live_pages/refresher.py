"""What is redrawn by itself: home pages, the board, and page 2 of a report while its pages are on their way.

It holds up no answer to anybody.
"""

from collections.abc import Callable

import structlog

from handlers.dependencies import Dependencies
from handlers.live_pages.board_keeper import BoardKeeper
from handlers.live_pages.open_homes import Homes
from handlers.live_pages.second_pages import SecondPages

log = structlog.get_logger()


class Refresher:
    def __init__(self, deps: Dependencies) -> None:
        self.homes = Homes(deps)
        self.board = BoardKeeper(deps)
        self.second_pages = SecondPages(deps)

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
