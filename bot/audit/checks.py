"""The seven checks by which inspectors audited cases, and the grade that follows (HMICFRS on Wiltshire, 2022-23).

Each is answered by its clocks, so nothing is held against anybody that was not owed: a child found after ten minutes
needs no line of enquiry.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from bot.audit.runs import ClockOutcome, Run, by_name, worst
from bot.domain.case import Case
from bot.domain.facts import Grade
from bot.domain.policy import ClockName


class Check(StrEnum):
    CATEGORY = "category"
    RATIONALE = "rationale"
    FIM_TOLD = "fim_told"
    MARKERS_CONSIDERED = "markers_considered"
    DUTY_INSPECTOR_TOLD = "duty_inspector_told"
    LINES_OF_ENQUIRY = "lines_of_enquiry"
    TRACKER_USED = "tracker_used"


class Verdict(StrEnum):
    PASSED = "passed"
    LATE = "late"
    FAILED = "failed"
    NOT_OWED = "not_owed"  # none of its clocks came due; neither for nor against the case


class CaseGrade(StrEnum):
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"


# The clocks of each; the tracker has a rule of its own. A child whom nobody graded has had no marker considered, and no
# review clock either: so the grade counts beside the review.
CLOCKS: Mapping[Check, tuple[ClockName, ...]] = {
    Check.CATEGORY: (ClockName.CONCERN_FOR_SAFETY,),
    Check.RATIONALE: (ClockName.RATIONALE_SIGNED_OFF,),
    Check.FIM_TOLD: (ClockName.FIM_AWARE,),
    Check.MARKERS_CONSIDERED: (ClockName.GRADE_RECORDED, ClockName.REVIEW),
    Check.DUTY_INSPECTOR_TOLD: (ClockName.DUTY_INSPECTOR_TOLD,),
    Check.LINES_OF_ENQUIRY: (ClockName.LINES_OF_ENQUIRY,),
}
_GRAVE = (Check.FIM_TOLD, Check.MARKERS_CONSIDERED)
_VERDICTS = {
    ClockOutcome.MET: Verdict.PASSED,
    ClockOutcome.LATE: Verdict.LATE,
    ClockOutcome.MISSED: Verdict.FAILED,
}


def checks(case: Case, found: Sequence[Run]) -> dict[Check, Verdict]:
    """`found`: the runs of that case's clocks. In the inspectors' order."""
    named = by_name(found)
    answers: dict[Check, Verdict] = {}
    for check, names in CLOCKS.items():
        outcome = worst(run for name in names for run in named.get(name, ()))
        answers[check] = _VERDICTS[outcome] if outcome else Verdict.NOT_OWED
    if answers[Check.CATEGORY] is Verdict.NOT_OWED:  # it was right all the time
        answers[Check.CATEGORY] = Verdict.PASSED
    return answers | {Check.TRACKER_USED: _tracker(case, named)}


def _tracker(case: Case, named: Mapping[ClockName, tuple[Run, ...]]) -> Verdict:
    """At least one enquiry with a result; owed once lines of enquiry are, unless the enquiries that were set had time
    left when the search ended."""
    results = [(each.done.at, each.due_at) for each in case.enquiries.values() if each.done]
    if results:
        return Verdict.PASSED if any(done <= due for done, due in results) else Verdict.LATE
    if worst(named.get(ClockName.ENQUIRY_DONE, ())) is ClockOutcome.MISSED:
        return Verdict.FAILED
    is_owed = bool(named.get(ClockName.LINES_OF_ENQUIRY)) and not case.enquiries
    return Verdict.FAILED if is_owed else Verdict.NOT_OWED


def was_high(case: Case) -> bool:
    """At any time, whoever or whatever graded it so."""
    return any(level is Grade.HIGH for _, level in case.risk.running)


def grade_of(answers: Mapping[Check, Verdict], *, high: bool) -> CaseGrade:
    failed = [check for check, verdict in answers.items() if verdict is Verdict.FAILED]
    late = [check for check, verdict in answers.items() if verdict is Verdict.LATE]
    if len(failed) >= 2 or (high and any(check in failed for check in _GRAVE)):
        return CaseGrade.INADEQUATE
    return CaseGrade.GOOD if not failed and len(late) <= 1 else CaseGrade.REQUIRES_IMPROVEMENT
