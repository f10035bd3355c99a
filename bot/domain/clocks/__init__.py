"""Every clock of a case: the one list from which pages, status, board, hand-over and audit are drawn.

A clock is a generator over the case and the force's numbers, with the reason it exists in its docstring. To add
one: write it, name it in a phase below, give it a table in `config/policy.toml`, and test it.
"""

from collections.abc import Callable
from datetime import datetime

from bot.domain.case import Case
from bot.domain.clocks import closing_clocks, enquiry_clocks, ownership_clocks, risk_clocks
from bot.domain.clocks.clock import Clock, Clocks, State, name_of
from bot.domain.policy import Policy

__all__ = ["ALL", "Clock", "State", "clocks", "name_of", "never_done"]

Maker = Callable[[Case, Policy], Clocks]

# A child known to be with somebody named: no alarm about finding it (domain.md §5).
_WHEREABOUTS_KNOWN: tuple[Maker, ...] = (
    risk_clocks.rationale_signed_off,
    ownership_clocks.owner_accepted,
    risk_clocks.review,
    enquiry_clocks.silent_case,
)
_UNTIL_SEEN: tuple[Maker, ...] = (
    risk_clocks.fim_aware,
    risk_clocks.grade_recorded,
    ownership_clocks.owner_accepted,
    risk_clocks.concern_for_safety,
    risk_clocks.rationale_signed_off,
    risk_clocks.duty_inspector_told,
    enquiry_clocks.lines_of_enquiry,
    enquiry_clocks.silent_case,
    risk_clocks.review,
    enquiry_clocks.new_information,
    enquiry_clocks.enquiry_done,
    risk_clocks.regrade_approval,
    ownership_clocks.transfer_accepted,
    enquiry_clocks.pnc,
    enquiry_clocks.ukmpu,
)
_RUN_ON: tuple[Maker, ...] = (enquiry_clocks.actions_done, enquiry_clocks.ppn)
_FOUND: tuple[Maker, ...] = (closing_clocks.prevention_interview, closing_clocks.return_interview)
_SEEN = (*_RUN_ON, enquiry_clocks.information_since_seen, *_FOUND)
_AFTER_CLOSING: tuple[Maker, ...] = (
    closing_clocks.return_interview,
    enquiry_clocks.actions_done,
    enquiry_clocks.ppn,
)

_AFTER_SEARCH = (*_RUN_ON, *_FOUND)
_IN_TIME = frozenset({"review", "pnc", "ukmpu"})

ALL: tuple[Maker, ...] = (*_UNTIL_SEEN, *_RUN_ON, *_FOUND)


def clocks(case: Case, policy: Policy) -> list[Clock]:
    """The clocks that this case has now, done or not, in the order of domain.md §5.

    What ends a search ends what was still owed to it; what was done by then stays done, in time or late.
    """
    if case.ending.gone:
        return []
    if case.ending.closed:
        return _closed(case, policy, case.ending.closed.at)
    if case.back.seen:
        return _found(case, policy, case.back.seen.at)
    if case.whereabouts_unknown:
        return _made((*_UNTIL_SEEN, *_RUN_ON, *_FOUND), case, policy)
    return _made(_WHEREABOUTS_KNOWN, case, policy)


def never_done(case: Case, policy: Policy, at: datetime) -> list[Clock]:
    """What closing the case then leaves undone: owed to this child, and satisfied by nothing, though finding the child
    has taken it off. What only time brings is left out where its time had not come."""
    if case.ending.gone:
        return []
    makers = (*_searching(case), *(_AFTER_SEARCH if case.whereabouts_unknown else ()))
    makers = tuple(
        make for make in makers if make is not enquiry_clocks.silent_case
    )  # closing is a step, too
    ended = case.back.seen.at if case.back.seen else at
    undone = [clock for clock in _made(makers, case, policy) if clock.done is None and clock.due is not None]
    return [clock for clock in undone if clock.name not in _IN_TIME or clock.state(ended) is State.BREACHED]


def _found(case: Case, policy: Policy, seen_at: datetime) -> list[Clock]:
    running = _made(_SEEN if case.whereabouts_unknown else (), case, policy)
    return [
        *_done_by(seen_at, _searching(case), case, policy),
        *running,
        *closing_clocks.closure(case, policy, seen_at, running),
    ]


def _closed(case: Case, policy: Policy, closed_at: datetime) -> list[Clock]:
    """Closing meets `closure`, if it had begun."""
    seen_at = case.back.seen.at if case.back.seen else closed_at
    searched = _done_by(seen_at, _searching(case), case, policy)
    if not case.whereabouts_unknown:
        return searched
    waited = _made((*_RUN_ON, closing_clocks.prevention_interview), case, policy)
    ended = closing_clocks.closure(case, policy, seen_at, waited, closed_at)
    spoken_to = _done_by(closed_at, (closing_clocks.prevention_interview,), case, policy)
    return [*searched, *spoken_to, *_made(_AFTER_CLOSING, case, policy), *ended]


def _searching(case: Case) -> tuple[Maker, ...]:
    return _UNTIL_SEEN if case.whereabouts_unknown else _WHEREABOUTS_KNOWN


def _done_by(at: datetime, makers: tuple[Maker, ...], case: Case, policy: Policy) -> list[Clock]:
    return [clock for clock in _made(makers, case, policy) if clock.done and clock.done <= at]


def _made(makers: tuple[Maker, ...], case: Case, policy: Policy) -> list[Clock]:
    return [clock for make in makers for clock in make(case, policy)]
