"""What libraries log, by its kind and place. Their own words repeat what somebody typed, or print a trace."""

import logging
from pathlib import Path

import structlog

log = structlog.get_logger()


class ByKind(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        why = type(error).__name__ if error else record.levelname.lower()
        log.error("a library's trouble", library=record.name, at=_place(record), why=why)


def _place(record: logging.LogRecord) -> str:
    return f"{Path(record.pathname).name}:{record.lineno}"


def quiet(name: str) -> logging.Logger:
    """The library's logger of that name: errors only, and no word of theirs."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.ERROR)
    logger.handlers = [ByKind()]
    logger.propagate = False
    return logger
