"""What a step makes visible: rows for the outbox, written in the same append as the events. Pure."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from bot.domain import events
from bot.domain.case import Case
from bot.domain.case_parts import Page
from bot.domain.events import (
    AnyEvent,
    CalledBeside,
    Delivered,
    Entry,
    OutReason,
    PageLine,
    SlackSilent,
    TextFailed,
    WentOut,
)
from bot.domain.facts import Grade
from bot.domain.handover import Offer, Roster
from bot.domain.ladder import NOBODY
from bot.domain.people import Role
from bot.ports.destination import Destination, LaneKind, OutboxKind
from bot.ports.outbox import EDITS, Outgoing
from bot.ports.places import Place
from bot.ports.rosters import ROSTER

CASES = Destination.of(LaneKind.CASES)

# Written by the engine for itself; a card says what follows from them, the thread need not. A page is told of there
# once it arrived, or did not.
_NO_LINE = (events.Paged, events.Cleared, events.CalledBeside, events.EpisodesShown, events.EpisodeLinked)
# Of the pages on their way; what no page card speaks of is no reason to draw one anew.
_NO_REFRESH = (events.Paged, events.Delivered, events.CalledBeside)


def role_lane(role: Role) -> Destination:
    """The lane that a page to this role leaves by; an owner's pages go to the person."""
    return Destination.of(LaneKind.ROLE, role.value)


def person_lane(person: str) -> Destination:
    return Destination.of(LaneKind.PERSON, person)


def out_lane(role: Role) -> Destination:
    """What leaves for this role by other ways than Slack."""
    return Destination.of(LaneKind.FALLBACK, role.value)


def arrival(page: Outgoing) -> Delivered:
    """What is written on the case once that row's page is in its place."""
    assert page.role is not None, "a page is to a role"
    clocks = tuple(line.clock for line in page.lines)
    due = min((line.due for line in page.lines if line.due), default=None)
    return Delivered(page=page.version, role=page.role, clocks=clocks, due=due)


def to_show(before: Case | None, case: Case, entries: tuple[Entry, ...]) -> tuple[Outgoing, ...]:
    """The rows for these entries, in the order in which they should be seen."""
    if not entries:
        return ()
    rows = [_row(case.ref, OutboxKind.CARD, CASES, case.version, entries[-1])]
    first = case.version - len(entries) + 1
    for version, entry in enumerate(entries, first):
        rows += for_entry(case, version, entry)
    rows += _refreshed(before, case, entries)
    rows += _answered(before, case, entries[-1])
    rows += _delivery_known(before, case, entries[0])
    return tuple(_ranked(row, case.running_grade, is_new=before is None) for row in rows)


def shown_again(case: Case, at: datetime) -> Outgoing:
    """The row that has its card drawn as it stands now, though nothing has happened."""
    id = f"{case.ref}:{case.version}:{OutboxKind.CARD}:again"
    row = Outgoing(id=id, lane=CASES, kind=OutboxKind.CARD, ref=case.ref, version=case.version, at=at)
    return _ranked(row, case.running_grade, is_new=False)


def erased_from(lane: Destination, ref: str, version: int, at: datetime) -> Outgoing:
    """Has what stands there of an erased case drawn without it."""
    id = row_id(ref, version, OutboxKind.ERASED, lane)
    return Outgoing(id=id, lane=lane, kind=OutboxKind.ERASED, ref=ref, version=version, at=at, rank=EDITS)


def _ranked(row: Outgoing, grade: Grade | None, *, is_new: bool) -> Outgoing:
    rank = rank_of(row.kind, grade, is_new=is_new)
    return replace(row, rank=rank) if rank else row


def roster_rows(before: Roster, after: Roster, entries: tuple[Entry, ...]) -> tuple[Outgoing, ...]:
    """What a step on the roster makes visible."""
    return tuple(
        row
        for version, entry in enumerate(entries, before.version + 1)
        for row in _of_roster(before, after, version, entry)
    )


def _of_roster(before: Roster, after: Roster, version: int, entry: Entry) -> Iterator[Outgoing]:
    match entry.event:
        case events.Paged(lines=lines):
            yield from _pages(ROSTER, OutboxKind.PAGE, version, entry, lines, role_lane)
        case events.HandoverOffered(role=role):
            key = f"{role.value}/{entry.by}"
            replaced = before.offers.get(key)
            if replaced and replaced.is_open:
                yield from _pack(replaced, version, entry)
            yield from _pack(after.offers[key], version, entry)
        case events.HandoverAccepted(role=role, giver=giver):
            offer = after.offers[f"{role.value}/{giver}"]
            yield from _pack(offer, version, entry)
            yield _row(ROSTER, OutboxKind.HANDED, person_lane(giver), offer.number, entry, role=role)
            yield _row(ROSTER, OutboxKind.INVITE, role_lane(role), version, entry, role=role)
        case events.PutOnDuty(role=role, person=person) | events.TakenOffDuty(role=role, person=person):
            if person != entry.by:
                yield _row(ROSTER, OutboxKind.DUTY, person_lane(person), version, entry, role=role)
            if isinstance(entry.event, events.PutOnDuty):
                yield _row(ROSTER, OutboxKind.INVITE, role_lane(role), version, entry, role=role)
        case Delivered(page=number) | SlackSilent(page=number):
            yield from _reached(before.offer(number), after.offer(number), version, entry)
        case events.TurnsDue(asked=asked):
            for person in asked:
                yield _row(ROSTER, OutboxKind.TURN, person_lane(person), version, entry)
        case events.ShiftEnded(asked=asked):
            for person in asked:
                yield _row(ROSTER, OutboxKind.SHIFT, person_lane(person), version, entry)


