"""`missing-bot verify --anchor FILE`: has the record come at least as far as it had when that anchor was written?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from msgspec import to_builtins

from bot.anchor import AnchorGap, Difference, NoAnchor, SignedAnchor, opened
from bot.ports.anchors import RecordHeads
from bot.views.wording import anchor_words
from cli.compose.shared import Shared
from workers.anchors.anchor_keeper import behind
from workers.anchors.folder import AnchorFolder


class NotAnAnchor(click.ClickException):
    exit_code = 2


def checked(ours: Shared, file: Path) -> tuple[list[str], dict[str, Any]]:
    """What is to be said, and the same for a program. Raises NotAnAnchor, StoreUnavailable."""
    heads, zone = ours.stores.heads, ours.setting.zone
    try:
        signed = opened(file.read_bytes(), heads.signature)
    except NoAnchor as no:
        raise NotAnAnchor(f"{file} {no}.") from None
    found = [
        *behind(heads, signed),
        *_torn(AnchorFolder(file.parent, ours.settings.prefix), file, signed, heads),
    ]
    said = [*anchor_words.lines(signed, found, zone), anchor_words.ending(signed, found, zone)]
    return said, {**_about(signed), "ok": not found, "found": [to_builtins(each) for each in found]}


def _torn(folder: AnchorFolder, file: Path, signed: SignedAnchor, heads: RecordHeads) -> Iterator[Difference]:
    """Where the file before it lies in the same folder, it has to be the one that it names."""
    before = folder.before(file)
    if before is None:
        return
    try:
        is_named = opened(before.read_bytes(), heads.signature).total == signed.anchor.before
    except NoAnchor:
        is_named = False
    if not is_named:
        yield Difference(kind=AnchorGap.TORN, what=before.name)


def _about(signed: SignedAnchor) -> dict[str, Any]:
    anchor = signed.anchor
    records = len(anchor.standings.records)
    return {"at": anchor.at.isoformat(), "total": signed.total, "before": anchor.before, "records": records}
