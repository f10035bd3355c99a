"""What an export of a case holds: how it stands, its whole timeline, who made it when, and the sum of all that."""

import json
from collections.abc import Callable, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Any

from msgspec import structs

from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.people import BY_RANK, TIMER, Role
from bot.ports.rosters import Directory
from bot.views.blocks import MARKING
from bot.views.plain import plain_case
from bot.views.plain.plain_text import one_line, plain
from bot.views.screen import Screen
from bot.views.wording import words
from bot.views.wording.thread_line import untimed

FORMAT = 1
_CODED = (
    "training",
    "incident",
    "status",
    "category",
    "grade",
    "age",
    "name",
    "told_at",
    "markers",
    "child_rescue_alert",
)
SUM = "sha256"


class Redaction(StrEnum):
    """What is left out. Codes, times and the force's own numbers stay in each."""

    NONE = "none"
    STAFF = "staff"  # who of the force did what: by role alone
    REFERENCES = "references"  # names, places and anybody's own words: what reference-only mode shows


def exported(
    case: Case, entries: Sequence[Entry], screen: Screen, redaction: Redaction, made_by: str
) -> dict[str, Any]:
    """JSON, as it stands. `made_by`: a person's name."""
    screen = _redacted(screen, entries, redaction)
    standing = plain_case.document(case, entries, screen)
    document = {
        "format": FORMAT,
        "marking": MARKING,
        "ref": case.ref,
        "redaction": redaction.value,
        "made_at": screen.now.astimezone(screen.zone).isoformat(timespec="seconds"),
        "made_by": made_by,
        "headline": plain(plain_case.headline(case, screen)),
        "case": {name: standing[name] for name in _CODED if name in standing},
        "sections": [
            {"title": title.capitalize(), "lines": [plain(line) for line in lines]}
            for title, lines in plain_case.sections(case, screen)
        ],
        "timeline": [_step(entry, said, screen) for entry in entries if (said := untimed(entry, screen))],
        "steps": len(entries),
    }
    return document | {SUM: sum_of(document)}


def _step(entry: Entry, said: str, screen: Screen) -> dict[str, str]:
    return {
        "at": entry.at.astimezone(screen.zone).isoformat(timespec="seconds"),
        "type": type(entry.event).__name__,
        "surface": entry.surface,
        "says": one_line(plain(said)),
    }


def sum_of(document: dict[str, Any]) -> str:
    """Of everything in it but the sum itself, whatever the order it is written in."""
    said = {name: value for name, value in document.items() if name != SUM}
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _redacted(screen: Screen, entries: Sequence[Entry], redaction: Redaction) -> Screen:
    if redaction is Redaction.REFERENCES:
        return structs.replace(screen, full=False)
    if redaction is Redaction.STAFF:
        return structs.replace(screen, directory=ByRole(screen.directory, entries))
    return structs.replace(screen, full=True)  # also what was recorded before Slack was to have no names


class ByRole:
    """Staff without their names: the role in which each first took a step, and a number where several did."""

    def __init__(self, directory: Directory, entries: Sequence[Entry]) -> None:
        self._directory = directory
        self._said: dict[str, str] = {}
        self._of_role: dict[Role | None, int] = {}
        for entry in entries:
            if entry.by != TIMER.id:
                self._name(entry.by, next((role for role in BY_RANK if role in entry.roles), None))

    def name(self, person: str) -> str:
        return self._name(person, None)

    def _name(self, person: str, role: Role | None) -> str:
        if person not in self._said:
            number = self._of_role[role] = self._of_role.get(role, 0) + 1
            called = words.ROLES[role] if role else "member of staff"
            self._said[person] = f"{called} {number}"
        return self._said[person]

    def __getattr__(self, asked: str) -> Callable[..., Any]:
        return getattr(self._directory, asked)  # type: ignore[no-any-return]
