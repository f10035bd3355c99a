"""What Slack's libraries log, by its kind and place. Their own words repeat what somebody typed, or print a trace."""

import logging
from pathlib import Path

import structlog

log = structlog.get_logger()


class ByKind(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        why = type(error).__name__ if error else record.levelname.lower()
        log.error("slack's library", at=f"{Path(record.pathname).name}:{record.lineno}", why=why)


def quiet_logger() -> logging.Logger:
    """For Bolt and its connection: errors only, and no word of theirs."""
    logger = logging.getLogger("handlers.bolt")
    logger.setLevel(logging.ERROR)
    logger.handlers = [ByKind()]
    logger.propagate = False
    return logger
