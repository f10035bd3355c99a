"""What may be said of an error that nobody foresaw: its kind, and where. Never its words: they may be a person's."""

from traceback import format_tb

import structlog

from bot.ports.errors import StoreUnavailable

log = structlog.get_logger()

_AWAY = "the record does not answer"


def told(error: BaseException) -> dict[str, str]:
    """For a log line."""
    return {"why": type(error).__name__, "trace": "".join(format_tb(error.__traceback__))}


class Failing:
    """What is tried again each second may fail for an hour. It is logged as that begins, and as it is over."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._why = ""
        self._times = 0

    def failed(self, error: BaseException) -> None:
        # Refused or late, by turns: one trouble, and no fault of ours.
        away = error.kind if isinstance(error, StoreUnavailable) else None
        why = type(error).__name__ if away is None else _AWAY
        self._times += 1
        if why == self._why:
            return
        self._why = why
        if away is None:
            log.error("fails, and is tried again", what=self._what, **told(error))
        else:
            log.warning("fails, and is tried again", what=self._what, why=why, kind=away)

    def worked(self) -> None:
        if self._why:
            log.warning("works again", what=self._what, failures=self._times)
        self._why, self._times = "", 0
