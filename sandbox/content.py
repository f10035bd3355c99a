"""What an app says in a message, checked, wherever it says it."""

from typing import Any

from sandbox.errors import ApiError
from sandbox.limits import check_blocks
from sandbox.wire import JSON

TRUNCATED_AT = 40_000
METADATA_BYTES = 10_000


def checked(content: JSON) -> JSON:
    """Something must be said, and blocks must be within Slack's limits."""
    if not any(content.get(part) for part in ("text", "blocks", "attachments")):
        raise ApiError("no_text")
    blocks = content.get("blocks")
    if blocks is not None and not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    check_blocks(blocks or [])
    check_metadata(content.get("metadata"))
    return {**content, "text": (content.get("text") or "")[:TRUNCATED_AT] or None}


def check_metadata(metadata: Any) -> None:
    if metadata is None:
        return
    if not isinstance(metadata, dict):
        raise ApiError("invalid_metadata_format")
    named = isinstance(metadata.get("event_type"), str) and metadata["event_type"]
    if not named or not isinstance(metadata.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    if len(str(metadata)) > METADATA_BYTES:
        raise ApiError("metadata_too_large")
