"""How a process writes its log: for eyes at a terminal, else one JSON object a line. Of an error it has kind and place:
its words may be a person's."""

import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.deadline import request_at_hand
from workers.periodic import told

Line = MutableMapping[str, Any]


def write_log() -> None:
    seen = sys.stdout.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _with_request,
            _without_words,
            structlog.dev.ConsoleRenderer() if seen else structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(),
    )


def _with_request(_logger: object, _level: str, line: Line) -> Line:
    """Slack's own id of the request on whose behalf this is done."""
    if request := request_at_hand():
        line.setdefault("request", request)
    return line


def _without_words(_logger: object, _level: str, line: Line) -> Line:
    error = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    return {**told(error), **line} if isinstance(error, BaseException) else line
