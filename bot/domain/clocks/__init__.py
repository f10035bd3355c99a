"""Every clock of a case: the one list from which pages, status, board, hand-over and audit are drawn.

A clock is a generator over the case and the force's numbers, with the reason it exists in its docstring. To add
one: write it, name it in a phase below, give it a table in `config/policy.toml`, and test it.
"""

from collections.abc import Callable

from bot.domain.case import Case, Status
from bot.domain.clocks import afterwards, enquiries, ownership, risk
from bot.domain.clocks.base import Clock, Clocks, State, name_of
from bot.domain.policy import Policy

__all__ = ["ALL", "Clock", "State", "clocks", "name_of"]

Maker = Callable[[Case, Policy], Clocks]

# A child known to be with somebody named: no alarm about finding it (domain.md §5).
_WHEREABOUTS_KNOWN: tuple[Maker, ...] = (
    risk.rationale_signed_off,
    ownership.owner_accepted,
    risk.review,
    enquiries.silent_case,
)
_UNTIL_SEEN: tuple[Maker, ...] = (
    risk.fim_aware,
    risk.grade_recorded,
    ownership.owner_accepted,
    risk.concern_for_safety,
    risk.rationale_signed_off,
    risk.duty_inspector_told,
    enquiries.lines_of_enquiry,
    enquiries.silent_case,
    risk.review,
    enquiries.new_information,
    enquiries.enquiry_done,
    risk.regrade_approval,
    ownership.transfer_accepted,
    enquiries.pnc,
    enquiries.ukmpu,
)
_RUN_ON: tuple[Maker, ...] = (enquiries.actions_done, enquiries.ppn)
_FOUND: tuple[Maker, ...] = (afterwards.prevention_interview, afterwards.return_interview)
_SEEN = (*_RUN_ON, enquiries.information_since_seen, *_FOUND)
_CLOSED: tuple[Maker, ...] = (afterwards.return_interview, enquiries.actions_done, enquiries.ppn)

ALL: tuple[Maker, ...] = (*_UNTIL_SEEN, *_RUN_ON, *_FOUND)


def clocks(case: Case, policy: Policy) -> list[Clock]:
    """The clocks that this case has now, done or not, in the order of domain.md §5."""
    if case.ending.gone:
        return []
    if case.status is Status.CLOSED:
        return _made(_after_closing(case), case, policy)
    seen = case.back.seen
    if seen is None:
        searching = (*_UNTIL_SEEN, *_RUN_ON, *_FOUND) if case.whereabouts_unknown else _WHEREABOUTS_KNOWN
        return _made(searching, case, policy)
    found = _made(_SEEN if case.whereabouts_unknown else (), case, policy)
    return [*found, *afterwards.closure(case, policy, seen.at, found)]


def _after_closing(case: Case) -> tuple[Maker, ...]:
    return _CLOSED if case.whereabouts_unknown else ()


def _made(makers: tuple[Maker, ...], case: Case, policy: Policy) -> list[Clock]:
    return [clock for make in makers for clock in make(case, policy)]
