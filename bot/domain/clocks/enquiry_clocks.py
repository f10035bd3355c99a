"""Clocks about the work of tracing the child."""

from datetime import datetime

from bot.domain.case import Case
from bot.domain.clocks.clock import Clocks, run
from bot.domain.facts import EnquiryKind
from bot.domain.policy import Policy


def lines_of_enquiry(case: Case, policy: Policy) -> Clocks:
    """A supervisor sets the first lines of enquiry (HMICFRS, Met, 2025: no action for eight hours)."""
    yield run(case, policy, "lines-of-enquiry", case.told_at, done=case.lines_set_at)


def silent_case(case: Case, policy: Policy) -> Clocks:
    """Somebody does something (coroner, Taunton: no evidence of any step to trace him)."""
    yield run(case, policy, "silent-case", case.last_activity_at)


def new_information(case: Case, policy: Policy) -> Clocks:
    """Each new item is considered (IPCC, Bolton: a second call got no response for six hours)."""
    for item in case.information.values():
        done = item.considered.at if item.considered else None
        yield run(case, policy, "new-information", item.received.at, done=done, item=item.id)


def information_since_seen(case: Case, policy: Policy) -> Clocks:
    """What is said after the child was seen is new, and nobody has considered it yet."""
    seen = case.back.seen
    received = {item.id: item.received.at for item in case.information.values()}
    for clock in new_information(case, policy):
        if seen and received[clock.item] >= seen.at:
            yield clock


def enquiry_done(case: Case, policy: Policy) -> Clocks:
    """A line of enquiry has an end, and a result."""
    yield from _enquiries(case, policy, actions=False)


def actions_done(case: Case, policy: Policy) -> Clocks:
    """Actions outlive the finding (HMICFRS: a suspect neither arrested nor circulated 50 days on)."""
    yield from _enquiries(case, policy, actions=True)


def _enquiries(case: Case, policy: Policy, *, actions: bool) -> Clocks:
    for set_ in case.enquiries.values():
        if (set_.kind is not EnquiryKind.ENQUIRY) is not actions:
            continue
        done = set_.done.at if set_.done else None
        yield run(
            case,
            policy,
            "enquiry-done",
            set_.set.at,
            done=done,
            item=set_.id,
            due=set_.due_at,
            runs_on=actions,
        )


def ppn(case: Case, policy: Policy) -> Clocks:
    """The public protection notice, with ethnicity and school (HMICFRS: notices without either)."""
    yield run(case, policy, "ppn", case.told_at, done=case.ppn_complete_at, runs_on=True)


def pnc(case: Case, policy: Policy) -> Clocks:
    """Circulated on the Police National Computer within 48 h."""
    yield run(case, policy, "pnc", case.told_at, done=_told(case, "pnc"))


def ukmpu(case: Case, policy: Policy) -> Clocks:
    """The UK Missing Persons Unit is told at 72 h."""
    yield run(case, policy, "ukmpu", case.told_at, done=_told(case, "ukmpu"))


def _told(case: Case, who: str) -> datetime | None:
    return next((notice.step.at for notice in case.told if notice.who == who), None)
