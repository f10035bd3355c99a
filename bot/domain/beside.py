"""Which pages are to leave another way as well as in Slack (domain.md §5, "Beside Slack"). Pure.

A page of a HIGH child leaves once its role has not answered it for the force's `[beside_slack]`, and at once where
nobody who holds the role would hear it in Slack. It climbs nowhere by that. What Slack does not take, what nobody
answers on the last rung and what finds no rung manned leaves by other rules (`bot.outgoing`), and is left alone here.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.domain.case import Case
from bot.domain.case_parts import Paging
from bot.domain.clocks import name_of
from bot.domain.events import CalledBeside, OutReason
from bot.domain.facts import Grade
from bot.domain.ladder import NOBODY
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.domain.reach import Unheard

Hearing = Callable[[Role, str | None], Unheard | None]
"""Role and the case's owner → why nobody of that rung would hear a page in Slack; None where somebody would."""

_WHY: dict[Unheard | None, OutReason] = {
    Unheard.QUIET: OutReason.QUIET,
    Unheard.UNREACHABLE: OutReason.UNREACHABLE,
}


def calls(case: Case, policy: Policy, unheard: Hearing, now: datetime) -> tuple[CalledBeside, ...]:
    """What is to be called another way at this moment, one for each page and role."""
    called: dict[tuple[int, Role, OutReason], list[str]] = {}
    heard: dict[Role, Unheard | None] = {}
    for key, paging in _waiting(case, policy):
        role = paging.role
        if role not in heard:
            heard[role] = unheard(role, case.owner)
        due = _due(case, paging, policy)
        late = OutReason.UNANSWERED if due is not None and due <= now else None
        if why := _WHY.get(heard[role], late):
            called.setdefault((paging.page, role, why), []).append(key)
    return tuple(
        CalledBeside(page=page, role=role, clocks=tuple(keys), why=why)
        for (page, role, why), keys in called.items()
    )


def next_call(case: Case, policy: Policy) -> datetime | None:
    """When the next one is due by its time alone."""
    dues = (_due(case, paging, policy) for _, paging in _waiting(case, policy))
    return min((due for due in dues if due), default=None)


def _waiting(case: Case, policy: Policy) -> Iterator[tuple[str, Paging]]:
    """Clocks of a HIGH child whose newest page nobody has answered, and that has not left yet."""
    if case.running_grade is not Grade.HIGH:
        return
    for key, paging in case.paging.items():
        is_answered = paging.acknowledged is not None
        # No rung was manned, or the last one is paged again: it left with the page itself.
        has_left = paging.beside_at is not None or paging.rung == NOBODY or paging.repeats > 0
        # A clock of days, reminded of every few hours, wakes nobody at night.
        is_slow = policy.clocks[name_of(key)].repeat is not None
        if not (is_answered or has_left or is_slow or _is_undelivered(case, paging)):
            yield key, paging


def _is_undelivered(case: Case, paging: Paging) -> bool:
    """Slack has not taken it: it has left for that."""
    page = case.pages.get(paging.role)
    return page is not None and page.number == paging.page and page.undelivered_at is not None


def _due(case: Case, paging: Paging, policy: Policy) -> datetime | None:
    """None where a force calls nobody for want of an answer."""
    if policy.beside_high is None:
        return None
    since = max(paging.sent_at, case.risk.high_since or paging.sent_at)
    return since + policy.beside_high
