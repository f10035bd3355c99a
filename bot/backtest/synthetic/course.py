"""How one invented incident went: what was done when, in minutes from when police were told."""

from random import Random

from msgspec import Struct

from bot.backtest.synthetic import usual_year as usual
from bot.backtest.synthetic.chances import every, one_of, soon, when
from bot.backtest.synthetic.children import InventedChild
from bot.backtest.synthetic.usual_year import Habit
from bot.domain.facts import Grade, Harm

_DAY = 24 * 60
_ENTRIES = 60  # of one incident at most


class Course(Struct, kw_only=True):
    """None and []: never."""

    grade: Grade
    harm: Harm
    markers: list[str]
    is_concern: bool
    nobody_attends: bool
    seen: int
    graded: int | None
    lowered: int | None
    refiled: int | None
    signed_off: int | None
    accepted: int | None
    fim_told: int | None
    inspector_told: int | None
    caller_told: int | None
    social_care_told: int | None
    attended: int | None
    enquiries: list[tuple[int, int | None]]
    information: list[tuple[int, int | None]]
    reviews: list[int]
    entries: list[int]
    pnc: int | None
    ukmpu: int | None
    ppn: int | None
    located: int
    prevention: int | None
    offered: int | None
    closed: int


def course(seed: Random, child: InventedChild) -> Course:
    grade = one_of(seed, {Grade(code): share for code, share in usual.GRADES.items()})
    is_high = grade is Grade.HIGH
    seen = _gone_for(seed)
    is_concern = seed.random() < usual.FILED_AS_CONCERN
    graded = 0 if seed.random() < usual.GRADED_IN_REPORT else when(seed, usual.GRADED, seen)
    prevention = when(seed, usual.PREVENTION)
    attended = when(seed, usual.ATTENDED, seen)
    return Course(
        grade=grade,
        harm=_harm(seed, is_high=is_high),
        markers=_markers(seed, child, is_high=is_high),
        is_concern=is_concern,
        nobody_attends=is_concern and seed.random() < usual.NOBODY_ATTENDS,
        seen=seen,
        graded=graded,
        lowered=_after(graded, when(seed, usual.LOWERED), seen) if is_high else None,
        refiled=when(seed, usual.REFILED, seen) if is_concern else None,
        signed_off=when(seed, usual.SIGNED_OFF, seen) if is_concern else None,
        accepted=when(seed, usual.ACCEPTED, seen),
        fim_told=when(seed, usual.FIM_TOLD if is_high else Habit(0.1, usual.FIM_TOLD.median), seen),
        inspector_told=when(seed, usual.INSPECTOR_TOLD, seen),
        caller_told=when(seed, usual.CALLER_TOLD, seen),
        social_care_told=when(seed, usual.SOCIAL_CARE_TOLD, seen) if child.looked_after else None,
        attended=attended,
        enquiries=_enquiries(seed, seen),
        information=_information(seed, seen),
        reviews=_reviews(seed, seen),
        entries=_entries(seed, seen),
        pnc=when(seed, usual.PNC, seen),
        ukmpu=when(seed, usual.UKMPU, seen),
        ppn=when(seed, usual.PPN),
        located=seen - min(seen, soon(seed, 30)) if seed.random() < usual.LOCATED_BEFORE_SEEN else seen,
        prevention=_after(seen, prevention),
        offered=_after(seen, _offered(seed)),
        closed=seen + (prevention or 0) + soon(seed, usual.CLOSED.median),
    )


def _after(start: int | None, span: int | None, before: int | None = None) -> int | None:
    if start is None or span is None or (before is not None and start + span >= before):
        return None
    return start + span


def _gone_for(seed: Random) -> int:
    drawn = seed.random()
    for share, shortest, longest in usual.GONE_FOR:
        if drawn < share:
            return round(shortest + (longest - shortest) * seed.random())
        drawn -= share
    return round(usual.A_WEEK + (usual.LONGEST - usual.A_WEEK) * seed.random())


def _harm(seed: Random, *, is_high: bool) -> Harm:
    """Of all who are harmed, the published share were graded high."""
    graded_high = usual.GRADES[Grade.HIGH] / sum(usual.GRADES.values())
    share = usual.OF_HARMED_GRADED_HIGH if is_high else 1 - usual.OF_HARMED_GRADED_HIGH
    of_these = graded_high if is_high else 1 - graded_high
    harmed = seed.random() < usual.HARMED * share / of_these
    return Harm(one_of(seed, usual.HARMS)) if harmed else Harm.NONE


def _markers(seed: Random, child: InventedChild, *, is_high: bool) -> list[str]:
    found = ["cse"] if child.exploited else []
    if seed.random() < (usual.MARKED_WHERE_HIGH if is_high else usual.MARKED_ELSEWHERE):
        found.append(one_of(seed, usual.CALLS_FOR_HIGH))
    return found


def _enquiries(seed: Random, seen: int) -> list[tuple[int, int | None]]:
    first = when(seed, usual.ENQUIRY_SET, seen)
    later = [] if first is None else [first + at for at in every(seed, 6 * 60, min(seen, _DAY) - first)]
    starts = [] if first is None else [first, *later]
    return [(at, _after(at, when(seed, usual.ENQUIRY_RESULT), seen)) for at in starts]


def _information(seed: Random, seen: int) -> list[tuple[int, int | None]]:
    heard = every(seed, usual.INFORMATION_EVERY, min(seen, 3 * _DAY))
    return [(at, _after(at, when(seed, usual.CONSIDERED), seen)) for at in heard]


def _reviews(seed: Random, seen: int) -> list[int]:
    at, found = 0, list[int]()
    while (at := at + max(1, soon(seed, usual.REVIEWED.median))) < seen and len(found) < _ENTRIES:
        found.append(at)
    return found


def _entries(seed: Random, seen: int) -> list[int]:
    first_day = every(seed, usual.ENTRY_EVERY, min(seen, _DAY))
    later = [_DAY + at for at in every(seed, 4 * usual.ENTRY_EVERY, seen - _DAY)]
    return [*first_day, *later][:_ENTRIES]


def _offered(seed: Random) -> int | None:
    """The independent interview: within 72 hours, later, or never."""
    drawn = seed.random()
    if drawn < usual.RETURN_IN_TIME:
        return round(72 * 60 * seed.random())
    return round(72 * 60 * (1 + seed.random())) if drawn < usual.RETURN_IN_TIME + usual.RETURN_LATE else None
