"""What lists, home pages and the board know of each open case: only what gets a row of its own is read.

An outline follows from the case and the force's policy alone, and holds times, not states: it stays true until somebody
takes a step on the case. So it can be kept (`bot/open_book.py`), and a list reads what it shows.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.clocks import Clock, ClockName, clocks
from bot.domain.facts import Grade
from bot.domain.grading import Urgency, urgency
from bot.domain.people import Role
from bot.domain.permissions import barred
from bot.domain.policy import Policy
from bot.views.wording import clock_words, debts, delivery, standing

NEAR = timedelta(hours=1)
_NOBODY: frozenset[str] = frozenset()


class OwedTo(Struct, frozen=True, eq=False):
    """What decides to which role a debt falls, beside who is on duty. There is one of a kind (`_owed_to`)."""

    name: ClockName
    from_role: Role | None
    told: frozenset[Role]  # paged about it since it began
    has_owner: bool


_KINDS: dict[tuple[object, ...], OwedTo] = {}
_TOGETHER: dict[frozenset[OwedTo], frozenset[OwedTo]] = {}


def _owed_to(name: ClockName, from_role: Role | None, told: frozenset[Role], *, has_owner: bool) -> OwedTo:
    which = (name, from_role, told, has_owner)
    return _KINDS.get(which) or _KINDS.setdefault(which, OwedTo(*which))


class Owed(Struct, frozen=True, kw_only=True, gc=False):
    """One debt."""

    due: datetime
    soon: datetime  # from then it is due soon
    waits: datetime  # from then it waits for whomever it falls to
    falls_to: OwedTo
    by_name: str = ""  # of whom it is asked by name
    also: tuple[str, ...] = ()  # to whom it falls, whatever they hold
    barred: frozenset[str] = _NOBODY  # who asked for it, or did it: it is for somebody else to pay


def _all_owed_to(owed: Iterable[Owed]) -> frozenset[OwedTo]:
    found = frozenset(each.falls_to for each in owed)
    return _TOGETHER.setdefault(found, found)


class ToConfirm(Struct, frozen=True, gc=False):
    """That there is no such case, which a second person has to say."""

    at: datetime
    by: str


class Outline(Struct, frozen=True, kw_only=True, gc=False):
    """Some 4 kB, of which one process keeps as many as cases are open."""

    ref: str
    version: int
    training: bool
    running_grade: Grade
    owner: str | None
    assigned_to: str | None
    reported_by: str
    people: tuple[str, ...]  # whoever is named in any of this
    is_concern: bool
    calms: bool
    owed: tuple[Owed, ...]  # by due time, so late first
    owed_to: frozenset[OwedTo]  # all of them
    to_confirm: ToConfirm | None
    undelivered: tuple[tuple[Role, str], ...]  # who was paged and not reached, and Slack's word for why
    urgency: Urgency
    first_soon: datetime | None
    moments: tuple[datetime, ...]  # in order: when a debt becomes due soon, or late


def outline(case: Case, policy: Policy) -> Outline:
    owed = tuple(_owed(clock, case) for clock in debts.owed(clocks(case, policy)))
    soon = [each.soon for each in owed]
    asked = case.ending.void_asked
    to_confirm = ToConfirm(asked.at, asked.by) if asked else None
    return Outline(
        ref=case.ref,
        version=case.version,
        training=case.training,
        running_grade=case.running_grade,
        owner=case.owner,
        assigned_to=case.ownership.assigned_to,
        reported_by=case.reported_by,
        people=tuple(dict.fromkeys(_people(case, owed))),
        is_concern=case.is_concern,
        calms=standing.calms(case),
        owed=owed,
        owed_to=_all_owed_to(owed),
        to_confirm=to_confirm,
        undelivered=tuple((role, case.pages[role].why) for _, role in delivery.undelivered([case])),
        urgency=urgency(case.running_grade, owed[0].due if owed else None, case.ref),
        first_soon=min(soon, default=None),
        moments=tuple(sorted({*soon, *(each.due for each in owed)})),
    )


def _owed(clock: Clock, case: Case) -> Owed:
    assert clock.due is not None, "what is owed has a due time"
    said, (soon, due) = clock_words.TABLE[clock.name], debts.turning_points(clock)
    paging = case.paging.get(clock.key)
    told = paging.told if paging and paging.started == clock.started else frozenset()
    return Owed(
        due=due,
        soon=soon,
        waits=soon if said.comes_round else min(soon, due - NEAR),
        falls_to=_owed_to(clock.name, clock.from_role, told, has_owner=case.owner is not None),
        by_name=_asked_by_name(clock, case) or "",
        also=tuple(_named(clock, case)),
        barred=barred(clock.name, clock.item, case),
    )


def _asked_by_name(clock: Clock, case: Case) -> str | None:
    if clock.name is ClockName.OWNER_ACCEPTED:
        return case.ownership.assigned_to
    enquiry = case.enquiries.get(clock.item) if clock.name is ClockName.ENQUIRY_DONE else None
    return enquiry.owner if enquiry else None


def _named(clock: Clock, case: Case) -> Iterable[str]:
    if clock_words.TABLE[clock.name].of_who_reported:
        yield case.reported_by
    if clock.name is ClockName.TRANSFER_ACCEPTED and case.ending.transfer_asked is not None:
        yield case.ending.transfer_asked.by  # they know whom to ring


def _people(case: Case, owed: Iterable[Owed]) -> Iterable[str]:
    yield from filter(None, (case.owner, case.ownership.assigned_to, case.reported_by))
    for each in owed:
        yield from (*each.also, *each.barred, *filter(None, [each.by_name]))