def packs_again(roster: Roster, at: datetime) -> tuple[Outgoing, ...]:
    """The rows that have each pack of a hand-over drawn as it stands now, though nothing has happened."""
    entry = Entry(at=at, by="", event=events.Cleared(clocks=()))
    rows = (row for offer in roster.offers.values() for row in _pack(offer, roster.version, entry))
    return tuple(replace(row, id=f"{row.id}:again") for row in rows)


def _pack(offer: Offer, step: int, entry: Entry) -> Iterator[Outgoing]:
    """In the role's channel and before the person named. The same kind of row asks for the first post and for an edit.

    Each has an id of its own: what asks for an edit while the first post is on its way must not be struck off with it.
    """
    for lane in (role_lane(offer.role), person_lane(offer.to)):
        row = _row(ROSTER, OutboxKind.HANDOVER, lane, offer.number, entry, role=offer.role)
        yield replace(row, id=f"{row.id}:{step}")


def _reached(before: Offer | None, offer: Offer | None, step: int, entry: Entry) -> Iterator[Outgoing]:
    """That a hand-over did not reach its taker, or did at last: to the giver, and to who else pages FIMs.

    What Slack refused for good was passed on to the role's channel already (`workers.delivery.shut_places`).
    """
    if before is None or offer is None or before.page.is_undelivered == offer.page.is_undelivered:
        return
    lanes = [person_lane(offer.by)]
    if offer.role is Role.FIM and not offer.page.why:
        lanes.append(role_lane(offer.role))
    for lane in lanes:
        row = _row(ROSTER, OutboxKind.UNDELIVERED, lane, offer.number, entry, role=offer.role)
        yield replace(row, id=f"{row.id}:{step}")
    card = _row(ROSTER, OutboxKind.HANDOVER, role_lane(offer.role), offer.number, entry, role=offer.role)
    yield replace(card, id=f"{card.id}:{step}")


def for_entry(case: Case, version: int, entry: Entry) -> Iterator[Outgoing]:
    """The rows that this entry of the case calls for by itself."""
    said = entry.event
    if not isinstance(said, _NO_LINE):
        yield _row(case.ref, OutboxKind.LINE, CASES, version, entry)
    if isinstance(said, events.Assigned):
        yield _row(case.ref, OutboxKind.OFFER, person_lane(said.to), version, entry)
    if isinstance(said, events.Declined) and (asked_by := case.ownership.declined[entry.by].asked_by):
        yield _row(case.ref, OutboxKind.DECLINED, person_lane(asked_by), version, entry)
    if isinstance(said, events.Paged):
        yield from _pages(
            case.ref, OutboxKind.PAGE, version, entry, said.lines, lambda role: page_lane(case, role)
        )
        unheard = [line for line in said.lines if _is_unheard(case, line)]
        yield from _pages(case.ref, OutboxKind.OUT, version, entry, unheard, out_lane)
    if isinstance(said, SlackSilent) and _is_pressing(case, case.pages[said.role]):
        yield _row(case.ref, OutboxKind.OUT, out_lane(said.role), version, entry, role=said.role)
    if isinstance(said, CalledBeside):
        yield _row(case.ref, OutboxKind.OUT, out_lane(said.role), version, entry, role=said.role)


def _is_unheard(case: Case, line: PageLine) -> bool:
    """To nobody, since no rung is manned; or again to the last rung, which stayed silent for its whole step."""
    paging = case.paging.get(line.clock)
    return line.rung == NOBODY or (paging is not None and paging.repeats > 0)


def out_reason(said: AnyEvent, lines: Iterable[PageLine]) -> OutReason:
    """Why the rows of `for_entry` for other ways than Slack were written. `lines`: what such a row is about."""
    if isinstance(said, SlackSilent):
        return OutReason.SLACK
    if isinstance(said, CalledBeside):
        return OutReason(said.why)
    return OutReason.NOBODY if any(line.rung == NOBODY for line in lines) else OutReason.SILENT


def _pages(
    ref: str,
    kind: OutboxKind,
    version: int,
    entry: Entry,
    lines: Iterable[PageLine],
    lane_of: Callable[[Role], Destination],
) -> Iterator[Outgoing]:
    """One page per place, with all its clocks."""
    lanes: dict[Destination, list[PageLine]] = {}
    for line in lines:
        lanes.setdefault(lane_of(line.role), []).append(line)
    for lane, together in lanes.items():
        yield _row(ref, kind, lane, version, entry, role=together[0].role, lines=tuple(together))


