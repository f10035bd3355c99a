"""What a modal or a home page may be."""

from typing import Any

from sandbox.limits.blocks import VIEW_BLOCKS
from sandbox.limits.fields import anything, boolean, both, by_type, shape, string
from sandbox.limits.objects import plain_text
from sandbox.limits.report import Check, Report

SHARED: dict[str, Check] = {
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
    "private_metadata": string(3000, 0),
}


def submit_where_there_is_input(view: Any, at: str, report: Report) -> None:
    blocks = view.get("blocks") if isinstance(view, dict) else None
    kinds = (
        [each.get("type") for each in blocks if isinstance(each, dict)] if isinstance(blocks, list) else []
    )
    if "input" in kinds and not view.get("submit"):
        report.add("missing required field: submit", at)


MODAL = both(
    shape(
        {"type": anything, "title": plain_text(24), "blocks": VIEW_BLOCKS},
        {
            **SHARED,
            "submit": plain_text(24),
            "close": plain_text(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    submit_where_there_is_input,
)
HOME = shape({"type": anything, "blocks": VIEW_BLOCKS}, SHARED)

ONLY_MODAL = by_type({"modal": MODAL}, "type")
ONLY_HOME = by_type({"home": HOME}, "type")
