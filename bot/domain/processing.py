"""What the processing log holds (Data Protection Act 2018, s.62): who did what to whose data, when, and what for. Pure.

The purpose is in each line without anybody being asked for it: the case, the roles held then, and the action. What was
said, or what a case looks like, is in none of them: the log outlives the case.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from bot.domain.events import (
    AnyEvent,
    Attended,
    Described,
    EnquiryDone,
    Entry,
    EpisodesShown,
    InformationReceived,
    Interviewed,
    Located,
    MarkersAnswered,
    Noted,
    PpnRecorded,
    Reported,
)
from bot.domain.people import TIMER, Role


class ProcessingKind(StrEnum):
    """The six of s.62(1). The values are stored."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"


MEMBERS = "members"
"""The action of a disclosure to whoever is in a channel now: of all that stands there."""


class Processing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the log. Its fields are stored in this order: one is only ever added, at the end, with a default."""

    kind: ProcessingKind
    at: datetime  # aware, UTC
    by: str  # a person's id; `timer` for what the bot does by itself
    action: str  # what was opened, taken, posted
    ref: str = ""  # of the case; "" for several
    roles: frozenset[Role] = frozenset()  # held then
    surface: str = ""  # where it was done: slack, terminal, terminal:machine-user
    place: str = ""  # the channel, person or way; "" where Slack does not say, and at a terminal
    allowed: bool = True  # of a consultation: one that was refused is noted too
    refs: tuple[str, ...] = ()  # what was shown together: with `ref`, of a combination; on the board
    to: tuple[str, ...] = ()  # of a disclosure: who was there to read it, ids in order
    entries: int = 0  # of an erasure: how many entries the case had
    digest: str = ""  # of an erasure: the last link of the case's chain
    asked_by: str = ""  # of an erasure, which two people decide: the first of them
    export: str = ""  # of an erasure: the sum of the export that was made before


# What tells something new of a child; every other step changes how what is known stands.
_COLLECTING = (
    *(Reported, MarkersAnswered, Described, InformationReceived, Noted),
    *(Attended, Located, Interviewed, EnquiryDone, PpnRecorded),
)


class _Doer(NamedTuple):
    by: str
    roles: frozenset[Role]
    surface: str
    kind: ProcessingKind


def of_step(ref: str, entries: Iterable[Entry]) -> Iterator[Processing]:
    """A step on a record, as the log has it: a line for each kind and person, for what they did together.

    What the engine notes of its own pages alters nothing that is known of anybody: who read them is a disclosure.
    """
    told = [entry for entry in entries if entry.by != TIMER.id]
    for doer, together in groupby(told, _doer):
        some = list(together)
        yield Processing(
            kind=doer.kind,
            at=some[0].at,
            by=doer.by,
            roles=doer.roles,
            surface=doer.surface,
            ref=ref,
            action=", ".join(dict.fromkeys(_called(type(entry.event)) for entry in some)),
            refs=_combined(some),
        )


def _doer(entry: Entry) -> _Doer:
    return _Doer(entry.by, entry.roles, entry.surface, _kind(entry.event))


def _kind(event: AnyEvent) -> ProcessingKind:
    if isinstance(event, EpisodesShown):
        return ProcessingKind.COMBINATION
    return ProcessingKind.COLLECTION if isinstance(event, _COLLECTING) else ProcessingKind.ALTERATION


@cache
def _called(event: type[AnyEvent]) -> str:
    """EnquirySet: enquiry set."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", event.__name__).lower()


def _combined(entries: Sequence[Entry]) -> tuple[str, ...]:
    shown = [entry.event.refs for entry in entries if isinstance(entry.event, EpisodesShown)]
    return tuple(ref for refs in shown for ref in refs)
