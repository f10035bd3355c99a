"""How often a surface may be redrawn by itself. Machine time, in seconds."""

from bot.time import LONGEST_WAIT, is_ahead, later_of

EVERY = 10.0  # between two redraws of one home page, or of the board


class RedrawPace:
    """Open again so long after each pass, and not before any moment until which it was shut."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._opens = float("-inf")

    def is_open(self, now: float) -> bool:
        return not is_ahead(self._opens, now)

    def passed(self, now: float) -> None:
        self._opens = now + self._every

    def open(self) -> None:
        """Somebody waits to see what they did."""
        self._opens = float("-inf")

    def shut(self, now: float, wait: float) -> None:
        """Slack asked to wait; for longer than the longest, it is asked again after that."""
        self._opens = later_of(self._opens, now + min(wait, LONGEST_WAIT))
