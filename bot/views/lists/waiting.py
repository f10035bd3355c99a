"""What waits for one person: debts that are theirs to pay, and that they may pay (screens.md §9).

Theirs: asked of them by name, or of a role they hold, which is the first manned rung of the clock's ladder or one that
was paged since. One that comes round again and again (an update, a review), or that is hours away, waits for
nobody until it is due soon. A void or a duplicate runs on no clock, and waits for its second person all the same.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from msgspec import Struct

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.clocks import Clock, ClockName
from bot.domain.ladder import Ladder
from bot.domain.people import Actor, Role
from bot.domain.permissions import may
from bot.views import ids
from bot.views.blocks import actions, button, section
from bot.views.lists.in_order import Outlined
from bot.views.lists.outlines import Outline, Owed, OwedTo
from bot.views.lists.reckoned import Reckoned, reckoned
from bot.views.message import Block
from bot.views.screen import Screen
from bot.views.wording import clock_words, debts, naming, remedies, standing, words

_LONGEST_WHY = 60
_NAMED = 200  # references in one section
_ALSO = 3  # other debts of the same case that have a button: more would hide the next child


class Debt(Struct, frozen=True, kw_only=True):
    case: Case
    mark: str  # by when
    to_do: str
    due: datetime  # or since when it waits, where it is never due
    is_late: bool = False
    remedy: Block  # the button that pays it


Waits = Sequence[Debt]
"""All that one case asks of one person, the worst first; never empty."""


Asks = tuple[tuple[object, ...], Outline]
"""A case that asks something of them, and how urgent the worst of it is."""


def waiting(cases: Iterable[Outline], viewer: Actor, screen: Screen) -> list[Asks]:
    """One per case. Late first; among those, as among the others, the highest risk, then the most overdue. What trains
    comes after every child."""
    asked = _AskedOf(viewer, screen)
    return sorted([(worst, each) for each in cases if (worst := asked.worst(each)) is not None])


def _urgency(outline: Outline, due: datetime, *, is_late: bool) -> tuple[object, ...]:
    of_case = outline.urgency
    return (of_case[0], not is_late, of_case[1], due, outline.ref)


class _AskedOf:
    """What a case asks of one person now, told from its outline."""

    def __init__(self, viewer: Actor, screen: Screen) -> None:
        self._viewer = viewer
        self._screen = screen
        self._now = screen.now
        # Who is on duty, and what a role may do, is asked once for all cases that owe the same.
        self._of_roles = cache(self._of_their_roles)
        self._which_of = cache(self._which_are_theirs)
        self._is_confirmed_by_them = cache(self._confirms)

    def worst(self, outline: Outline) -> tuple[object, ...] | None:
        """How urgent the first of its debts is; None where it asks nothing of them."""
        owed = self._first_owed(outline)
        pays = _urgency(outline, owed.due, is_late=owed.due <= self._now) if owed else None
        if outline.to_confirm is None or not self.is_to_confirm(outline):
            return pays
        confirms = _urgency(outline, outline.to_confirm.at, is_late=False)
        return min(pays, confirms) if pays else confirms

    def _first_owed(self, outline: Outline) -> Owed | None:
        if self._viewer.id in outline.people:
            return next((each for each in outline.owed if self.is_owed(each, outline)), None)
        if theirs := self._which_of(outline.owed_to):
            for each in outline.owed:  # of thousands of cases: no generator each
                if each.falls_to in theirs and each.waits <= self._now:
                    return each
        return None

    def is_to_confirm(self, outline: Outline) -> bool:
        return outline.to_confirm is not None and self._is_confirmed_by_them(outline.to_confirm.by)

    def is_owed(self, owed: Owed, outline: Outline) -> bool:
        if self._viewer.id not in outline.people:
            return owed.waits <= self._now and self._of_roles(owed.falls_to)
        by_name = owed.by_name == self._viewer.id
        if not by_name and not (owed.waits <= self._now and self._falls_to_them(owed, outline)):
            return False
        return self._pays(owed.falls_to.name, owed.barred, by_name=by_name)

    def _of_their_roles(self, to: OwedTo) -> bool:
        return bool(self._viewer.roles & self._roles(to)) and self._pays(to.name)

    def _which_are_theirs(self, owed_to: frozenset[OwedTo]) -> frozenset[OwedTo]:
        return frozenset(filter(self._of_roles, owed_to))

    def _falls_to_them(self, owed: Owed, outline: Outline) -> bool:
        held = {*self._viewer.roles, *([Role.OWNER] if outline.owner == self._viewer.id else [])}
        return self._viewer.id in owed.also or bool(held & self._roles(owed.falls_to))

    def _roles(self, to: OwedTo) -> set[Role]:
        """The first manned rung, and whoever was paged."""
        ladder = Ladder(
            steps=self._screen.policy.clocks[to.name].ladder,
            has_owner=to.has_owner,
            on_duty=lambda role: bool(self._screen.directory.on_duty(role)),
        )
        return {ladder.first(to.from_role).role, *to.told}

    def _pays(self, clock: ClockName, barred: frozenset[str] = frozenset(), *, by_name: bool = False) -> bool:
        """Else it waits for somebody else."""
        if clock is ClockName.OWNER_ACCEPTED:
            return by_name or may(self._viewer.roles, commands.Assign)
        return remedies.may_pay(clock, barred, self._viewer)

    def _confirms(self, asked_by: str) -> bool:
        """A supervisor; who stands above them where no other is on duty. Never who asked."""
        if asked_by == self._viewer.id:
            return False
        if Role.SUPERVISOR in self._viewer.roles:
            return True
        others = [each for each in self._screen.directory.on_duty(Role.SUPERVISOR) if each != asked_by]
        return not others and may(self._viewer.roles, commands.Confirm)


def _debts(each: Reckoned, viewer: Actor, screen: Screen) -> Waits:
    asked, case = _AskedOf(viewer, screen), each.case
    found = [_to_confirm(case, screen)] if asked.is_to_confirm(each.outline) else []
    found += [
        _to_pay(clock, case, viewer, screen)
        for clock, owed in zip(each.owed, each.outline.owed, strict=True)
        if asked.is_owed(owed, each.outline)
    ]
    return sorted(found, key=lambda debt: _urgency(each.outline, debt.due, is_late=debt.is_late))


def _to_pay(clock: Clock, case: Case, viewer: Actor, screen: Screen) -> Debt:
    assert clock.due is not None, "what is owed has a due time"
    return Debt(
        case=case,
        mark=debts.mark_dated(clock, screen),
        to_do=_to_do(clock, case, viewer, screen),
        due=clock.due,
        is_late=debts.is_late(clock, screen),
        remedy=_remedy(clock, case, viewer),
    )


def _to_do(clock: Clock, case: Case, viewer: Actor, screen: Screen) -> str:
    asked = case.ownership.assigned_to
    if clock.name is ClockName.CONCERN_FOR_SAFETY and not may(viewer.roles, commands.SignOff):
        return "Record as missing"
    if clock.name is not ClockName.OWNER_ACCEPTED or asked is None:
        return clock_words.of(clock.key).do
    if asked == viewer.id:
        return "Accept, or decline in Messages"
    return f"Chase {naming.staff(asked, screen)} to accept, or assign another"


def _to_confirm(case: Case, screen: Screen) -> Debt:
    asked, of = case.ending.void_asked, case.ending.duplicate_of
    assert asked is not None, "it is to be confirmed"
    wanted = f"a duplicate of {of}" if of else "no such case"
    mark, to_do = f"{words.DUE} ASKED {screen.time(asked.at)}", f"Confirm, or leave: {wanted}"
    remedy = button("Confirm", ids.CONFIRM, case.ref, spoken=f"Confirm {case.ref}")
    return Debt(case=case, mark=mark, to_do=to_do, due=asked.at, remedy=remedy)


def _remedy(clock: Clock, case: Case, viewer: Actor) -> Block:
    """Who was asked accepts. Who leads the shift asks somebody: one press must not make the FIM an owner."""
    if clock.name is not ClockName.OWNER_ACCEPTED:
        found = remedies.button_for(clock, case.ref, viewer)
        assert found is not None, "it waits for who may pay it"
        return found
    if case.ownership.assigned_to == viewer.id:
        return button("Accept", ids.ACCEPT, case.ref, spoken=f"Accept {case.ref}")
    return button("Assign", ids.ASSIGN, case.ref, spoken=f"Assign {case.ref}")


def rows(
    found: Sequence[Asks], longest: int, opened: Outlined, viewer: Actor, screen: Screen
) -> tuple[list[Block], tuple[str, ...]]:
    """The first, each with its remedies; the others by their references. And those that cannot be read."""
    cases, unread = opened.read([each.ref for _, each in found[:longest]])
    waits = (_debts(reckoned(case, screen), viewer, screen) for case in cases)
    shown = [block for each in waits if each for block in _row(each)]
    rest, named = len(found) - longest, [each.ref for _, each in found[longest : longest + _NAMED]]
    left = "1 more case" if rest == 1 else f"{rest} more cases"
    unnamed = f" and {rest - _NAMED} more" if rest > _NAMED else ""
    more = [section(f"*{left}:* {', '.join(named)}{unnamed}")] if named else []
    return [*shown, *more], unread


def _row(waits: Waits) -> list[Block]:
    """What is worst with its button beside it; what else the case asks of them below, with theirs."""
    first, *others = waits
    said = [f"{first.mark} *{first.to_do}*", _which(first.case)]
    said += [f"Also: {'; '.join(map(_also, others))}"] if others else []
    row = section("\n".join(said), accessory=first.remedy)
    remedy_buttons = _unlike(first.remedy, [debt.remedy for debt in others])
    return [row, actions(*remedy_buttons[:_ALSO])] if remedy_buttons else [row]


def _which(case: Case) -> str:
    return " · ".join([naming.heading(case), *standing.because(case, _LONGEST_WHY)])


def _also(debt: Debt) -> str:
    return f"{debt.mark} {words.lower_first(debt.to_do)}"


def _unlike(first: Block, remedy_buttons: Sequence[Block]) -> list[Block]:
    """Each kind once, as Slack has it: the second of two enquiries gets its button when the first is done."""
    kinds = {remedy["action_id"]: remedy for remedy in reversed(remedy_buttons)}
    return [
        remedy
        for remedy in remedy_buttons
        if kinds[remedy["action_id"]] is remedy and remedy["action_id"] != first["action_id"]
    ]
