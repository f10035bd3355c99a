"""The invented year, row by row, in the columns of a log."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.backtest.columns import COLUMNS
from bot.backtest.incident_row import APPROVED, BETWEEN_ITEMS, NOTHING
from bot.backtest.synthetic import usual_year as usual
from bot.backtest.synthetic.chances import one_of
from bot.backtest.synthetic.children import InventedReport, reports
from bot.backtest.synthetic.course import Course, course
from bot.domain.facts import Category, Grade


def year(cases: int, number: int, begins: date, zone: ZoneInfo) -> Iterator[list[str]]:
    """The header, then so many rows, by the time that police were told. The same number gives the same rows."""
    seed = Random(number)  # nosec B311 # invents people, guards nothing
    yield list(COLUMNS)
    for place, told in enumerate(reports(seed, cases, begins, zone), start=1):
        cells = _cells(seed, place, told, zone)
        yield [cells.get(name, "") for name in COLUMNS]


def _cells(seed: Random, place: int, told: InventedReport, zone: ZoneInfo) -> dict[str, str]:
    child, how = told.child, course(seed, told.child)
    at = _Writer(told.told_at, zone)
    origins = usual.FROM_CARE if child.looked_after else usual.FROM_ELSEWHERE
    return {
        "incident": f"SYN-{place:06}",
        "person_ref": child.person_ref,
        "told_at": at(0),
        "age": str(child.age),
        "sex": child.sex,
        "ethnicity": child.ethnicity,
        "looked_after": "yes" if child.looked_after else "no",
        "missing_from": one_of(seed, origins),
        "markers": BETWEEN_ITEMS.join(how.markers),
        "found_by": one_of(seed, usual.FOUND_BY),
        "harm": how.harm,
        **_filed(how, at),
        **_done(how, at),
    }


class _Writer:
    """Minutes after police were told → the time, with its offset."""

    def __init__(self, told_at: datetime, zone: ZoneInfo) -> None:
        self._told_at = told_at.astimezone(zone)
        self._zone = zone

    def __call__(self, minutes: int | None) -> str:
        if minutes is None:
            return ""
        instant = self._told_at.timestamp() + timedelta(minutes=minutes).total_seconds()
        return datetime.fromtimestamp(instant, self._zone).isoformat(timespec="minutes")

    def each(self, moments: Iterable[int]) -> str:
        return BETWEEN_ITEMS.join(map(self, moments))


def _filed(how: Course, at: _Writer) -> dict[str, str]:
    first = Category.CONCERN_FOR_SAFETY if how.is_concern else Category.MISSING
    refiled = f"{at(how.refiled)} {Category.MISSING}" if how.refiled is not None else ""
    return {
        "category": first,
        "attendance": ("no" if how.nobody_attends else "undecided") if how.is_concern else "",
        "categories": refiled,
        "signed_off_at": at(how.signed_off),
        "grades": _grades(how, at),
    }


def _grades(how: Course, at: _Writer) -> str:
    first = [f"{at(how.graded)} {how.grade}"] if how.graded is not None else []
    lowered = [f"{at(how.lowered)} {Grade.MEDIUM} {APPROVED}"] if how.lowered is not None else []
    return BETWEEN_ITEMS.join([*first, *lowered])


def _done(how: Course, at: _Writer) -> dict[str, str]:
    return {
        "accepted_at": at(how.accepted),
        "fim_told_at": at(how.fim_told),
        "duty_inspector_told_at": at(how.inspector_told),
        "caller_told_at": at(how.caller_told),
        "social_care_told_at": at(how.social_care_told),
        "attended_at": at(how.attended),
        "enquiries": BETWEEN_ITEMS.join(
            f"{at(begun)} {NOTHING} {at(result) or NOTHING}" for begun, result in how.enquiries
        ),
        "information": BETWEEN_ITEMS.join(
            f"{at(heard)} {at(considered) or NOTHING}" for heard, considered in how.information
        ),
        "reviews": at.each(how.reviews),
        "other_entries": at.each(how.entries),
        "pnc_at": at(how.pnc),
        "ukmpu_at": at(how.ukmpu),
        "ppn_at": at(how.ppn),
        "located_at": at(how.located),
        "seen_at": at(how.seen),
        "prevention_interview_at": at(how.prevention),
        "return_interview_at": at(how.offered),
        "closed_at": at(how.closed),
    }
