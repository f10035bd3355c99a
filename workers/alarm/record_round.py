"""The reconciler's round through the record: is it as the bot wrote it? All of it quickly, and a slice of it closely.

What was taken out of the sets of open and of due cases is put back at once: nobody looks at a child whose case is in
neither. A snapshot is made anew. What was found lies in a document, so that each bot tells of it, and none twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.ports.damaged import read
from bot.ports.errors import StoreUnavailable
from bot.ports.notes import Documents
from bot.ports.tampered import RecordChecks, Tampered, TamperKind
from bot.time import CaseClock, MachineClock
from bot.views.wording import tamper_words
from workers.alarm.matters import Found, Matter

SLICE = 100  # records looked at closely in one round of the reconciler
_DOCUMENT = "record checked"
_MENDED = frozenset((TamperKind.NOT_OPEN, TamperKind.NOT_CLOSED, TamperKind.NOT_DUE, TamperKind.SNAPSHOT))
"""What follows from the entries and their tally. A snapshot is made anew only where nothing else is wrong."""
_REMEMBERED = 86_400.0  # machine seconds for which it is said that something was mended
_BY_NAME = 5  # records that are told one by one; of more, how many

Findings = Sequence[Tampered]


class Mended(Struct, frozen=True):
    found: Tampered
    at: float  # machine seconds


class Checked(Struct, frozen=True, kw_only=True):
    standing: Mapping[str, tuple[Tampered, ...]] = {}
    mended: tuple[Mended, ...] = ()
    whole: datetime | None = None  # when the last round that has looked at every record began, in case time


class RecordRound:
    def __init__(
        self, checks: RecordChecks, documents: Documents, clock: CaseClock, machine: MachineClock
    ) -> None:
        self._checks = checks
        self._documents = documents
        self._clock = clock
        self._machine = machine
        self._ring: Iterator[str] = iter(())
        self._begun: datetime | None = None  # the round that is going on, in case time
        self._whole: datetime | None = None  # the last one that came to its end
        self._clean: dict[str, datetime] = {}
        self._standing: dict[str, tuple[Tampered, ...]] = {}
        self._mended: tuple[Mended, ...] = ()

    def look(self) -> None:
        """Raises StoreUnavailable."""
        try:
            self._look()
        except StoreUnavailable:
            self._begun = None  # which records it has not looked at is not known: the round begins anew
            raise

    def _look(self) -> None:
        before, now = checked(self._documents), self._clock.now()
        some = self._slice(now)
        refs = dict.fromkeys((*before.standing, *self._standing, *self._checks.suspects(), *some))
        found = {ref: self._look_at(ref, now) for ref in refs}
        self._standing = {ref: _as_told(before, ref, some) for ref, some in found.items() if some}
        after = Checked(
            standing=self._standing, mended=self._remembered(before), whole=self._whole or before.whole
        )
        if after != before:
            self._documents.put(_DOCUMENT, msgspec.json.encode(after))

    def _slice(self, now: datetime) -> tuple[str, ...]:
        """Where it is the last one of a round, the next round begins."""
        if self._begun is None:
            self._begun, self._ring = now, self._checks.refs()
        some = tuple(islice(self._ring, SLICE))
        for ref in some:
            self._checks.begin(ref)
        if len(some) < SLICE:
            self._whole, self._begun = self._begun, None
        return some

    def _look_at(self, ref: str, now: datetime) -> tuple[Tampered, ...]:
        """What stands; what does no more was mended."""
        found = self._checks.check(ref)
        if any(each.kind in _MENDED for each in found):
            found = self._mend(ref, found)
        if not found:
            self._clean[ref] = now
        return tuple(replace(each, checked=self._clean.get(ref)) for each in found)

    def _mend(self, ref: str, found: Findings) -> tuple[Tampered, ...]:
        self._checks.mend(ref)
        if {each.kind for each in found} <= _MENDED and any(
            each.kind is TamperKind.SNAPSHOT for each in found
        ):
            self._checks.fold_anew(ref)
        left = self._checks.check(ref)
        kinds, now = {each.kind for each in left}, self._machine.seconds()
        self._mended += tuple(
            Mended(replace(each, mended=True, checked=self._clean.get(ref)), now)
            for each in found
            if each.kind in _MENDED - kinds
        )
        return left

    def _remembered(self, before: Checked) -> tuple[Mended, ...]:
        now = self._machine.seconds()
        known = dict.fromkeys((*before.mended, *self._mended))
        self._mended = tuple(each for each in known if abs(now - each.at) < _REMEMBERED)
        return self._mended


def _as_told(before: Checked, ref: str, found: Findings) -> tuple[Tampered, ...]:
    """What was found before is told as it was then: it began then."""
    known = {_same(each): each for each in before.standing.get(ref, ())}
    return tuple(known.get(_same(each), each) for each in found)


def _same(found: Tampered) -> tuple[object, ...]:
    return found.kind, found.first, found.last


def checked(documents: Documents) -> Checked:
    return read(documents, _DOCUMENT, Checked) or Checked()


# What FIM and technician are told.


def tampered(documents: Documents, zone: ZoneInfo) -> Found:
    """Raises StoreUnavailable."""
    known = checked(documents)
    mended: dict[str, list[Tampered]] = {}
    for each in known.mended:
        mended.setdefault(each.found.ref, []).append(each.found)
    return {**_told("changed", known.standing, zone, is_over=True), **_told("mended", mended, zone)}


def _told(name: str, found: Mapping[str, Findings], zone: ZoneInfo, *, is_over: bool = False) -> Found:
    every = [each for some in found.values() for each in some]
    openly = tamper_words.counted(every)
    if len(found) > _BY_NAME:
        return {f"record {name}": Matter(says=tamper_words.many(every), openly=openly, lasts=False)}
    return {
        f"record {name} {ref}": Matter(
            says=tamper_words.told(some, zone),
            over=tamper_words.over(ref) if is_over else "",
            openly=openly,
            lasts=False,
        )
        for ref, some in found.items()
    }
