"""A child's earlier cases: what a grader should have read first (IOPC, Dorset), and how often it has happened.

"The more often a child goes missing the greater the concern" (APP): counts raise questions, they never lower a grade.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.likeness import names_alike, plain_number

_LINKED = timedelta(hours=24)  # IOPC, Devon & Cornwall: left again two hours after returning, on a second log
_SPANS = (timedelta(hours=24), timedelta(days=90), timedelta(days=365))
_AGES_APART = 2  # years: further apart, and a name alike is another child's


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
        (other for other in others if is_earlier(other, case)), key=lambda other: other.told_at, reverse=True
    )
    within = [sum(case.told_at - other.told_at <= span for other in earlier) for span in _SPANS]
    return Episodes(
        earlier=tuple(earlier),
        linked=tuple(other.ref for other in earlier if is_linked(other, case)),
        in_24_hours=within[0],
        in_90_days=within[1],
        in_12_months=within[2],
    )


def is_earlier(other: Case, case: Case) -> bool:
    """A child's history never has a training case in it, nor a training case's a child."""
    came_before = other.ref != case.ref and other.told_at <= case.told_at
    return came_before and other.training is case.training and other.ending.gone not in ("void", "duplicate")


def is_linked(other: Case, case: Case) -> bool:
    return any(timedelta(0) <= case.told_at - at <= _LINKED for at in (other.told_at, *_ends(other)))


def _ends(case: Case) -> list[datetime]:
    return [step.at for step in (case.back.located, case.ending.closed) if step]


class Likeness(StrEnum):
    """Why an earlier case may be the same child's, surest first."""

    SAME_CHILD = "same_child"  # somebody said so, or the person record is the same
    SAME_INCIDENT = "same_incident"
    NAME_AND_BORN = "name_and_born"
    NAME = "name"
    BORN = "born"


class Likely(Struct, frozen=True):
    case: Case
    because: Likeness


def seen_before(case: Case, others: Iterable[Case]) -> tuple[Likely, ...]:
    """Which of these are likely earlier episodes of the child of `case`: the surest first, then the newest."""
    found = [
        Likely(other, because)
        for other in others
        if is_earlier(other, case) and (because := likeness(other, case)) is not None
    ]
    newest = sorted(found, key=lambda likely: likely.case.told_at, reverse=True)
    order = list(Likeness)
    return tuple(sorted(newest, key=lambda likely: order.index(likely.because)))


def likeness(other: Case, case: Case) -> Likeness | None:
    one, two = case.child, other.child
    if other.ref in case.same_as or (one.person_ref and one.person_ref == two.person_ref):
        return Likeness.SAME_CHILD
    if plain_number(case.incident) and plain_number(case.incident) == plain_number(other.incident):
        return Likeness.SAME_INCIDENT
    born = one.born is not None and one.born == two.born
    if names_alike(one.name, two.name) and (born or not _too_far_apart(other, case)):
        return Likeness.NAME_AND_BORN if born else Likeness.NAME
    return Likeness.BORN if born else None


def _too_far_apart(other: Case, case: Case) -> bool:
    if case.age is None or other.age is None:
        return False
    years = (case.told_at - other.told_at).days // 365
    return abs(case.age - other.age - years) > _AGES_APART
