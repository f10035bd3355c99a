"""What is to be paged now, and when to look again. Pure: the timer, a replay and a forecast ask the same questions.

Rules: domain.md §5, "Pages" and "Acknowledgement". A page is an event; where a clock stands on its ladder is the
fold of those events, so whoever decides next, decides from the same ground.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.case import Case
from bot.domain.case_parts import Paging
from bot.domain.clocks import Clock, ClockName, clocks, name_of
from bot.domain.events import PageLine
from bot.domain.facts import Grade
from bot.domain.ladder import Ladder, OnDuty, Rung, after_pages
from bot.domain.people import Role
from bot.domain.policy import Policy

IsNobody = Callable[[str], bool]


class NextPage(Struct, frozen=True, kw_only=True):
    """The next page of one clock, if nobody does anything."""

    clock: Clock
    at: datetime
    rung: Rung
    is_repeat: bool = False  # the last manned rung again

    def line(self, now: datetime) -> PageLine:
        """As it is paged now, at its time or before it, together with others."""
        return PageLine(
            clock=self.clock.key,
            started=self.clock.started,
            role=self.rung.role,
            rung=self.rung.index,
            skipped=self.rung.skipped,
            due=min(self.at, now),
        )


class Watched(Struct, frozen=True, kw_only=True):
    """What escalation needs to know of a case, or of a hand-over."""

    clocks: tuple[Clock, ...]
    paging: dict[str, Paging]
    grade: Grade  # whose intervals apply
    has_owner: bool = False


def watched(case: Case, policy: Policy, is_nobody: IsNobody = lambda _: False) -> Watched:
    """`is_nobody`: whose account is gone; a case that such a person owns is nobody's."""
    return Watched(
        clocks=tuple(clocks(case, policy)),
        paging=case.paging,
        grade=case.running_grade,
        has_owner=case.owner is not None and not is_nobody(case.owner),
    )


def repaged(subject: Watched, paging: dict[str, Paging]) -> Watched:
    """The same, once pages went out or were cleared: none of that starts, ends or moves a clock."""
    return replace(subject, paging=paging)


def paged_before(subject: Watched, until: datetime) -> Watched:
    """The same, without the clocks that page nobody before then."""
    able = tuple(clock for clock in subject.clocks if clock.page_from is not None and clock.page_from < until)
    return replace(subject, clocks=able)


def due_pages(subject: Watched, policy: Policy, on_duty: OnDuty, now: datetime) -> tuple[PageLine, ...]:
    """Every clock to be paged at this moment, with repeats to the same roles pulled forward into the same posts."""
    return _paged_by(list(next_steps(subject, policy, on_duty)), subject, policy, now)


def _paged_by(
    steps: Collection[NextPage], subject: Watched, policy: Policy, now: datetime
) -> tuple[PageLine, ...]:
    soon = now + policy.step.of(subject.grade)
    near = [step for step in steps if step.at <= soon]
    due = [step for step in near if step.at <= now]
    if len(due) < len(near):
        roles = {step.rung.role for step in due}
        due += [step for step in near if step.at > now and step.is_repeat and step.rung.role in roles]
    return tuple([step.line(now) for step in due])


def no_longer_paged(subject: Watched, now: datetime) -> tuple[str, ...]:
    """Keys of clocks that were paged and need nobody now: done, off, begun anew, or no longer due at this grade."""
    if not subject.paging:
        return ()
    runs = {
        clock.key: clock.started for clock in subject.clocks if clock.page_from and clock.page_from <= now
    }
    return tuple(key for key, paging in subject.paging.items() if runs.get(key) != paging.started)


def wake_at(subject: Watched, policy: Policy, on_duty: OnDuty, now: datetime) -> datetime | None:
    """When something will next be true that is not true now: a page, or a breach."""
    pages = [step.at for step in next_steps(subject, policy, on_duty)]
    breaches = [
        clock.due
        for clock in subject.clocks
        if clock.done is None and clock.due is not None and clock.due > now
    ]
    return min([*pages, *breaches], default=None)


def next_steps(subject: Watched, policy: Policy, on_duty: OnDuty) -> Iterator[NextPage]:
    """For each clock that can page: its next page."""
    for clock in subject.clocks:
        if clock.page_from is not None:
            yield _next_step(clock, clock.page_from, subject, policy, on_duty)


def _next_step(
    clock: Clock, page_from: datetime, subject: Watched, policy: Policy, on_duty: OnDuty
) -> NextPage:
    ladder = _ladder(clock, subject, policy, on_duty)
    paging = subject.paging.get(clock.key)
    if paging is None or paging.started != clock.started:
        return NextPage(clock=clock, at=page_from, rung=ladder.first(clock.from_role))
    return _following(clock, paging, ladder, subject.grade, policy)


