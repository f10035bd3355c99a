"""Events → Case, one at a time. Each event has one small function in its family; nothing here decides anything."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import Case
from bot.domain.case_parts import Ownership, Risk
from bot.domain.events import Entry
from bot.domain.fold import ownership_events, risk_events, work_events
from bot.domain.fold.folding import answered, apply, raise_episode, reckon, step_of
from bot.domain.fold.risk_events import spell
from bot.domain.people import BY_RANK, Role

# Each brings the functions of its events.
FAMILIES = (
    risk_events,
    ownership_events,
    work_events,
)

# What the engine and the screens write themselves; no person did anything to trace the child.
_NOT_ACTIVITY = (events.Acknowledged, *events.FROM_THE_ENGINE)


def fold(entries: Iterable[Entry]) -> Case:
    """The case that these entries make. Raises ValueError where they do not begin with a report."""
    case: Case | None = None
    for entry in entries:
        case = advance(case, entry)
    if case is None:
        raise ValueError("A case begins with a report; there was no entry.")
    return case


def advance(case: Case | None, entry: Entry) -> Case:
    """The case one entry later."""
    changed = _begin(entry) if case is None else apply(entry.event, case, entry)
    counted = replace(changed, version=case.version + 1 if case else 1, changed_at=entry.at)
    if isinstance(entry.event, events.OF_PAGES):
        return counted  # what becomes of a page says nothing of the child
    counted = _note_care(case, counted, entry)
    return _note_asked(_note_fim(reckon(_note_activity(counted, entry), entry), entry), entry)


def _begin(entry: Entry) -> Case:
    said = entry.event
    if not isinstance(said, events.Reported):
        raise ValueError(f"A case begins with a report, not with {type(said).__name__}.")
    return Case(
        ref=said.ref,
        version=1,
        incident=said.incident,
        child=said.child,
        reporter=said.reporter,
        reported_by=entry.by,
        told_at=said.told_at,
        told_on=said.told_on or said.told_at.date(),
        typed_at=entry.at,
        last_seen_at=said.last_seen_at,
        last_seen_where=said.last_seen_where,
        why_worried=said.why_worried,
        adverse_event=said.adverse_event,
        adverse=step_of(entry) if said.adverse_event else None,
        not_adverse_at=entry.at if said.not_adverse else None,
        markers={code: answered(entry, answer, "report") for code, answer in said.markers.items()},
        category=said.category,
        filed=step_of(entry),
        whereabouts_known=said.whereabouts_known,
        rationale=said.rationale,
        missing_from=said.missing_from,
        sex=said.sex,
        training=said.training,
        concern=spell(said, entry, said.told_at),
        ownership=Ownership(wanted_since=said.told_at),
        last_episode=said.last_episode,
        risk=raise_episode(Risk(), said.last_episode) if said.last_episode else Risk(),
        last_activity_at=entry.at,
        changed_at=entry.at,
    )


def _note_care(before: Case | None, case: Case, entry: Entry) -> Case:
    """When it became known that the child is looked after, whatever said so."""
    if before is None or before.child.looked_after or not case.child.looked_after:
        return case
    return replace(case, looked_after_since=entry.at)


def _note_activity(case: Case, entry: Entry) -> Case:
    if isinstance(entry.event, _NOT_ACTIVITY):
        return case
    return replace(case, last_activity_at=entry.at)


def _note_fim(case: Case, entry: Entry) -> Case:
    """Any step by a FIM since the grade rose to high makes the FIM aware."""
    if case.risk.high_since is None or case.risk.fim_aware_at is not None:
        return case
    if Role.FIM not in entry.roles or isinstance(entry.event, events.FROM_THE_ENGINE):
        return case
    return replace(case, risk=replace(case.risk, fim_aware_at=entry.at))


def _note_asked(case: Case, entry: Entry) -> Case:
    """Any step by whoever was asked for, or above, ends the asking."""
    asked = case.fim_asked
    if asked is None or asked.done_at or isinstance(entry.event, (events.Escalated, *events.FROM_THE_ENGINE)):
        return case
    if entry.roles.isdisjoint(BY_RANK[: BY_RANK.index(asked.wanted) + 1]):
        return case
    return replace(case, fim_asked=replace(asked, done_at=entry.at))
