"""The processing log, beside the record and the posts."""

from collections import Counter

from benchmarks.soak.evidence import Evidence, Offender
from bot.domain.people import TIMER
from bot.domain.processing import Processing, ProcessingKind
from bot.ports.places import case_key

_OF_STEPS = (ProcessingKind.COLLECTION, ProcessingKind.ALTERATION, ProcessingKind.COMBINATION)


def steps(found: Evidence) -> list[Offender]:
    """Each person's step is there, once."""
    lines = Counter(_name(line) for line in _lines(found) if line.kind in _OF_STEPS)
    known = {(ref, by, at) for ref, by, at, _ in lines}
    missing = [
        Offender(f"{ref}: a step of {entry.by} is not in the log", found.at(entry.at))
        for ref, entries in found.entries.items()
        for entry in entries
        if entry.by != TIMER.id and (ref, entry.by, entry.at.isoformat()) not in known
    ]
    twice = [
        Offender(f"{name} stands there twice", found.read_at) for name, times in lines.items() if times > 1
    ]
    return [*missing, *twice]


def disclosures(found: Evidence) -> list[Offender]:
    """Who was in the channel of a case's card is there."""
    told = {line.ref for line in _lines(found) if line.kind is ProcessingKind.DISCLOSURE}
    return [
        Offender(f"{ref} has a card, and nobody to whom it was disclosed", found.read_at)
        for ref in found.cases
        if found.stores.outbox.card(case_key(ref)) and ref not in told
    ]


def whole(found: Evidence) -> list[Offender]:
    found.stores.processing_log.link()
    return [
        Offender(f"{each.fault}: line {each.first}", found.read_at)
        for each in found.stores.log_reader.check()
    ]


def _lines(found: Evidence) -> list[Processing]:
    return [line.said for line in found.stores.log_reader.lines() if line.said]


def _name(line: Processing) -> tuple[str, str, str, str]:
    return line.ref, line.by, line.at.isoformat(), f"{line.kind} {line.action}"
