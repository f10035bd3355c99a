"""The hourly anchor of the record: that it can leave, and where it goes."""

import os
from collections.abc import Iterator
from pathlib import Path

from cli.doctor.finding import Finding, FindingState, ok, wrong
from config.settings import Settings
from workers.anchors.folder import AnchorFolder

_ABOUT = "anchor of the record"
_FOLDER = "MISSING_ANCHOR__FOLDER"
_OTHERS_WRITE = 0o022


def look(settings: Settings) -> Iterator[Finding]:
    given = settings.anchor
    if given.folder is None and not given.way:
        says = "none leaves this machine: nothing would tell that the record server was put back to an older state"
        yield _note(says, f"set {_FOLDER} (docs/security.md)")
    if given.folder is not None:
        yield _folder(given.folder, settings.prefix)
    if given.way:
        yield ok(_ABOUT, f"leaves each hour by the technician's {given.way}", "MISSING_ANCHOR__WAY")


def _folder(folder: Path, prefix: str) -> Finding:
    if not folder.is_dir():
        return wrong(_ABOUT, f"{folder} is no folder", "make it, for the bot's user alone", _FOLDER)
    if not os.access(folder, os.W_OK | os.X_OK):
        return wrong(
            _ABOUT, f"{folder} cannot be written to by this user", "let the bot's user write there", _FOLDER
        )
    if folder.stat().st_mode & _OTHERS_WRITE:
        return _note(f"{folder} can be written to by others", f"chmod go-w {folder}")
    newest = AnchorFolder(folder, prefix).newest()
    return ok(_ABOUT, f"the newest is {newest.name}" if newest else "its folder waits for the first", _FOLDER)


def _note(says: str, mend: str) -> Finding:
    return Finding(about=_ABOUT, state=FindingState.NOTE, says=says, mend=mend, setting=_FOLDER)
