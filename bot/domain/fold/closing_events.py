"""Found, spoken to, closed, passed on, and mended."""

from typing import Any

from msgspec.structs import replace

from bot.domain import corrections, events
from bot.domain.case import (
    TRANSFERRED,
    Case,
    Ending,
    Ownership,
    Return,
    SentBack,
)
from bot.domain.events import Entry
from bot.domain.facts import InterviewKind
from bot.domain.fold.folding import on, step_of


@on(events.Located)
def _located(event: events.Located, case: Case, entry: Entry) -> Case:
    back = _found(case.back, entry)
    back = replace(back, where=event.where, found_at=event.when)
    if event.seen_in_person and back.seen is None:
        back = replace(back, seen=step_of(entry), seen_by=event.seen_by)
    return replace(case, back=_counted(back, event))


def _counted(back: Return, event: events.Located | events.Closed) -> Return:
    """Who found the child, the harm and the cause: what was said last stands."""
    return replace(
        back,
        found_by=event.found_by or back.found_by,
        harm=event.harm or back.harm,
        cause=event.cause or back.cause,
    )


def _found(back: Return, entry: Entry) -> Return:
    return replace(
        back,
        located=back.located or step_of(entry),
        offer_owed_since=back.offer_owed_since or entry.at,
    )


@on(events.Interviewed)
def _interviewed(event: events.Interviewed, case: Case, entry: Entry) -> Case:
    back, step = case.back, step_of(entry)
    if event.kind is InterviewKind.RETURN:
        by = back.offered_by if back.offered else event.by_whom
        return replace(case, back=replace(back, offered=back.offered or step, offered_by=by))
    if not event.in_person:
        return case  # a telephone call meets nothing
    # Face to face is seeing the child.
    met = replace(_found(back, entry), seen=back.seen or step, prevention=back.prevention or step)
    by = back.prevention_by if back.prevention else event.by_whom
    saw = back.seen_by if back.seen else event.by_whom
    return replace(case, back=replace(met, prevention_by=by, seen_by=saw))


@on(events.Transferred)
def _transferred(event: events.Transferred, case: Case, entry: Entry) -> Case:
    """A refusal before it is settled by passing the case on again."""
    ending = replace(
        _settled(case.ending, entry),
        transfer_to=event.force,
        transfer_why=event.why,
        transfer_asked=step_of(entry),
        transfer_answered_at=None,
        transfer_accepted_by="",
        transfers=case.ending.transfers + 1,
    )
    return replace(case, ending=ending)


def _settled(ending: Ending, entry: Entry, why: str = "") -> Ending:
    refusal = ending.refusal
    if refusal is None or refusal.settled:
        return ending
    return replace(ending, refusal=replace(refusal, settled=step_of(entry), kept_why=why))


@on(events.TransferRefused)
def _transfer_refused(event: events.TransferRefused, case: Case, entry: Entry) -> Case:
    """The sender keeps the case, and its owner."""
    force = case.ending.transfer_to
    refusal = SentBack(force=force, name=event.name, why=event.why, step=step_of(entry))
    return replace(case, ending=replace(case.ending, transfer_answered_at=entry.at, refusal=refusal))


@on(events.TransferKept)
def _kept(event: events.TransferKept, case: Case, entry: Entry) -> Case:
    return replace(case, ending=_settled(case.ending, entry, event.why))


@on(events.TransferAccepted)
def _transfer_accepted(event: events.TransferAccepted, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, transfer_accepted_by=event.name, transfer_answered_at=entry.at)
    return _gone(replace(case, ending=ending), entry, TRANSFERRED)


@on(events.VoidAsked)
def _void_asked(event: events.VoidAsked, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, void_asked=step_of(entry), duplicate_of="", reason=event.why)
    return replace(case, ending=ending)


@on(events.DuplicateAsked)
def _duplicate_asked(event: events.DuplicateAsked, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, void_asked=step_of(entry), duplicate_of=event.of, reason=event.why)
    return replace(case, ending=ending)


@on(events.Confirmed)
def _confirmed(_: Any, case: Case, entry: Entry) -> Case:
    return _gone(case, entry, "duplicate" if case.ending.duplicate_of else "void")


def _gone(case: Case, entry: Entry, how: str) -> Case:
    """No owner, every clock off, status closed. That somebody had accepted it in time, an audit must see."""
    held = case.ownership
    return replace(
        case,
        ownership=Ownership(wanted_since=held.wanted_since, accepted_at=held.accepted_at),
        ending=replace(case.ending, closed=step_of(entry), gone=how),
    )


@on(events.Closed)
def _closed(event: events.Closed, case: Case, entry: Entry) -> Case:
    ending = replace(case.ending, closed=step_of(entry), reason=event.reason)
    return replace(case, ending=ending, back=_counted(case.back, event))


@on(events.Reopened)
def _reopened(_: Any, case: Case, entry: Entry) -> Case:
    """The child may be missing again: being found last time is no longer being found.

    A return interview that nobody has offered yet is still owed for it.
    """
    held, back = case.ownership, case.back
    if held.owner is None:
        held = replace(held, wanted_since=entry.at, accepted_at=None)
    owed = None if back.offered else back.offer_owed_since
    off_until = entry.at if case.ending.gone else case.ending.off_until
    return replace(
        case,
        ending=Ending(reopened=step_of(entry), off_until=off_until, transfers=case.ending.transfers),
        back=Return(offer_owed_since=owed),
        ownership=held,
    )


@on(events.Corrected)
def _corrected(event: events.Corrected, case: Case, entry: Entry) -> Case:
    mended = corrections.apply(case, event.field, event.to, step_of(entry))
    return replace(mended, corrected={**case.corrected, event.field: step_of(entry)})
