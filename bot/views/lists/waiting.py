"""What waits for one person: debts that are theirs to pay, and that they may pay (screens.md §9).

Theirs: asked of them by name, or of a role they hold, which is the first manned rung of the clock's ladder or one that
was paged since. One that comes round again and again (an update, a review), or that is hours away, waits for
nobody until it is due soon. A void or a duplicate runs on no clock, and waits for its second person all the same.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.clocks import Clock, ClockName
from bot.domain.grading import urgency
from bot.domain.ladder import Ladder
from bot.domain.people import Actor, Role
from bot.domain.permissions import asked_to_end, may
from bot.views import ids
from bot.views.blocks import actions, button, section
from bot.views.lists.reckoned import Reckoned
from bot.views.message import Block
from bot.views.screen import Screen
from bot.views.wording import clock_words, debts, naming, remedies, standing, words

_NEAR = timedelta(hours=1)
_LONGEST_WHY = 60
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


def waiting(cases: Iterable[Reckoned], viewer: Actor, screen: Screen) -> list[Waits]:
    """One per case. Late first; among those, as among the others, the highest risk, then the most overdue. What trains
    comes after every child."""
    found = (sorted(_of_case(each, viewer, screen), key=_urgency) for each in cases)
    return sorted(filter(None, found), key=lambda waits: _urgency(waits[0]))


def _urgency(debt: Debt) -> tuple[object, ...]:
    return (debt.case.training, not debt.is_late, *urgency(debt.case.running_grade, debt.due, debt.case.ref))


def _of_case(each: Reckoned, viewer: Actor, screen: Screen) -> Iterable[Debt]:
    case = each.case
    yield from _to_confirm(case, viewer, screen)
    for clock in each.owed:
        by_name = is_asked_by_name(clock, case, viewer)
        if not by_name and not (_waits(clock, screen) and _falls_to(clock, case, viewer, screen)):
            continue
        remedy = _remedy(clock, case, viewer)
        if remedy:
            yield _owed(clock, case, remedy, viewer, screen)


def _owed(clock: Clock, case: Case, remedy: Block, viewer: Actor, screen: Screen) -> Debt:
    assert clock.due is not None, "what is owed has a due time"
    return Debt(
        case=case,
        mark=debts.mark_dated(clock, screen),
        to_do=_to_do(clock, case, viewer, screen),
        due=clock.due,
        is_late=debts.is_late(clock, screen),
        remedy=remedy,
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


def _to_confirm(case: Case, viewer: Actor, screen: Screen) -> Iterable[Debt]:
    asked = case.ending.void_asked
    if asked is None or asked_to_end(case, viewer.id) or not _confirms(viewer, case, screen):
        return
    of = case.ending.duplicate_of
    wanted = f"a duplicate of {of}" if of else "no such case"
    mark, to_do = f"{words.DUE} ASKED {screen.time(asked.at)}", f"Confirm, or leave: {wanted}"
    remedy = button("Confirm", ids.CONFIRM, case.ref, spoken=f"Confirm {case.ref}")
    yield Debt(case=case, mark=mark, to_do=to_do, due=asked.at, remedy=remedy)


def _confirms(viewer: Actor, case: Case, screen: Screen) -> bool:
    """A supervisor; who stands above them where no other is on duty."""
    if Role.SUPERVISOR in viewer.roles:
        return True
    others = [each for each in screen.directory.on_duty(Role.SUPERVISOR) if not asked_to_end(case, each)]
    return not others and may(viewer.roles, commands.Confirm)


def _waits(clock: Clock, screen: Screen) -> bool:
    is_near = clock.due is not None and clock.due - screen.now <= _NEAR
    return debts.is_soon(clock, screen) or (is_near and not clock_words.of(clock.key).comes_round)


def is_asked_by_name(clock: Clock, case: Case, viewer: Actor) -> bool:
    if clock.name is ClockName.OWNER_ACCEPTED:
        return case.ownership.assigned_to == viewer.id
    enquiry = case.enquiries.get(clock.item)
    return clock.name is ClockName.ENQUIRY_DONE and enquiry is not None and enquiry.owner == viewer.id


def _falls_to(clock: Clock, case: Case, viewer: Actor, screen: Screen) -> bool:
    if clock_words.of(clock.key).of_who_reported and case.reported_by == viewer.id:
        return True
    passed_on = case.ending.transfer_asked
    if clock.name is ClockName.TRANSFER_ACCEPTED and passed_on is not None and passed_on.by == viewer.id:
        return True  # they know whom to ring
    held = {*viewer.roles, *([Role.OWNER] if case.owner == viewer.id else [])}
    paging = case.paging.get(clock.key)
    told = paging.told if paging and paging.started == clock.started else frozenset()
    return bool(held & {_first_rung(clock, case, screen), *told})


def _first_rung(clock: Clock, case: Case, screen: Screen) -> Role:
    ladder = Ladder(
        steps=screen.policy.clocks[clock.name].ladder,
        has_owner=case.owner is not None,
        on_duty=lambda role: bool(screen.directory.on_duty(role)),
    )
    return ladder.first(clock.from_role).role


def _remedy(clock: Clock, case: Case, viewer: Actor) -> Block | None:
    """None where this person may not pay it: then it waits for somebody else."""
    if clock.name is ClockName.OWNER_ACCEPTED:
        return _ownership(case, viewer)
    if remedies.waiting_for(clock, case, viewer):
        return None
    return remedies.button_for(clock, case.ref, viewer)


def _ownership(case: Case, viewer: Actor) -> Block | None:
    """Who was asked accepts. Who leads the shift asks somebody: one press must not make the FIM an owner."""
    if case.ownership.assigned_to == viewer.id:
        return button("Accept", ids.ACCEPT, case.ref, spoken=f"Accept {case.ref}")
    if may(viewer.roles, commands.Assign):
        return button("Assign", ids.ASSIGN, case.ref, spoken=f"Assign {case.ref}")
    return None


def rows(waiting: Sequence[Waits], longest: int) -> list[Block]:
    """The first, each with its remedies; the others by their references."""
    rest = [waits[0].case.ref for waits in waiting[longest:]]
    named = ", ".join(rest[:200]) + (f" and {len(rest) - 200} more" if len(rest) > 200 else "")
    cases = "1 more case" if len(rest) == 1 else f"{len(rest)} more cases"
    more = [section(f"*{cases}:* {named}")] if rest else []
    return [*(block for waits in waiting[:longest] for block in _row(waits)), *more]


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
