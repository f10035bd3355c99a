"""What may be said of an error that nobody foresaw: its kind, and where. Never its words: they may be a person's."""

from traceback import format_tb


def told(error: BaseException) -> dict[str, str]:
    """For a log line."""
    return {"why": type(error).__name__, "trace": "".join(format_tb(error.__traceback__))}
