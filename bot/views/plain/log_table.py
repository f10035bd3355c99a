"""The processing log as rows for a terminal, and as a document for another program. Nothing else is made of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from bot.domain.people import BY_RANK, TIMER
from bot.domain.processing import Processing, ProcessingKind
from bot.ports.log_reader import LogFinding, LoggedLine, Proof
from bot.views.blocks import MARKING
from bot.views.plain.plain_text import aligned, one_line
from bot.views.screen import Screen
from bot.views.wording import naming, words

_DID = {
    ProcessingKind.COLLECTION: "collected",
    ProcessingKind.ALTERATION: "altered",
    ProcessingKind.CONSULTATION: "looked at",
    ProcessingKind.DISCLOSURE: "disclosed",
    ProcessingKind.COMBINATION: "combined",
    ProcessingKind.ERASURE: "erased",
}
assert _DID.keys() == set(ProcessingKind), "every kind has words"

_BEFORE = "Marked ?: noted before the log was chained. Nothing proves that they are as they were written."
_FEW = 3  # references, or people, that are named in a row


def table(lines: Sequence[LoggedLine], screen: Screen) -> str:
    """A line each, oldest first."""
    rows = [_row(line, line.said, screen) for line in lines if line.said]
    lost = [line.number for line in lines if line.said is None]
    said = [
        f"{'1 line' if len(rows) == 1 else f'{len(rows)} lines'} · as at {_time(screen.now, screen)}",
        *_lost(lost),
        *aligned(rows),
    ]
    if any(line.proof is Proof.BEFORE for line in lines):
        said.append(_BEFORE)
    return "\n".join([*said, MARKING])


def _lost(numbers: Sequence[int]) -> list[str]:
    if not numbers:
        return []
    return [f"Cannot be read: line {', '.join(map(str, numbers))}. Call the technician: missing-bot damaged."]


def _row(line: LoggedLine, said: Processing, screen: Screen) -> list[str]:
    mark = "? " if line.proof is Proof.BEFORE else ""
    did = _DID[said.kind] if said.allowed else "refused"
    cells = [
        mark + _time(said.at, screen),
        _who(said.by, screen),
        ", ".join(words.ROLES[role] for role in BY_RANK if role in said.roles),
        f"{did}: {said.action}",
        said.ref or "-",
        _where(said, screen),
    ]
    return [one_line(cell) for cell in cells]


def _who(person: str, screen: Screen) -> str:
    return "the bot" if person == TIMER.id else naming.plain_staff(person, screen)


def _where(said: Processing, screen: Screen) -> str:
    with_ = f"with {_some(said.refs)}" if said.refs else ""
    to = f"to {_some([_who(person, screen) for person in said.to])}" if said.to else ""
    erased = f"{said.entries} entries, {said.digest[:12]}" if said.kind is ProcessingKind.ERASURE else ""
    return " · ".join(part for part in (said.surface, said.place, with_, to, erased) if part)


def _some(things: Sequence[str]) -> str:
    more = len(things) - _FEW
    return ", ".join(things[:_FEW]) + (f" and {more} more" if more > 0 else "")


def _time(at: datetime, screen: Screen) -> str:
    return _stamp(at, screen.zone)


def _stamp(at: datetime, zone: tzinfo) -> str:
    """With its year: a log is read after years."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def document(lines: Iterable[LoggedLine], screen: Screen) -> list[dict[str, Any]]:
    """One object a line, oldest first; what cannot be read has `unreadable` in place of what it says."""
    return [_object(line, screen) for line in lines]


def _object(line: LoggedLine, screen: Screen) -> dict[str, Any]:
    head: dict[str, Any] = {"number": line.number, "proof": line.proof.value}
    if line.said is None:
        return {**head, "unreadable": True}
    said = {name: getattr(line.said, name) for name in Processing.__struct_fields__}
    at = line.said.at.astimezone(screen.zone).isoformat()
    roles = [role.value for role in BY_RANK if role in line.said.roles]
    plain: dict[str, Any] = msgspec.to_builtins({**said, "at": at, "roles": roles})
    return {**head, **plain, "name": _who(line.said.by, screen)}


def finding(found: LogFinding, zone: tzinfo) -> str:
    """Where, and between which times."""
    lines = f"line {found.first}" if found.first == found.last else f"lines {found.first} to {found.last}"
    after = f", after {_stamp(found.since, zone)}" if found.since else ""
    until = f", up to {_stamp(found.until, zone)}" if found.until else ""
    return f"Processing log, {lines}{after}{until}: {found.fault.value}."
