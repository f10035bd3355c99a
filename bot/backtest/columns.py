"""The columns of a log of past incidents, as docs/backtest.md tells them, and which clocks each is needed for."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.policy import ClockName, ClockPolicy, PerGrade, Policy


class Column(Struct, frozen=True, kw_only=True):
    must: bool = False  # no log without it; what it says of one incident may still be empty
    ends: tuple[ClockName, ...] = ()  # the clocks that nothing else in the log can end or start


_TELLS = Column()

COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        "incident": Column(must=True),
        "person_ref": _TELLS,
        "told_at": Column(must=True),
        "category": Column(must=True),
        "whereabouts_known": _TELLS,
        "attendance": _TELLS,
        "age": Column(must=True),
        "sex": _TELLS,
        "ethnicity": _TELLS,
        "looked_after": _TELLS,
        "missing_from": _TELLS,
        "markers": _TELLS,
        "adverse_event": _TELLS,
        "grades": Column(
            must=True, ends=(ClockName.GRADE_RECORDED, ClockName.DUTY_INSPECTOR_TOLD, ClockName.REVIEW)
        ),
        "categories": Column(ends=(ClockName.CONCERN_FOR_SAFETY,)),
        "signed_off_at": Column(ends=(ClockName.RATIONALE_SIGNED_OFF,)),
        "accepted_at": Column(ends=(ClockName.OWNER_ACCEPTED,)),
        "fim_told_at": Column(ends=(ClockName.FIM_AWARE,)),
        "duty_inspector_told_at": Column(ends=(ClockName.DUTY_INSPECTOR_TOLD,)),
        "caller_told_at": Column(ends=(ClockName.CALLER_TOLD,)),
        "social_care_told_at": Column(ends=(ClockName.SOCIAL_CARE_TOLD,)),
        "attended_at": Column(ends=(ClockName.FIRST_ATTENDANCE,)),
        "enquiries": Column(ends=(ClockName.LINES_OF_ENQUIRY, ClockName.ENQUIRY_DONE)),
        "information": Column(ends=(ClockName.NEW_INFORMATION,)),
        "reviews": Column(ends=(ClockName.REVIEW,)),
        "other_entries": Column(ends=(ClockName.SILENT_CASE,)),
        "pnc_at": Column(ends=(ClockName.PNC,)),
        "ukmpu_at": Column(ends=(ClockName.UKMPU,)),
        "ppn_at": Column(ends=(ClockName.PPN,)),
        "located_at": _TELLS,
        "seen_at": Column(must=True),
        "prevention_interview_at": Column(ends=(ClockName.PREVENTION_INTERVIEW,)),
        "return_interview_at": Column(ends=(ClockName.RETURN_INTERVIEW,)),
        "closed_at": Column(must=True, ends=(ClockName.CLOSURE,)),
        "found_by": _TELLS,
        "harm": _TELLS,
    }
)


def not_tested(held: Collection[str]) -> frozenset[ClockName]:
    """The clocks that a log with these columns says nothing of, or too little. `held`: those that say anything of any
    incident. What a clock answers to may be said in the bot alone, or be of no one case: then no column is for it."""
    silent = (column.ends for name, column in COLUMNS.items() if name not in held)
    told = (column.ends for column in COLUMNS.values())
    return frozenset(ClockName).difference(*told).union(*silent)


_NO_DEADLINE = PerGrade(high=None, medium=None, low=None)


def without(policy: Policy, clocks: Collection[ClockName]) -> Policy:
    """That policy with no deadline for these: what a log does not hold was not left undone."""

    def rule(name: ClockName) -> ClockPolicy:
        own = policy.clocks[name]
        return replace(own, due=_NO_DEADLINE, at_once=False) if name in clocks else own

    return replace(policy, clocks={name: rule(name) for name in policy.clocks})
