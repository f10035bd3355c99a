"""Which closed cases somebody has to decide about, and what each waits for until it can be erased. Pure.

The period is clear: it runs from the closing of the child's newest case, and stands still while one is open.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.erasing import ErasureAsked, Exported
from bot.domain.policy import Policy


class WaitsFor(StrEnum):
    """The next thing that somebody has to do, where the force decides to erase it."""

    OPEN_CASE = "open case"  # of the same child
    PERIOD = "period"
    EXPORT = "export"
    FIRST_PERSON = "first person"  # to ask
    SECOND_PERSON = "second person"  # to confirm


class KeptCase(Struct, frozen=True, kw_only=True):
    """A closed case."""

    case: Case
    closed: datetime
    since: datetime  # the period runs from then: the closing of the child's newest case
    due: datetime | None  # None while a case of the child is open
    waits_for: WaitsFor
    open_case: str = ""  # of the same child
    asked: ErasureAsked | None = None  # what a second person may confirm

    def is_due(self, now: datetime) -> bool:
        return self.due is not None and self.due <= now


class Decided(Struct, frozen=True):
    """What is known of the exports and of who asked, by reference."""

    exported: Mapping[str, Exported]
    asked: Mapping[str, ErasureAsked]


def kept(cases: Sequence[Case], decided: Decided, policy: Policy, now: datetime) -> list[KeptCase]:
    """Of every case that can be read; the closed ones, due first."""
    children = _children(cases)
    found = [_kept(case, children[case.ref], decided, policy, now) for case in cases if case.ending.closed]
    return sorted(found, key=lambda each: (each.due is None, each.due or each.since, each.case.ref))


def _kept(case: Case, child: Sequence[Case], decided: Decided, policy: Policy, now: datetime) -> KeptCase:
    assert case.ending.closed is not None, "only closed ones"
    still_open = next((each.ref for each in child if each.ending.closed is None), "")
    since = max(each.ending.closed.at for each in child if each.ending.closed)
    due = None if still_open else since + policy.retention.of(case.running_grade)
    export = decided.exported.get(case.ref)
    covered = export if export and export.entries == case.version else None
    asked = decided.asked.get(case.ref)
    stands = asked if covered and asked and asked.stands(covered, now) else None
    return KeptCase(
        case=case,
        closed=case.ending.closed.at,
        since=since,
        due=due,
        open_case=still_open,
        asked=stands,
        waits_for=_waits_for(due, now, covered, stands),
    )


def _waits_for(
    due: datetime | None, now: datetime, export: Exported | None, asked: ErasureAsked | None
) -> WaitsFor:
    if due is None:
        return WaitsFor.OPEN_CASE
    if due > now:
        return WaitsFor.PERIOD
    if export is None:
        return WaitsFor.EXPORT
    return WaitsFor.SECOND_PERSON if asked else WaitsFor.FIRST_PERSON


def _children(cases: Iterable[Case]) -> Mapping[str, Sequence[Case]]:
    """Every case → those of the same child, as the force's number for them, or a person, says."""
    groups: dict[str, list[Case]] = {}
    by_person: defaultdict[str, list[Case]] = defaultdict(list)
    known = {case.ref: case for case in cases}
    for case in known.values():
        mine = groups.setdefault(case.ref, [case])
        alike = [known[ref] for ref in case.same_as if ref in known]
        if case.child.person_ref:
            by_person[case.child.person_ref].append(case)
            alike += by_person[case.child.person_ref]
        for other in alike:
            theirs = groups.setdefault(other.ref, [other])
            if theirs is not mine:
                mine += theirs
                groups |= {each.ref: mine for each in theirs}
    return groups
