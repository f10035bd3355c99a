"""Block Kit's limits. `check_blocks` and `check_view` refuse what Slack refuses, in its words."""

from typing import Any

from sandbox.errors import ApiError
from sandbox.limits.blocks import MESSAGE_BLOCKS
from sandbox.limits.report import Report
from sandbox.limits.views import ONLY_HOME, ONLY_MODAL
from sandbox.wire import dumps

# Undocumented. Slack counts the containers too: a text sum well under 12,000 has been refused.
ALL_BLOCKS = 13_200
VIEW_BYTES = 250_000


def check_blocks(blocks: Any) -> None:
    report = Report()
    MESSAGE_BLOCKS(blocks, "/blocks", report)
    if report:
        raise ApiError("invalid_blocks", *report.findings, errors=report.findings)


def check_total(blocks: Any, error: str) -> None:
    """Only the Web API counts this: the same blocks may go out through a response url."""
    if len(dumps(blocks)) > ALL_BLOCKS:
        raise ApiError(error)


def check_view(view: Any, kind: str) -> None:
    report = Report()
    (ONLY_MODAL if kind == "modal" else ONLY_HOME)(view, "/view", report)
    if report:
        raise ApiError("invalid_arguments", *report.findings)
    if len(dumps(view).encode()) > VIEW_BYTES:
        raise ApiError("view_too_large")
