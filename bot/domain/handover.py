"""Who holds a role, and how it changes hands at the end of a shift: of a role, not of its cases (domain.md §5)."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from bot.domain import events
from bot.domain.case_parts import Page, Paging, Step
from bot.domain.clocks import Clock
from bot.domain.escalation import Watched
from bot.domain.events import Entry
from bot.domain.facts import Grade
from bot.domain.ladder import after_clearing, after_pages
from bot.domain.people import Role
from bot.domain.policy import ClockName, Policy

HANDOVER = ClockName.HANDOVER_ACCEPTED

_REMEMBERED = 20  # replaced offers whose buttons may still be pressed
_SETTLED_IN = timedelta(hours=2)  # who took over this shortly before a change of shift is the new shift


class Offer(Struct, frozen=True, kw_only=True):
    role: Role
    by: str
    to: str
    at: datetime
    number: int  # the roster's version that made it: names it on buttons
    replaced: tuple[int, ...] = ()  # earlier offers of this role by this giver
    taken: frozenset[str] = frozenset()  # cases accepted one by one so far
    accepted_at: datetime | None = None
    first: str = ""  # the read-back: what the new holder will do first
    sent: Page | None = None  # what became of its card on the way to the taker; None: nothing is known yet

    @property
    def page(self) -> Page:
        return self.sent or Page(number=self.number, at=self.at)

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None

    @property
    def key(self) -> str:
        return f"{self.role.value}/{self.by}"


class Held(Struct, frozen=True, kw_only=True):
    """Who held a role after a change, and whom the force had appointed to it then."""

    people: frozenset[str]
    appointed: frozenset[str]
    moved: dict[str, Step] = field(default_factory=dict)  # person → who put them on or took them off last


class Roster(Struct, frozen=True, kw_only=True):
    """Who handed what to whom. Who held a role before the first change is the force's to say."""

    version: int = 0
    changed_at: datetime | None = None
    offers: dict[str, Offer] = field(default_factory=dict)  # the newest of each role and giver
    held: dict[Role, Held] = field(default_factory=dict)
    shift_at: datetime | None = None  # the newest change of shift that people were asked about
    turns_at: datetime | None = None  # the newest moment of the force's plan that people were told of
    paging: dict[str, Paging] = field(default_factory=dict)

    def holders(self, role: Role, appointed: frozenset[str]) -> frozenset[str]:
        """Who holds the role now. Whom the force appoints or withdraws after a change comes on or goes off with it."""
        held = self.held.get(role)
        if held is None:
            return appointed
        return (held.people | (appointed - held.appointed)) - (held.appointed - appointed)

    def offer(self, number: int) -> Offer | None:
        return next((offer for offer in self.offers.values() if offer.number == number), None)

    def offer_instead(self, number: int) -> Offer | None:
        """The one that replaced it."""
        return next((offer for offer in self.offers.values() if number in offer.replaced), None)

    def to_be_asked(self, holders: Iterable[str], shift: datetime) -> tuple[str, ...]:
        """Of these, who holds from the shift that ends, and has offered nothing yet."""
        offers = self.offers.values()
        fresh = {o.to for o in offers if o.accepted_at and o.accepted_at > shift - _SETTLED_IN}
        offering = {offer.by for offer in offers if offer.is_open}
        return tuple(sorted(set(holders) - fresh - offering))


def advance_roster(roster: Roster, entry: Entry) -> Roster:
    """The roster one entry later."""
    return replace(_apply(roster, entry), version=roster.version + 1, changed_at=entry.at)


def _apply(roster: Roster, entry: Entry) -> Roster:
    match entry.event:
        case events.HandoverOffered(role=role, to=to):
            return _offered(roster, role, to, entry)
        case events.HandoverCaseTaken(number=number, ref=ref):
            offer = _numbered(roster, number)
            return _with(roster, replace(offer, taken=offer.taken | {ref}))
        case events.HandoverAccepted() as said:
            return _accepted(roster, said, entry)
        case events.PutOnDuty(role=role, person=person, appointed=appointed):
            return _moved(roster, role, appointed, entry, on=person)
        case events.TakenOffDuty(role=role, person=person, appointed=appointed):
            return _moved(roster, role, appointed, entry, off=person)
        case events.ShiftEnded(at=at):
            return replace(roster, shift_at=at)
        case events.TurnsDue(at=at):
            return replace(roster, turns_at=at)
        case events.Delivered(page=number):
            return _sent(roster, number, lambda page: page.taken(entry.at))
        case events.SlackSilent(page=number, why=why):
            return _sent(roster, number, lambda page: page.undelivered(entry.at, why))
        case events.Paged(lines=lines):
            return replace(roster, paging=after_pages(roster.paging, lines, entry.at, roster.version + 1))
        case events.Cleared() as cleared:
            return replace(roster, paging=after_clearing(roster.paging, cleared))
        case other:
            raise ValueError(f"A roster cannot fold {type(other).__name__}.")


def _sent(roster: Roster, number: int, changed: Callable[[Page], Page]) -> Roster:
    offer = roster.offer(number)
    return _with(roster, replace(offer, sent=changed(offer.page))) if offer else roster


def _offered(roster: Roster, role: Role, to: str, entry: Entry) -> Roster:
    offer = Offer(role=role, by=entry.by, to=to, at=entry.at, number=roster.version + 1)
    before = roster.offers.get(offer.key)
    replaced = (*before.replaced, before.number)[-_REMEMBERED:] if before else ()
    return _with(roster, replace(offer, replaced=replaced))


def _accepted(roster: Roster, said: events.HandoverAccepted, entry: Entry) -> Roster:
    about = [o for o in roster.offers.values() if o.role is said.role and said.giver in ("", o.by)]
    offer = min(about, key=lambda each: (not each.is_open, each.to != entry.by))
    roster = _with(roster, replace(offer, accepted_at=entry.at, first=said.first))
    return _moved(roster, offer.role, said.appointed, entry, on=offer.to, off=offer.by)


def _with(roster: Roster, offer: Offer) -> Roster:
    return replace(roster, offers={**roster.offers, offer.key: offer})


def _numbered(roster: Roster, number: int) -> Offer:
    offer = roster.offer(number)
    assert offer is not None, "the door looked for it in this roster"
    return offer


def _moved(
    roster: Roster, role: Role, appointed: frozenset[str], entry: Entry, *, on: str = "", off: str = ""
) -> Roster:
    people = (roster.holders(role, appointed) - {off}) | ({on} if on else set())
    before = roster.held.get(role)
    moved = dict.fromkeys(filter(None, (on, off)), Step(at=entry.at, by=entry.by))
    held = Held(people=people, appointed=appointed, moved={**(before.moved if before else {}), **moved})
    return replace(roster, held={**roster.held, role: held})


def watched_roster(roster: Roster, policy: Policy) -> Watched:
    """A hand-over belongs to no case, so no grade runs: it climbs at the pace of the children it may hold, high."""
    return Watched(clocks=tuple(handover_accepted(roster, policy)), paging=roster.paging, grade=Grade.HIGH)


def handover_accepted(roster: Roster, policy: Policy) -> list[Clock]:
    """The incoming person says so: a role that nobody took over is held by nobody (IOPC, Staffordshire, 2025)."""
    length = policy.clocks[HANDOVER].due.of(Grade.HIGH)
    return [
        Clock(
            name=HANDOVER,
            item=key,
            started=offer.at,
            due=offer.at + length if length else None,
            done=offer.accepted_at,
            page_from=offer.at + length if length and offer.is_open else None,
        )
        for key, offer in roster.offers.items()
    ]
