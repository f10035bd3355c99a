"""Clocks that start when the child is found."""

from datetime import datetime

from bot.domain.case import Case
from bot.domain.clocks.clock import Clock, Clocks, run
from bot.domain.policy import Policy


def prevention_interview(case: Case, policy: Policy) -> Clocks:
    """Police see the child on return, face to face (HMICFRS, Cleveland: closed on a phone call)."""
    if case.back.located:
        done = case.back.prevention.at if case.back.prevention else None
        yield run(case, policy, "prevention-interview", case.back.located.at, done=done)


def return_interview(case: Case, policy: Policy) -> Clocks:
    """The independent return home interview is offered within 72 h (statutory guidance)."""
    if case.back.offer_owed_since:
        done = case.back.offered.at if case.back.offered else None
        yield run(case, policy, "return-interview", case.back.offer_owed_since, done=done, runs_on=True)


def closure(
    case: Case, policy: Policy, seen_at: datetime, others: list[Clock], closed_at: datetime | None = None
) -> Clocks:
    """Nothing but paper is left: close it. Starts when the last other clock ended."""
    ends = [clock.done for clock in others if clock.name != "return-interview"]
    ended = [end for end in ends if end]
    started = max([seen_at, *ended])
    if len(ended) == len(ends) and (closed_at is None or started <= closed_at):
        yield run(case, policy, "closure", started, done=closed_at)
