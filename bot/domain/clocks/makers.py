"""A small generator for each clock, over the case and the force's numbers; its docstring is the reason that it exists.

Below them, when each runs: which of them a case has while it is searched for, once seen, and after closing.
"""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.domain.case import Case
from bot.domain.case_parts import Concern
from bot.domain.clocks.clock import Clock, Clocks, run
from bot.domain.facts import SOCIAL_CARE, Attendance, EnquiryKind
from bot.domain.people import Role
from bot.domain.policy import ClockName, Policy


def fim_aware(case: Case, policy: Policy) -> Clocks:
    """A FIM knows of a high-risk child at once (HMICFRS on Wiltshire Police: nobody told the FIM)."""
    if case.risk.high_since:
        yield run(case, policy, ClockName.FIM_AWARE, case.risk.high_since, done=case.risk.fim_aware_at)


def fim_asked(case: Case, policy: Policy) -> Clocks:
    """Whoever is worried need not wait for a clock to be heard above (HMICFRS: concerns were not escalated)."""
    asked = case.fim_asked
    if asked:
        since, done = asked.step.at, asked.done_at
        yield run(case, policy, ClockName.FIM_ASKED, since, done=done, from_role=asked.wanted)


def grade_recorded(case: Case, policy: Policy) -> Clocks:
    """A report is graded by a person, not left at what the software proposes (APP: assess every report)."""
    if not case.risk.graded_in_report:
        yield run(case, policy, ClockName.GRADE_RECORDED, case.told_at, done=case.risk.first_graded_at)


def concern_for_safety(case: Case, policy: Policy) -> Clocks:
    """A child whose whereabouts are unknown is missing; filing it otherwise has a short life (HMICFRS)."""
    spell = case.concern
    if spell is None or spell.unknown_since is None:
        return
    ends = (spell.ended_at, case.back.located and case.back.located.at)
    done = min((at for at in ends if at), default=None)
    signed_at = spell.longer_since
    if signed_at and signed_at >= spell.unknown_since:
        longer = policy.clocks[ClockName.CONCERN_FOR_SAFETY].signed_off
        clock = run(case, policy, ClockName.CONCERN_FOR_SAFETY, signed_at, done=done, within=longer)
    else:
        clock = run(case, policy, ClockName.CONCERN_FOR_SAFETY, spell.unknown_since, done=done)
    yield _nobody_comes(clock, spell, case)


def _nobody_comes(clock: Clock, spell: Concern, case: Case) -> Clock:
    """Nobody attends a child whom nobody can find: due at once (Right Care Right Person reached under-18s in 2025).

    Decided otherwise since, it is due when it would have been, and a page that is out stays out where that has passed.
    """
    since = spell.refused_since
    if since is None or not case.is_child:
        return clock
    started = max(since, clock.started)
    due = started if spell.attendance is Attendance.NO else clock.due
    page_from = due if clock.page_from else None
    return replace(clock, started=started, due=due, page_from=page_from)


def rationale_signed_off(case: Case, policy: Policy) -> Clocks:
    """Why this is not "missing" is a supervisor's signature, not a box (HMICFRS: no rationale recorded)."""
    spell = case.concern
    if spell is None or (spell.ended_at and spell.rationale_done_at is None):
        return
    yield run(
        case, policy, ClockName.RATIONALE_SIGNED_OFF, spell.rationale_since, done=spell.rationale_done_at
    )


def duty_inspector_told(case: Case, policy: Policy) -> Clocks:
    """The local inspector is told, and the log says so (HMICFRS: the log did not say)."""
    graded_at = case.risk.first_graded_at
    if graded_at:
        yield run(case, policy, ClockName.DUTY_INSPECTOR_TOLD, graded_at, done=case.inspector_told_at)


