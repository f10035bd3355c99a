"""What cannot be read back from the record, as the technician reads of it: what it is, and what follows."""

from collections import Counter
from collections.abc import Sequence

from bot.ports.damaged import Damaged, DamageKind
from bot.ports.rosters import ROSTER
from bot.views.wording import doubt_words, words

LOOK = "missing-bot damaged"

_CALLED = {
    DamageKind.ROW: "rows of the outbox",
    DamageKind.ENTRY: "entries of records",
    DamageKind.DOCUMENT: "documents",
    DamageKind.PLACE: "places of messages",
    DamageKind.DRAFT: "drafts",
    DamageKind.TEXT: "texts",
    DamageKind.CONSULTATION: "lines of the processing log",
    DamageKind.DUE: "names in the due index",
    DamageKind.PACE: "times and counts",
}
assert _CALLED.keys() == set(DamageKind), "every kind has words"

_FOLLOWS = {
    DamageKind.ROW: "Not written again yet: its case cannot be read, or its name is damaged too. A page that lies in "
    "no lane is written again within 90 seconds; a line or a card may be missing in Slack.",
    DamageKind.ENTRY: "Its record cannot be read to its end. Put the entry back from a backup.",
    DamageKind.PLACE: "The message that stood there is not found any more: the next one is posted anew, and the old "
    "one may look open.",
    DamageKind.DRAFT: "What was typed into a form that was lost is not offered again.",
    DamageKind.TEXT: "A reply with its code is not understood, or nobody asks whether the text arrived.",
    DamageKind.CONSULTATION: "It stays in the log as it is.",
    DamageKind.DUE: "It named no case. A case whose clocks are overdue is found by the reconciler within 60 seconds.",
    DamageKind.PACE: "Written anew by itself.",
}
_OF_DOCUMENTS = {
    "planned turns": "Nobody is asked to hand over by the plan. Import it again: missing-bot duty import.",
    "board wanted": "Look whether the board is kept up; a supervisor can have it again: /missing board.",
    "board placed": "The board was posted anew; the one before it stands still. Delete that one in Slack.",
    "alarms": "A banner that is over may stand on as it was. Look at it in the FIM's channel.",
}
_ANEW = "Written anew by itself, within minutes."
_MENDED = "Written again from the record: nothing is missing."


def follows(damaged: Damaged) -> str:
    """What that means now, and what is to be done."""
    if damaged.mended:
        return _MENDED
    if damaged.kind is DamageKind.ENTRY and damaged.name.startswith(ROSTER):
        return f"{_FOLLOWS[damaged.kind]} Or go on without it: {LOOK} dismiss hand-overs."
    if damaged.kind is DamageKind.DOCUMENT:
        return _OF_DOCUMENTS.get(damaged.name, _ANEW)
    return _FOLLOWS[damaged.kind]


def line(damaged: Damaged) -> str:
    """Of a list. Nothing of what it holds."""
    where = f", lane {damaged.lane}" if damaged.lane else ""
    size = f"{len(damaged.stored)} bytes" if damaged.stored else "nothing is left of it"
    doubt = f", {doubt_words.SHORT[damaged.doubt]}" if damaged.doubt else ""
    return f"{damaged.id}{where}, {size}{doubt}. {follows(damaged)}"


def counted(found: Sequence[Damaged]) -> str:
    """ "rows of the outbox: 2; documents: 1"."""
    kinds = Counter(damaged.kind for damaged in found)
    return "; ".join(f"{_CALLED[kind]}: {count}" for kind, count in kinds.items())


def told(found: Sequence[Damaged]) -> str:
    """To the technician, once for each new one."""
    return (
        f"In the record cannot be read, and is kept as it is: {counted(found)}. Everything else goes on. "
        f"Look, put back or strike off: {LOOK}."
    )


OVER = words.sentence("nothing that cannot be read is kept any more.")
