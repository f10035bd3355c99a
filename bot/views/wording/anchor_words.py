"""Anchors of the record, as FIM and technician read of them: what leaves each hour, and what they found."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.anchor import AnchorGap, Difference, SignedAnchor
from bot.ports.anchors import PROCESSING_LOG
from bot.ports.rosters import ROSTER
from bot.views.wording import doubt_words, words

TITLE = "missing-bot: anchor of the record"
LOOK = "missing-bot verify --anchor"

_NAMED = 5  # records, before the others are counted
_SHOWN = 16  # hexadecimal digits of a hash, to compare by eye

_LOST = (
    "Steps are lost, or somebody took them away: read the threads in Slack and the paper log, and enter again what is "
    "missing."
)
_MEND = "Technician: was a backup put back? If not, look who can write to the record server, and change its password."


def leaves(signed: SignedAnchor) -> str:
    """By a way beside Slack, each hour. It asks nobody for anything."""
    anchor = signed.anchor
    return (
        f"{anchor.at:%d %b %Y %H:%M} UTC: {_records(len(anchor.standings.records))}, {_entries(anchor.entries)}, hash "
        f"{signed.total}. Nothing is to be done: keep this message, it proves later how far the record had come."
    )


def lines(signed: SignedAnchor, found: Sequence[Difference], zone: ZoneInfo) -> list[str]:
    """One for each difference: which record, and since when."""
    then = f"at {_moment(signed.anchor.at, zone)}"
    return [f"{words.sentence(_said(each, then))}." for each in found]


def ending(signed: SignedAnchor, found: Sequence[Difference], zone: ZoneInfo) -> str:
    count = len(signed.anchor.standings.records)
    when = (
        f"the anchor of {_moment(signed.anchor.at, zone)} ({_records(count)}, hash {signed.total[:_SHOWN]}…)"
    )
    return f"{_LOST} {_MEND}" if found else f"Nothing of {when} is missing."


def told(signed: SignedAnchor, found: Sequence[Difference], zone: ZoneInfo) -> str:
    """To FIM and technician."""
    when = _moment(signed.anchor.at, zone)
    named = "; ".join(_said(each, "then") for each in found[:_NAMED])
    more = f"; and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"The record is older than it was at {when}: {named}{more}. {_LOST} {_MEND} All of it: {LOOK}."


def _said(found: Difference, then: str) -> str:
    """`then`: "at 14:07 on 2 Mar 2026", or "then" where that was said before."""
    match found.kind:
        case AnchorGap.GONE:
            return f"{_ref(found.what)} is gone, which had {_entries(found.then)} {then}"
        case AnchorGap.FEWER:
            return f"{_ref(found.what)} has {_entries(found.now)}, and had {found.then} {then}"
        case AnchorGap.OTHER:
            return f"{_ref(found.what)}: entry {found.then}, or one before it, is not what it was {then}"
        case AnchorGap.DOCUMENT:
            return (
                f"{doubt_words.called(found.what)} is older than it was {then}, or not written by missing-bot"
            )
        case AnchorGap.TORN:
            return f"the anchor before it ({found.what}) is not the one that it names: one was taken away, or put there"
        case AnchorGap.REOPENED:
            return f"what lies in clear is believed again, as it was not {then}: run missing-bot keys rotate"


def _ref(ref: str) -> str:
    return {ROSTER: "the record of hand-overs", PROCESSING_LOG: "the processing log"}.get(ref, ref)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count} records"


def _moment(at: datetime, zone: ZoneInfo) -> str:
    there = at.astimezone(zone)
    return f"{there:%H:%M} on {there.day} {there:%b %Y}"


def not_written(folder: str, host: str, why: str) -> str:
    return (
        f"The hourly anchor of the record cannot be written to {folder} on the machine {host} ({why}). Mend the "
        "folder, or set MISSING_ANCHOR__FOLDER to another one."
    )


def written(host: str) -> str:
    return f"The hourly anchor of the record is written again on the machine {host}."


def not_an_anchor(file: str, why: str) -> str:
    return f"The anchor {file} {why}: find out who can write to its folder."


def machine_moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
