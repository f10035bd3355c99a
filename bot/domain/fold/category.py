"""Missing, or a spell of "concern for safety"."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import (
    Case,
    Concern,
)
from bot.domain.events import Entry
from bot.domain.facts import Category
from bot.domain.fold.folding import on, step_of
from bot.domain.people import SUPERVISING


def spell(said: events.Reported | events.Categorised, by: str, since: datetime) -> Concern | None:
    if said.category is Category.MISSING:
        return None
    unknown_since = None if said.whereabouts_known else since
    return Concern(set_by=by, unknown_since=unknown_since, rationale_since=since)


@on(events.Categorised)
def _categorised(event: events.Categorised, case: Case, entry: Entry) -> Case:
    changed = replace(
        case,
        category=event.category,
        filed=case.filed if event.category is case.category else step_of(entry),
        whereabouts_known=event.whereabouts_known,
        rationale=event.rationale or case.rationale,
    )
    if event.category is Category.MISSING:
        return replace(changed, concern=_ended(case.concern, entry))
    if case.concern is None or case.concern.ended_at:
        return replace(changed, concern=spell(event, entry.by, entry.at))
    return replace(changed, concern=_filed_again(case.concern, event, entry))


def _ended(spell: Concern | None, entry: Entry) -> Concern | None:
    if spell is None or spell.ended_at:
        return spell
    overturned = spell.rationale_done_at
    if overturned is None and entry.roles & SUPERVISING:
        overturned = entry.at
    return replace(spell, ended_at=entry.at, rationale_done_at=overturned)


def _filed_again(spell: Concern, event: events.Categorised, entry: Entry) -> Concern:
    """The same spell goes on: filing it again buys no time."""
    unknown_since = None if event.whereabouts_known else spell.unknown_since or entry.at
    signed = spell.rationale_done_at is not None
    return replace(
        spell,
        set_by=entry.by,
        unknown_since=unknown_since,
        rationale_since=entry.at if signed else spell.rationale_since,
        rationale_done_at=None,
    )


@on(events.SignedOff)
def _signed_off(_: Any, case: Case, entry: Entry) -> Case:
    spell = case.concern
    assert spell is not None, "signed off without a concern for safety"
    done = spell.rationale_done_at or entry.at
    longer_since = spell.longer_since if case.back.located else entry.at  # what is over is not begun again
    signed = replace(spell, last_sign_off=step_of(entry), longer_since=longer_since, rationale_done_at=done)
    return replace(case, concern=signed)
