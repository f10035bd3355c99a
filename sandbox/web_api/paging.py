"""Cursors: an opaque place to go on from."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from sandbox.errors import ApiError
from sandbox.web_api.args import Args
from sandbox.wire import JSON

T = TypeVar("T")


def page(everything: Sequence[T], args: Args, default: int = 100, most: int = 1000) -> tuple[list[T], JSON]:
    """One page, and the metadata that names the next."""
    limit = args.number("limit", default)
    if not 1 <= limit <= most:
        raise ApiError("invalid_limit")
    start = _place(args.text("cursor"))
    end = start + limit
    cursor = _cursor(end) if end < len(everything) else ""
    return list(everything[start:end]), {"response_metadata": {"next_cursor": cursor}}


def _cursor(place: int) -> str:
    return base64.b64encode(f"next:{place}".encode()).decode()


def _place(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        word, place = base64.b64decode(cursor, validate=True).decode().split(":")
        if word == "next":
            return int(place)
    except (binascii.Error, ValueError) as problem:
        raise ApiError("invalid_cursor") from problem
    raise ApiError("invalid_cursor")