def _ladder(clock: Clock, subject: Watched, policy: Policy, on_duty: OnDuty) -> Ladder:
    steps = policy.clocks[clock.name].ladder
    return Ladder(steps=steps, has_owner=subject.has_owner, on_duty=on_duty)


def _following(clock: Clock, paging: Paging, ladder: Ladder, grade: Grade, policy: Policy) -> NextPage:
    if paging.hurried_at is not None:
        higher = ladder.above(paging.rung, paging.role) or ladder.same(paging.rung)
        return NextPage(clock=clock, at=paging.hurried_at, rung=higher)
    if paging.quiet_until is not None:
        return NextPage(clock=clock, at=paging.quiet_until, rung=ladder.same(paging.rung))
    above = ladder.above(paging.rung, paging.role)
    if above:
        step = policy.clocks[clock.name].step or policy.step.of(grade)
        return NextPage(clock=clock, at=paging.sent_at + step, rung=above)
    return _repeat(clock, paging, ladder.same(paging.rung), grade, policy)


def _repeat(clock: Clock, paging: Paging, rung: Rung, grade: Grade, policy: Policy) -> NextPage:
    rule = policy.clocks[clock.name]
    quick = paging.repeats < policy.quick_repeats
    slowly = (rule.step or policy.step.of(grade)) if quick else policy.slow.of(grade)
    pause = rule.repeat or slowly
    return NextPage(clock=clock, at=paging.sent_at + pause, rung=rung, is_repeat=True)


class Asked(Struct, frozen=True, kw_only=True):
    """What somebody who holds certain roles pages by asking for the next rung now."""

    clocks: tuple[str, ...] = ()  # keys of those that go up
    wanted: Role | None = (
        None  # where none does: who is paged instead; None: everybody above was paged already
    )


def asked_for(case: Case, roles: frozenset[Role], policy: Policy) -> Asked:
    """Nobody pages themselves: a clock whose next rung they hold stays, and so does one that their own step ends."""
    climbs = tuple(key for key, paging in case.paging.items() if _climbs(key, paging, roles, policy))
    if climbs:
        return Asked(clocks=climbs)
    told = frozenset(role for paging in case.paging.values() for role in paging.told)
    return Asked(wanted=next((role for role in above(roles, policy) if role not in told), None))


def above(roles: frozenset[Role], policy: Policy) -> tuple[Role, ...]:
    """Who can be asked for by whoever holds these."""
    ladder = policy.clocks[ClockName.FIM_ASKED].ladder
    return ladder[max((place + 1 for place, role in enumerate(ladder) if role in roles), default=0) :]


def _climbs(key: str, paging: Paging, roles: frozenset[Role], policy: Policy) -> bool:
    name = name_of(key)
    if name is ClockName.FIM_AWARE and Role.FIM in roles:
        return False
    above = policy.clocks[name].ladder[paging.rung + 1 :][:1]
    return bool(above) and roles.isdisjoint(above)


# What happens if nobody does anything: escalation run forward. The promise on every page card, and what a back-test
# plays between two steps.


class ComingPage(Struct, frozen=True, kw_only=True):
    at: datetime
    lines: tuple[PageLine, ...]
    leaves: dict[str, Paging]  # where each clock stands after that


def unanswered(
    subject: Watched, policy: Policy, on_duty: OnDuty, now: datetime, number: int = 0
) -> Iterator[ComingPage]:
    """Each coming moment with the clocks paged then, soonest first. Endless while a clock runs: take what is wanted.

    `number`: of the newest entry, from 1; the pages count on from there.
    """
    steps = {step.clock.key: step for step in next_steps(subject, policy, on_duty)}
    paging = subject.paging
    while steps:
        now, number = max(now, min([step.at for step in steps.values()])), number + 1
        lines = _paged_by(steps.values(), subject, policy, now)
        before, paging = paging, after_pages(paging, lines, now, number)
        yield ComingPage(at=now, lines=lines, leaves=paging)
        for line in lines:  # a page moves its own clocks alone, so the others are not looked at again
            sent, stood, stands = steps[line.clock], before.get(line.clock), paging[line.clock]
            if stood and sent.is_repeat and stood.rung == line.rung and stood.role is line.role:
                # The same rung again: above it is still nobody.
                step = _repeat(sent.clock, stands, sent.rung, subject.grade, policy)
            else:
                ladder = _ladder(sent.clock, subject, policy, on_duty)
                step = _following(sent.clock, stands, ladder, subject.grade, policy)
            steps[line.clock] = step


def forecast(
    case: Case, policy: Policy, on_duty: OnDuty, now: datetime, is_nobody: IsNobody = lambda _: False
) -> Iterator[tuple[datetime, tuple[PageLine, ...]]]:
    """Each coming moment with the clocks paged then, soonest first. Endless while a clock runs: take what is shown."""
    coming = unanswered(watched(case, policy, is_nobody), policy, on_duty, now, case.version)
    return ((page.at, page.lines) for page in coming)
