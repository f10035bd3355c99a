"""How long things took on one case. Times count from when police were told, unless it says otherwise."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.audit.paged import PageSent
from bot.audit.unfolding import History
from bot.domain import events
from bot.domain.case import Case
from bot.domain.events import AnyEvent
from bot.domain.facts import CALLER, SOCIAL_CARE, Attendance, EnquiryKind


class Took(Struct, frozen=True, kw_only=True):
    """None: it did not happen."""

    acknowledged: timedelta | None  # from the first page to the first acknowledgement of one
    accepted: timedelta | None  # by a named owner
    first_enquiry: timedelta | None  # the first line of enquiry was set, by whomever
    reviewed: timedelta | None
    caller_told: timedelta | None
    social_care_told: timedelta | None
    in_concern: timedelta  # filed as a concern for safety while nobody knew where the child was
    missing: (
        timedelta | None
    )  # until found, all spells together; so far, where not found; None: never missing
    found: bool


def took(told: History, pages: Sequence[PageSent], at: datetime) -> Took:
    """`at`: the moment of the audit."""
    case = told[-1].case
    return Took(
        acknowledged=_acknowledged(told, pages),
        accepted=_until(told, lambda event: isinstance(event, events.Accepted | events.Taken)),
        first_enquiry=_until(told, _is_line_of_enquiry),
        reviewed=_until(told, lambda event: isinstance(event, events.Reviewed)),
        caller_told=_until_told(case, CALLER),
        social_care_told=_until_told(case, SOCIAL_CARE),
        in_concern=_spent(told, at, _is_hidden),
        missing=_spent(told, at, _is_missing) if any(_is_missing(each.case) for each in told) else None,
        found=case.back.located is not None,
    )


def nobody_attended(told: History) -> bool:
    """Whether it was ever decided that police attend no concern for this child."""
    spells = (moment.case.concern for moment in told)
    return any(spell is not None and spell.attendance is Attendance.NO for spell in spells)


def _until(told: History, is_it: Callable[[AnyEvent], bool]) -> timedelta | None:
    at = next((moment.entry.at for moment in told if is_it(moment.entry.event)), None)
    return at - told[-1].case.told_at if at else None


def _is_line_of_enquiry(event: AnyEvent) -> bool:
    return isinstance(event, events.EnquirySet) and event.kind is EnquiryKind.ENQUIRY


def _until_told(case: Case, who: str) -> timedelta | None:
    at = min((notice.at for notice in case.told if notice.who == who), default=None)
    return at - case.told_at if at else None


def _acknowledged(told: History, pages: Sequence[PageSent]) -> timedelta | None:
    first = min((page.at for page in pages), default=None)
    if first is None:
        return None
    heard = (each.entry.at for each in told if isinstance(each.entry.event, events.Acknowledged))
    at = next((at for at in heard if at >= first), None)
    return at - first if at else None


def _spent(told: History, at: datetime, is_so: Callable[[Case], bool]) -> timedelta:
    """How long it was so, by what was recorded when. The report holds from when police were told, as mended since."""
    changes = [moment.entry.at for moment in told[1:]]
    stretches = zip(told, [told[-1].case.told_at, *changes], [*changes, at], strict=True)
    lengths = (max(end - start, timedelta(0)) for moment, start, end in stretches if is_so(moment.case))
    return sum(lengths, timedelta(0))


def _is_missing(case: Case) -> bool:
    """Closing ends it, since nobody closes a missing child unseen; with another force it is theirs to say."""
    return case.whereabouts_unknown and case.back.located is None and case.ending.closed is None


def _is_hidden(case: Case) -> bool:
    return case.is_concern and _is_missing(case)