def review(case: Case, policy: Policy) -> Clocks:
    """The grade is decided again in time (APP: set a time to review; IOPC, Dorset: medium after ten minutes)."""
    risk = case.risk
    if risk.disagreed_at:  # the carer sees what nobody else does (NPCC missing-from-care framework, 2025)
        yield run(case, policy, ClockName.REVIEW, risk.disagreed_at, due=risk.disagreed_at)
        return
    starts = [at for at in (risk.last_graded_at, risk.last_reviewed and risk.last_reviewed.at) if at]
    if not starts:
        return
    own = run(case, policy, ClockName.REVIEW, max(starts))
    earlier = risk.next_review_at
    if earlier and own.due and earlier < own.due:
        own = run(case, policy, ClockName.REVIEW, max(starts), due=earlier)
    yield own


def regrade_approval(case: Case, policy: Policy) -> Clocks:
    """A downgrade waits for a second person (IPCC, Northamptonshire: downgraded by one person alone)."""
    asked_at = case.risk.approval_asked_at
    if asked_at:
        yield run(case, policy, ClockName.REGRADE_APPROVAL, asked_at, done=case.risk.approval_done_at)


# Clocks about who has the case.


def owner_accepted(case: Case, policy: Policy) -> Clocks:
    """A named person accepts; being tagged is not being told (IOPC, Staffordshire, 2025)."""
    held = case.ownership
    yield run(case, policy, ClockName.OWNER_ACCEPTED, held.wanted_since, done=held.accepted_at)


def transfer_accepted(case: Case, policy: Policy) -> Clocks:
    """Until a named person in the other force accepts, the sender owns it (IOPC, Wiltshire / Avon & Somerset).

    Passed on a second time, an inspector hears of it at once (IOPC, Hertfordshire, 2026: nineteen hours between two).
    """
    ending = case.ending
    if ending.transfer_asked:
        yield run(
            case,
            policy,
            ClockName.TRANSFER_ACCEPTED,
            ending.transfer_asked.at,
            done=ending.transfer_answered_at,
            from_role=Role.DUTY_INSPECTOR if ending.transfers > 1 else None,
        )


def transfer_refused(case: Case, policy: Policy) -> Clocks:
    """What another force sends back is nobody's until somebody says whose (IOPC, Hertfordshire, April 2026)."""
    refusal = case.ending.refusal
    if refusal:
        done = refusal.settled.at if refusal.settled else None
        yield run(case, policy, ClockName.TRANSFER_REFUSED, refusal.step.at, done=done)


# Clocks about the work of tracing the child.


def lines_of_enquiry(case: Case, policy: Policy) -> Clocks:
    """A supervisor sets the first lines of enquiry (HMICFRS, Met, 2025: no action for eight hours)."""
    yield run(case, policy, ClockName.LINES_OF_ENQUIRY, case.told_at, done=case.lines_set_at)


def silent_case(case: Case, policy: Policy) -> Clocks:
    """Somebody does something (coroner, Taunton: no evidence of any step to trace him)."""
    yield run(case, policy, ClockName.SILENT_CASE, case.last_activity_at)


def new_information(case: Case, policy: Policy) -> Clocks:
    """Each new item is considered (IPCC, Bolton: a second call got no response for six hours)."""
    for item in case.information.values():
        done = item.considered.at if item.considered else None
        yield run(case, policy, ClockName.NEW_INFORMATION, item.received.at, done=done, item=item.id)


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
            ClockName.ENQUIRY_DONE,
            set_.set.at,
            done=done,
            item=set_.id,
            due=set_.due_at,
            runs_on=actions,
        )


def ppn(case: Case, policy: Policy) -> Clocks:
    """The public protection notice, with ethnicity and school (HMICFRS: notices without either)."""
    yield run(case, policy, ClockName.PPN, case.told_at, done=case.ppn_complete_at, runs_on=True)


def caller_told(case: Case, policy: Policy) -> Clocks:
    """Whoever rang knows whether anybody comes, and what to do (IOPC national recommendation, February 2023)."""
    since = case.caller_since or case.told_at
    yield run(case, policy, ClockName.CALLER_TOLD, since, done=case.caller_told_at)


def social_care_told(case: Case, policy: Policy) -> Clocks:
    """A looked-after child's social worker or duty team hears of every report (Staffordshire protocol). Of a child: an
    adult has none."""
    if case.child.looked_after and case.is_child:
        since = case.looked_after_since or case.told_at
        yield run(case, policy, ClockName.SOCIAL_CARE_TOLD, since, done=_told(case, SOCIAL_CARE))


