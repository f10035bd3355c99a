"""Every clock of a case: the one list from which pages, status, board, hand-over and audit are drawn.

To add one: name it (`ClockName`), write it and say when it runs (`makers`), say what it is called and what ends it
(`bot.views.wording.clock_words`), give it a table in `config/policy.toml`, and test it.
"""

from datetime import datetime

from bot.domain.case import Case
from bot.domain.case_parts import TRANSFERRED
from bot.domain.clocks import makers
from bot.domain.clocks.clock import Clock, State, name_and_item, name_of
from bot.domain.clocks.makers import Maker
from bot.domain.policy import ClockName, Policy

__all__ = ["Clock", "ClockName", "State", "clocks", "name_and_item", "name_of", "never_done"]


def clocks(case: Case, policy: Policy) -> list[Clock]:
    """The clocks that this case has now, done or not, in the order of domain.md §5.

    What ends a search ends what was still owed to it; what was done by then stays done, in time or late.
    """
    if case.ending.gone == TRANSFERRED:
        return _passed_on(case, policy)
    if case.ending.gone:
        return []
    if case.ending.closed:
        return _closed(case, policy, case.ending.closed.at)
    if case.back.seen:
        return _found(case, policy, case.back.seen.at)
    if case.whereabouts_unknown:
        return _made(makers.ALL, case, policy)
    return _made(makers.WHEREABOUTS_KNOWN, case, policy)


def never_done(case: Case, policy: Policy, at: datetime) -> list[Clock]:
    """What closing the case then leaves undone: owed to this child, and satisfied by nothing, though finding the child
    has taken it off. What only time brings is left out where its time had not come."""
    if case.ending.gone:
        return []
    owed = (*_searching(case), *(makers.AFTER_SEARCH if case.whereabouts_unknown else ()))
    owed = tuple(make for make in owed if make is not makers.silent_case)  # closing is a step, too
    ended = case.back.seen.at if case.back.seen else at
    undone = [clock for clock in _made(owed, case, policy) if clock.done is None and clock.due is not None]
    return [
        clock for clock in undone if clock.name not in makers.IN_TIME or clock.state(ended) is State.BREACHED
    ]


def _passed_on(case: Case, policy: Policy) -> list[Clock]:
    """With the other force nothing runs; what was met or late stays so, since an audit must see it."""
    which = makers.ALL if case.whereabouts_unknown else makers.WHEREABOUTS_KNOWN
    return [clock for clock in _made(which, case, policy) if clock.done]


def _found(case: Case, policy: Policy, seen_at: datetime) -> list[Clock]:
    searched = _done_by(seen_at, _searching(case), case, policy)
    runs_on = _made(makers.SEEN if case.whereabouts_unknown else (makers.fim_asked,), case, policy)
    running = [clock for clock in runs_on if clock not in searched]
    return [
        *searched,
        *running,
        *makers.closure(case, policy, seen_at, running),
    ]


def _closed(case: Case, policy: Policy, closed_at: datetime) -> list[Clock]:
    """Closing meets `closure`, if it had begun."""
    seen_at = case.back.seen.at if case.back.seen else closed_at
    searched = _done_by(seen_at, _searching(case), case, policy)
    if not case.whereabouts_unknown:
        paper = makers.closure(case, policy, seen_at, [], closed_at) if case.back.seen else ()
        return [*searched, *paper]
    waited = _made((*makers.RUN_ON, makers.prevention_interview), case, policy)
    ended = makers.closure(case, policy, seen_at, waited, closed_at)
    spoken_to = _done_by(closed_at, (makers.prevention_interview,), case, policy)
    return [*searched, *spoken_to, *_made(makers.AFTER_CLOSING, case, policy), *ended]


def _searching(case: Case) -> tuple[Maker, ...]:
    return makers.UNTIL_SEEN if case.whereabouts_unknown else makers.WHEREABOUTS_KNOWN


def _done_by(at: datetime, which: tuple[Maker, ...], case: Case, policy: Policy) -> list[Clock]:
    return [clock for clock in _made(which, case, policy) if clock.done and clock.done <= at]


def _made(which: tuple[Maker, ...], case: Case, policy: Policy) -> list[Clock]:
    return [clock for make in which for clock in make(case, policy)]
