"""How often a surface may be redrawn by itself. Machine time, in seconds."""

EVERY = 10.0  # between two redraws of one home page, or of the board


class Pace:
    """Open again so long after each pass, and not before any moment until which it was shut."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._opens = float("-inf")

    def is_open(self, now: float) -> bool:
        return now >= self._opens

    def passed(self, now: float) -> None:
        self._opens = now + self._every

    def open(self) -> None:
        """Somebody waits to see what they did."""
        self._opens = float("-inf")

    def shut(self, until: float) -> None:
        """Slack asked to wait."""
        self._opens = max(self._opens, until)