def _answered(before: Case | None, case: Case, last: Entry) -> Iterator[Outgoing]:
    """Wherever somebody answered: the direct message that asked must not look open."""
    asked = before.ownership.assigned_to if before else None
    if asked and case.ownership.assigned_to != asked:
        yield _row(case.ref, OutboxKind.ANSWERED, person_lane(asked), case.version, last)
    yield from _after_a_decline(before, case, last, asked)


def _after_a_decline(before: Case | None, case: Case, last: Entry, asked: str | None) -> Iterator[Outgoing]:
    """Whoever declined, and whoever had asked them, read that there is no owner: until there is one."""
    held = case.ownership
    if before is None or _in_hand(before) == _in_hand(case):
        return
    for person in held.declined:
        if person != asked:
            yield _row(case.ref, OutboxKind.ANSWERED, person_lane(person), case.version, last)
    for person in dict.fromkeys(said.asked_by for said in held.declined.values() if said.asked_by):
        yield _row(case.ref, OutboxKind.OWNED, person_lane(person), case.version, last)


def _in_hand(case: Case) -> tuple[object, ...]:
    return case.owner, case.ownership.assigned_to, case.status


def _delivery_known(before: Case | None, case: Case, entry: Entry) -> Iterator[Outgoing]:
    """That a page reached nobody, or did at last: to who reported, and where the case is, so that somebody rings."""
    if before is None or not isinstance(entry.event, Delivered | SlackSilent | WentOut | TextFailed):
        return
    for role, page in case.pages.items():
        if before.pages[role].is_undelivered != page.is_undelivered and _is_pressing(case, page):
            for lane in (CASES, person_lane(case.reported_by)):
                yield _row(case.ref, OutboxKind.UNDELIVERED, lane, case.version, entry, role=role)


def _is_pressing(case: Case, page: Page) -> bool:
    """A page that must not wait for Slack: of a high case, or refused for good."""
    return bool(page.why) or case.running_grade is Grade.HIGH


def _refreshed(before: Case | None, case: Case, entries: tuple[Entry, ...]) -> Iterator[Outgoing]:
    """Live page cards elsewhere that no longer tell the truth: a silent edit, not a page."""
    if before is None or all(isinstance(entry.event, _NO_REFRESH) for entry in entries):
        return
    roles = {role for paging in before.paging.values() for role in paging.told}
    if _says_of_the_child(before) != _says_of_the_child(case):
        roles |= before.pages.keys()
    # Who was asked as the owner, and who owns it now: they may have been asked before.
    owners = [person_lane(each.owner) for each in (before, case) if each.owner and Role.OWNER in roles]
    for lane in sorted({*owners, *map(role_lane, roles - {Role.OWNER})}):
        yield _row(case.ref, OutboxKind.REFRESH, lane, case.version, entries[-1])


def _says_of_the_child(case: Case) -> object:
    """What a card that was cleared goes on saying: green never means found."""
    return case.status, bool(case.seen), case.whereabouts_unknown


def page_lane(case: Case, role: Role) -> Destination:
    """The lane that a page of this case to that role leaves by."""
    if role is Role.OWNER and case.owner:
        return person_lane(case.owner)
    return role_lane(role)


def row_id(ref: str, version: int, kind: OutboxKind, lane: Destination) -> str:
    """`bot.rows_again` reads it."""
    return f"{ref}:{version}:{kind}:{lane}"


def edit_after(row: Outgoing, kind: OutboxKind) -> Outgoing:
    """That whoever delivers `row` asks for."""
    id = row_id(row.ref, row.version, kind, row.lane)
    return replace(row, id=id, kind=kind, role=None, lines=(), rank=EDITS)


def of_one_card(row: Outgoing, kind: OutboxKind, where: Place) -> Outgoing:
    """Such an edit at one place and no other."""
    edit = edit_after(row, kind)
    return replace(edit, id=f"{edit.id}:{where}", place=where)


def _row(
    ref: str,
    kind: OutboxKind,
    lane: Destination,
    version: int,
    entry: Entry,
    *,
    role: Role | None = None,
    lines: Iterable[PageLine] = (),
) -> Outgoing:
    return Outgoing(
        id=row_id(ref, version, kind, lane),
        lane=lane,
        kind=kind,
        ref=ref,
        version=version,
        at=entry.at,
        role=role,
        lines=tuple(lines),
    )


# What leaves a lane first. Pure.

_NEW_CARD, _LINE = 10, 20
_CARD_EDIT = EDITS + 10
_SILENT = {
    OutboxKind.REFRESH: EDITS,
    OutboxKind.ANSWERED: EDITS,
    OutboxKind.OWNED: EDITS,
}


def rank_of(kind: OutboxKind, grade: Grade | None, *, is_new: bool) -> int:
    """The lower, the sooner. `kind`: the row's; `grade`: the case's running one; `is_new`: it was just opened."""
    behind = Grade.HIGH.rank - grade.rank if grade else 0
    if kind == OutboxKind.CARD:
        return (_NEW_CARD if is_new else _CARD_EDIT) + behind
    if kind == OutboxKind.LINE:
        return _LINE + behind
    return _SILENT[kind] + behind if kind in _SILENT else 0