def first_attendance(case: Case, policy: Policy) -> Clocks:
    """Officers are at the address, or at the last place; only where a force gives it a time (published standards)."""
    done = case.attended.at if case.attended else None
    yield run(case, policy, ClockName.FIRST_ATTENDANCE, case.told_at, done=done)


def pnc(case: Case, policy: Policy) -> Clocks:
    """Circulated on the Police National Computer within 48 h."""
    yield run(case, policy, ClockName.PNC, case.told_at, done=_told(case, "pnc"))


def ukmpu(case: Case, policy: Policy) -> Clocks:
    """The UK Missing Persons Unit is told at 72 h."""
    yield run(case, policy, ClockName.UKMPU, case.told_at, done=_told(case, "ukmpu"))


def _told(case: Case, who: str) -> datetime | None:
    return next((notice.step.at for notice in case.told if notice.who == who), None)


# Clocks that start when the child is found.


def prevention_interview(case: Case, policy: Policy) -> Clocks:
    """Police see the child on return, face to face (HMICFRS, Cleveland: closed on a phone call)."""
    if case.back.located:
        done = case.back.prevention.at if case.back.prevention else None
        yield run(case, policy, ClockName.PREVENTION_INTERVIEW, case.back.located.at, done=done)


def return_interview(case: Case, policy: Policy) -> Clocks:
    """The independent return home interview is offered within 72 h (statutory guidance)."""
    if case.back.offer_owed_since:
        done = case.back.offered.at if case.back.offered else None
        yield run(
            case, policy, ClockName.RETURN_INTERVIEW, case.back.offer_owed_since, done=done, runs_on=True
        )


def closure(
    case: Case, policy: Policy, seen_at: datetime, others: list[Clock], closed_at: datetime | None = None
) -> Clocks:
    """Nothing but paper is left: close it. Starts when the last other clock ended."""
    ends = [clock.done for clock in others if clock.name is not ClockName.RETURN_INTERVIEW]
    ended = [end for end in ends if end]
    started = max([seen_at, *ended])
    if len(ended) == len(ends) and (closed_at is None or started <= closed_at):
        yield run(case, policy, ClockName.CLOSURE, started, done=closed_at)


Maker = Callable[[Case, Policy], Clocks]

# In the order of domain.md §5. A child known to be with somebody named: no alarm about finding it.
WHEREABOUTS_KNOWN: tuple[Maker, ...] = (
    fim_asked,
    rationale_signed_off,
    owner_accepted,
    review,
    silent_case,
)
UNTIL_SEEN: tuple[Maker, ...] = (
    fim_aware,
    fim_asked,
    grade_recorded,
    owner_accepted,
    concern_for_safety,
    rationale_signed_off,
    duty_inspector_told,
    lines_of_enquiry,
    silent_case,
    review,
    new_information,
    enquiry_done,
    regrade_approval,
    transfer_accepted,
    transfer_refused,
    caller_told,
    social_care_told,
    first_attendance,
    pnc,
    ukmpu,
)
RUN_ON: tuple[Maker, ...] = (actions_done, ppn)
FOUND: tuple[Maker, ...] = (prevention_interview, return_interview)
SEEN: tuple[Maker, ...] = (fim_asked, *RUN_ON, information_since_seen, *FOUND)
AFTER_SEARCH: tuple[Maker, ...] = (*RUN_ON, *FOUND)
AFTER_CLOSING: tuple[Maker, ...] = (return_interview, actions_done, ppn)
ALL: tuple[Maker, ...] = (*UNTIL_SEEN, *AFTER_SEARCH)
# `clocks` itself makes the one from what else runs; the other is a role's (`handover`).
_BY_THEMSELVES = {ClockName.CLOSURE, ClockName.HANDOVER_ACCEPTED}
assert {make.__name__.replace("_", "-") for make in ALL} >= set(ClockName) - _BY_THEMSELVES, (
    "a clock that never runs"
)

# Closing leaves one of these undone only where its time had come: only time brings it.
IN_TIME = frozenset({ClockName.REVIEW, ClockName.PNC, ClockName.UKMPU})
