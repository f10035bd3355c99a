"""Clocks about who has the case."""

from bot.domain.case import Case
from bot.domain.clocks.clock import Clocks, run
from bot.domain.policy import Policy


def owner_accepted(case: Case, policy: Policy) -> Clocks:
    """A named person accepts; being tagged is not being told (IOPC, Staffordshire, 2025)."""
    held = case.ownership
    yield run(case, policy, "owner-accepted", held.wanted_since, done=held.accepted_at)


def transfer_accepted(case: Case, policy: Policy) -> Clocks:
    """Until a named person in the other force accepts, the sender owns it (IOPC, Wiltshire / Avon & Somerset)."""
    ending = case.ending
    if ending.transfer_asked:
        started = ending.transfer_asked.at
        yield run(case, policy, "transfer-accepted", started, done=ending.transfer_accepted_at)
