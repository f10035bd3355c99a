"""Clocks about the risk to the child: grade, category, review, and who of rank knows."""

from bot.domain.case import Case
from bot.domain.clocks.clock import Clocks, run
from bot.domain.policy import Policy


def fim_aware(case: Case, policy: Policy) -> Clocks:
    """A FIM knows of a high-risk child at once (HMICFRS on Wiltshire Police: nobody told the FIM)."""
    if case.risk.high_since:
        yield run(case, policy, "fim-aware", case.risk.high_since, done=case.risk.fim_aware_at)


def grade_recorded(case: Case, policy: Policy) -> Clocks:
    """A report is graded by a person, not left at what the software proposes (APP: assess every report)."""
    if not case.risk.graded_in_report:
        yield run(case, policy, "grade-recorded", case.told_at, done=case.risk.first_graded_at)


def concern_for_safety(case: Case, policy: Policy) -> Clocks:
    """A child whose whereabouts are unknown is missing; filing it otherwise has a short life (HMICFRS)."""
    spell = case.concern
    if spell is None or spell.unknown_since is None:
        return
    ends = (spell.ended_at, case.back.located and case.back.located.at)
    done = min((at for at in ends if at), default=None)
    signed_at = spell.longer_since
    if signed_at and signed_at >= spell.unknown_since:
        longer = policy.clocks["concern-for-safety"].signed_off
        yield run(case, policy, "concern-for-safety", signed_at, done=done, within=longer)
    else:
        yield run(case, policy, "concern-for-safety", spell.unknown_since, done=done)


def rationale_signed_off(case: Case, policy: Policy) -> Clocks:
    """Why this is not "missing" is a supervisor's signature, not a box (HMICFRS: no rationale recorded)."""
    spell = case.concern
    if spell is None or (spell.ended_at and spell.rationale_done_at is None):
        return
    yield run(case, policy, "rationale-signed-off", spell.rationale_since, done=spell.rationale_done_at)


def duty_inspector_told(case: Case, policy: Policy) -> Clocks:
    """The local inspector is told, and the log says so (HMICFRS: the log did not say)."""
    graded_at = case.risk.first_graded_at
    if graded_at:
        yield run(case, policy, "duty-inspector-told", graded_at, done=case.inspector_told_at)


def review(case: Case, policy: Policy) -> Clocks:
    """The grade is decided again in time (APP: set a time to review; IOPC, Dorset: medium after ten minutes)."""
    risk = case.risk
    starts = [at for at in (risk.last_graded_at, risk.last_reviewed and risk.last_reviewed.at) if at]
    if not starts:
        return
    own = run(case, policy, "review", max(starts))
    earlier = risk.next_review_at
    if earlier and own.due and earlier < own.due:
        own = run(case, policy, "review", max(starts), due=earlier)
    yield own


def regrade_approval(case: Case, policy: Policy) -> Clocks:
    """A downgrade waits for a second person (IPCC, Northamptonshire: downgraded by one person alone)."""
    asked_at = case.risk.approval_asked_at
    if asked_at:
        yield run(case, policy, "regrade-approval", asked_at, done=case.risk.approval_done_at)
