"""A child's earlier cases: what a grader should have read first (IOPC, Dorset), and how often it has happened.

"The more often a child goes missing the greater the concern" (APP): counts raise questions, they never lower a grade.
"""

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct

from bot.domain.case import Case

_LINKED = timedelta(hours=24)  # IOPC, Devon & Cornwall: left again two hours after returning, on a second log
_SPANS = (timedelta(hours=24), timedelta(days=90), timedelta(days=365))


class Episodes(Struct, frozen=True, kw_only=True):
    """Newest first. Voided cases and duplicates are no episodes."""

    earlier: tuple[Case, ...]
    linked: tuple[str, ...]  # begun within 24 h before this one was reported, or ended within them
    in_24_hours: int
    in_90_days: int
    in_12_months: int


def episodes(case: Case, others: Iterable[Case]) -> Episodes:
    """The earlier episodes of the child of `case`, among cases of the same person_ref."""
    earlier = sorted(
        (other for other in others if _counts(other, case)), key=lambda other: other.told_at, reverse=True
    )
    within = [sum(case.told_at - other.told_at <= span for other in earlier) for span in _SPANS]
    return Episodes(
        earlier=tuple(earlier),
        linked=tuple(other.ref for other in earlier if _is_linked(other, case)),
        in_24_hours=within[0],
        in_90_days=within[1],
        in_12_months=within[2],
    )


def _counts(other: Case, case: Case) -> bool:
    is_earlier = other.ref != case.ref and other.told_at <= case.told_at
    return is_earlier and other.ending.gone not in ("void", "duplicate")


def _is_linked(other: Case, case: Case) -> bool:
    ends = [step.at for step in (other.back.located, other.ending.closed) if step]
    return any(timedelta(0) <= case.told_at - at <= _LINKED for at in (other.told_at, *ends))
