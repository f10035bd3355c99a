"""What in the record is not as the bot wrote it, as FIM and technician read of it: what, where, since when, what to do.

References and numbers alone: whoever reads it may know nothing of the child.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.ports.rosters import ROSTER
from bot.ports.tampered import Tampered, TamperKind
from bot.views.wording import doubt_words, words

LOOK = "missing-bot verify"

_SAYS = {
    TamperKind.EDITED: "{which} not as the bot wrote {it}",
    TamperKind.DROPPED: "{which} gone from the middle",
    TamperKind.SWAPPED: "entries {first} and {last} stand in each other's place",
    TamperKind.FORGED: "{which} not written by the bot",
    TamperKind.CUT: "{which} gone from the end",
    TamperKind.GONE_ON: "{which} gone from the end, and others were written in their place",
    TamperKind.PUT_BACK: "it was put back to an older state, without {which}",
    TamperKind.GONE: "nothing is left of its entries",
    TamperKind.SNAPSHOT: "what lists read of it (its snapshot) was changed, or taken away",
    TamperKind.KEY: "its key was changed, or taken away",
    TamperKind.TALLY: "the count of its entries was changed, or taken away",
    TamperKind.NOT_OPEN: "it is open, and was missing from the list of open cases",
    TamperKind.NOT_CLOSED: "it is closed, and was in the list of open cases",
    TamperKind.NOT_DUE: "the time at which it is to be looked at was gone, or too late: nobody would be paged for it",
    TamperKind.DOCUMENT: "it was not written by the bot, is older than it was, or is damaged",
}
assert _SAYS.keys() == set(TamperKind), "every kind has words"

_OF_SETS = frozenset((TamperKind.NOT_OPEN, TamperKind.NOT_CLOSED, TamperKind.NOT_DUE))
_WITHOUT_VERB = frozenset((TamperKind.PUT_BACK,))
_MENDED = "That is mended, and its clocks run: open the case, and look what is overdue."
_IS_MENDED = "That is mended."
_WILL_BE_MENDED = "A running bot mends it within a minute."
_OF_SNAPSHOTS = "Lists may have shown something older. Each step is decided from the entries."
_READ_ON_PAPER = (
    "Do not trust what the case says: ask who has it, and read its thread in Slack and the paper log."
)
_OF_HAND_OVERS = "Do not trust who is said to be on duty: ask, and say it with /missing duty."
_OF_DOCUMENTS = (
    "It was not believed: each role is held as Slack's user groups and the hand-overs say. What lay there: "
    "missing-bot damaged."
)
_WHO = "Unless you know what did it: find out who can write to the record server, and change its password."
_BACKUP = "Keep what lies there; compare it with a backup."
_FIRST = 3
_OVER = "{ref} is as the bot wrote it again."


def what(found: Tampered) -> str:
    """Without its reference: "entries 10 to 14 are gone from the end"."""
    return _SAYS[found.kind].format(
        which=_which(found), first=found.first, last=found.last, it="them" if _are_several(found) else "it"
    )


def _are_several(found: Tampered) -> bool:
    return found.last is not None and found.last != found.first


def _which(found: Tampered) -> str:
    if found.first is None:
        return "some of its entries" if found.kind in _WITHOUT_VERB else "some of its entries are"
    if _are_several(found):
        named = f"entries {found.first} to {found.last}"
        return named if found.kind in _WITHOUT_VERB else f"{named} are"
    return f"entry {found.first}" if found.kind in _WITHOUT_VERB else f"entry {found.first} is"


def line(found: Tampered, zone: ZoneInfo) -> str:
    """One thing, where it is, and since when."""
    return f"{named(found)}: {what(found)}{_since(found, zone)}."


def named(found: Tampered) -> str:
    """The record or document that it is about."""
    if found.kind is TamperKind.DOCUMENT:
        return words.sentence(doubt_words.called(found.ref))
    return _named(found.ref)


def _since(found: Tampered, zone: ZoneInfo) -> str:
    """Nobody knows the moment: it is between what was written last and was whole, and now."""
    at = max((when for when in (found.since, found.checked) if when), default=None)
    return f", some time after {_time(at, zone)}" if at else ""


def _time(at: datetime, zone: ZoneInfo) -> str:
    there = at.astimezone(zone)
    return f"{there:%H:%M} on {there.day} {there:%b %Y}"


def _named(ref: str) -> str:
    """What names no case may be anything: only what is plain text is said again."""
    if ref == ROSTER:
        return "Hand-overs"
    return ref if ref.isascii() and ref.isprintable() else ascii(ref)


def follows(found: Sequence[Tampered]) -> str:
    """What to do about one record."""
    kinds, is_mended = {each.kind for each in found}, all(each.mended for each in found)
    if kinds <= {TamperKind.SNAPSHOT}:
        return f"{_OF_SNAPSHOTS} {_IS_MENDED if is_mended else _WILL_BE_MENDED} {_WHO}"
    if kinds <= _OF_SETS | {TamperKind.SNAPSHOT}:
        return f"{_MENDED if is_mended else _WILL_BE_MENDED} {_WHO}"
    if kinds <= {TamperKind.DOCUMENT}:
        return f"{_OF_DOCUMENTS} {_WHO}"
    trust = _OF_HAND_OVERS if found[0].ref == ROSTER else _READ_ON_PAPER
    return f"{trust} {_WHO} {_BACKUP}"


def told(found: Sequence[Tampered], zone: ZoneInfo) -> str:
    """To FIM and technician, of one record."""
    first, ref = min(found, key=_earliest), found[0].ref
    said = "; ".join(dict.fromkeys(map(what, found)))
    return (
        f"The record is not as the bot wrote it. {_named(ref)}: {said}{_since(first, zone)}. {follows(found)} "
        f"Look: {LOOK} {ref}"
    )


def _earliest(found: Tampered) -> float:
    return found.since.timestamp() if found.since else 0.0


def many(found: Sequence[Tampered]) -> str:
    """Where so many were changed that nobody would read of each."""
    refs = sorted({each.ref for each in found})
    first = ", ".join(map(_named, refs[:_FIRST]))
    return f"The record is not as the bot wrote it: {len(refs)} cases, {first} and more. {follows(found)} Look: {LOOK}"


def over(ref: str) -> str:
    return words.sentence(_OVER.format(ref=_named(ref)))


def counted(found: Sequence[Tampered]) -> str:
    """For who may read no reference."""
    records = len({each.ref for each in found})
    if all(each.mended for each in found):
        return (
            f"Cases whose place in the lists of open or due cases, or snapshot, had to be mended: {records}."
        )
    return f"Records that are not as the bot wrote them: {records}. Look with `{LOOK}`."
